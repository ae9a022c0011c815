/** What one look at the installation found. A failure comes with the one command that mends it. */
export type Check =
  | { readonly ok: true; readonly what: string }
  | { readonly ok: false; readonly what: string; readonly mend: string };

export function good(what: string): Check {
  return { ok: true, what };
}

export function bad(what: string, mend: string): Check {
  return { ok: false, what, mend };
}

/**
 * A check as lines for the terminal.
 *
 * @example formatCheck(bad("Jupyter was not found", "npm start")) // "failed  Jupyter was not found\n        mend it with: npm start"
 */
export function formatCheck(check: Check): string {
  const indent = " ".repeat(8);
  const what = check.what.replaceAll("\n", `\n${indent}`);
  return check.ok ? `ok      ${what}` : `failed  ${what}\n${indent}mend it with: ${check.mend}`;
}
