import { type DataError, refuseAll, shown } from "../files";
import type { Engine, EngineColumn } from "./engine";

/** A column is of another kind than its part needs; {@link wrongKind} says so with examples. */
export class WrongKind extends Error {
  override readonly name = "WrongKind";
  constructor(
    readonly column: EngineColumn,
    readonly wanted: "number" | "date",
    readonly part: string,
  ) {
    super(`${column.name} is ${column.type}`);
  }
}

/** The error that a reader gets for a column of another kind, with some of its values that are to blame. */
export async function wrongKind(error: WrongKind, engine: Engine): Promise<DataError> {
  const { column, wanted, part } = error;
  const examples = column.kind === "text" ? await engine.examples(column.name, wanted) : [];
  const such = examples.length === 0 ? "" : `, such as ${examples.map(shown).join(", ")}`;
  const needed = wanted === "number" ? "numbers are" : "a column of dates (YYYY-MM-DD) is";
  const message = `holds ${KINDS[column.kind]} (${column.type})${such}; for ${part} ${needed} needed`;
  const [value] = examples;
  return refuseAll(engine.name, [{ row: null, column: column.name, value: value ?? null, rule: wanted, message }]);
}

const KINDS: Readonly<Record<EngineColumn["kind"], string>> = {
  number: "numbers",
  boolean: "truth values",
  text: "texts",
  date: "dates",
  timestamp: "moments",
  other: "values of another kind",
};
