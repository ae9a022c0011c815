/** The outcome of checking one file: a line on what it holds, and what is wrong with it. */
export interface FileCheck {
  readonly file: string;
  readonly summary: string;
  readonly problems: readonly string[];
}

/** Checks one file; an error of a loader becomes a problem. */
export function check(file: string, run: () => { summary: string; problems: string[] }): FileCheck {
  try {
    return { file, ...run() };
  } catch (error) {
    return { file, summary: "", problems: [error instanceof Error ? error.message : String(error)] };
  }
}
