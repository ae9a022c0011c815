import { type ColumnKind, type Dialect, type Parameter, quoted } from "../engine";

/**
 * Trino, by its documentation: **not run against a server**, only against an exchange written down in the tests. Its protocol
 * has no parameters beside a statement's text, so that values become literals in it: texts with their quotation marks doubled.
 */
export const TRINO: Dialect = {
  name: "Trino",
  quote: quoted,
  parameter: (_, value) => literal(value),
  days: (from, to) => `date_diff('day', ${from}, ${to})`,
  addMonths: (day, months) => `date_add('month', ${months}, ${day})`,
  limit: (n) => `LIMIT ${n}`,
  kindOf: (type) => KINDS.find(([form]) => form.test(type))?.[1] ?? "other",
};

function literal(value: Parameter): string {
  return typeof value === "number" ? value.toString() : `'${value.replaceAll("'", "''")}'`;
}

const KINDS: readonly (readonly [RegExp, ColumnKind])[] = [
  [/^(tinyint|smallint|integer|bigint|real|double|decimal)/, "number"],
  [/^boolean$/, "boolean"],
  [/^(varchar|char|uuid)/, "text"],
  [/^date$/, "date"],
  [/^timestamp/, "timestamp"],
];
