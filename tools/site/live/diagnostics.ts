/** What the type checker and the editor say to each other. */

/** An error of types in a cell; lines and columns are counted from 1, offsets from 0 in the cell. */
export interface CellDiagnostic {
  readonly cell: number;
  readonly line: number;
  readonly column: number;
  readonly from: number;
  readonly to: number;
  readonly code: number;
  readonly text: string;
}

/** What a diagnostic says in one line, with what to write instead before what is wrong. */
export function said({ cell, line, column, code, text }: CellDiagnostic): string {
  return `cell ${cell}, line ${line}, column ${column}: TS${code} ${text}`;
}

export interface Completion {
  readonly label: string;
  readonly kind: string;
}

export interface Hint {
  readonly from: number;
  readonly to: number;
  /** The signature or type. */
  readonly code: string;
  /** The first lines of the docstring. */
  readonly text: string;
}

export type ToChecker =
  | { readonly type: "begin"; readonly files: Readonly<Record<string, string>> }
  | {
      readonly type: "check";
      readonly job: number;
      readonly cells: readonly { readonly number: number; readonly id: string; readonly source: string }[];
    }
  | {
      readonly type: "complete" | "hover" | "signature";
      readonly job: number;
      readonly cell: number;
      readonly source: string;
      readonly offset: number;
    };
