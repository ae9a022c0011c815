import type { Cell, Table } from "./table";

/** Rows of a frame that are shown; the rest is counted. */
const SHOWN = 20;

/**
 * What a danfojs DataFrame is made of, as far as printing it needs. danfojs itself is not loaded for it.
 */
export interface FrameLike {
  readonly columns: readonly string[];
  readonly index: readonly (string | number)[];
  readonly shape: readonly number[];
  readonly values: readonly (readonly unknown[])[];
  readonly dtypes: readonly string[];
}

/** Whether a value is a DataFrame, judged by its parts, so that every version of danfojs is recognised. */
export function isFrame(value: unknown): value is FrameLike {
  if (typeof value !== "object" || value === null || Reflect.get(value, "$isSeries") !== false) return false;
  return ["columns", "index", "shape", "values", "dtypes"].every((part) => Array.isArray(Reflect.get(value, part)));
}

/**
 * The first 20 rows of a DataFrame as a table, with the index as first column, and the number of the rows
 * left out. Fractions are shown with four significant digits, which hides that danfojs computes in single
 * precision (0.1 + 1 is 1.100000023841858): frames are for looking, statistics run on the plain arrays.
 */
export function frameTable(frame: FrameLike): Table {
  const rows = frame.values.slice(0, SHOWN);
  return {
    kind: "table",
    columns: [
      { label: "", align: "right" },
      ...frame.columns.map((label, at) => ({
        label,
        align: numeric(frame.dtypes[at]) ? ("right" as const) : ("left" as const),
      })),
    ],
    rows: rows.map((row, at) => [frame.index[at] ?? at, ...row.map(frameCell)]),
    caption: `DataFrame: ${frame.shape[0] ?? rows.length} rows, ${frame.columns.length} columns`,
    omitted: Math.max(0, frame.values.length - SHOWN),
    provenance: [],
  };
}

function numeric(type: string | undefined): boolean {
  return type === "float32" || type === "int32";
}

function frameCell(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === "number" || typeof value === "string" || typeof value === "boolean") return value;
  return String(value);
}
