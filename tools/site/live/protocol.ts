import type { CompiledCell } from "./compile";

/** What the page and the kernel in its sandbox say to each other. */

/** An output as nbformat has it, before its text is cut into lines. */
export type LiveOutput =
  | { readonly output_type: "stream"; readonly name: "stdout" | "stderr"; readonly text: string }
  | {
      readonly output_type: "display_data" | "execute_result";
      readonly data: Readonly<Record<string, unknown>>;
      readonly metadata: Readonly<Record<string, unknown>>;
    }
  | ({ readonly output_type: "error" } & CellError);

/** What went wrong in a cell, in words, and where. */
export interface CellError {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
  /** Null where no line of a cell is involved; lines and columns are counted from 1. */
  readonly place: { readonly cell: number; readonly line: number; readonly column: number } | null;
}

export type ToKernel =
  | {
      readonly type: "begin";
      readonly files: Readonly<Record<string, string | Uint8Array>>;
      readonly env: Readonly<Record<string, string>>;
    }
  | { readonly type: "run"; readonly job: number; readonly cell: CompiledCell }
  | { readonly type: "package"; readonly name: string; readonly script: string }
  | { readonly type: "evaluate"; readonly job: number; readonly expression: string };

export type FromKernel =
  | { readonly type: "ready"; readonly milliseconds: number }
  | { readonly type: "output"; readonly cell: number; readonly output: LiveOutput }
  | {
      readonly type: "end";
      readonly job: number;
      readonly ok: boolean;
      readonly milliseconds: number;
      /** Names of other cells whose values this one has changed. */
      readonly changed: readonly string[];
      /** Names of other cells whose values it used and nobody can look into, such as a generator of random numbers. */
      readonly unseen: readonly string[];
    }
  | { readonly type: "value"; readonly job: number; readonly value: unknown; readonly error: CellError | null };
