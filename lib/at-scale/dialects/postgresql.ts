import { type ColumnKind, type Dialect, quoted } from "../engine";

/** PostgreSQL; types are those of `format_type`. */
export const POSTGRESQL: Dialect = {
  name: "PostgreSQL",
  quote: quoted,
  parameter: (k) => `$${k}`,
  days: (from, to) => `(${to} - ${from})`,
  addMonths: (day, months) => `CAST(${day} + make_interval(months => CAST(${months} AS INTEGER)) AS DATE)`,
  limit: (n) => `LIMIT ${n}`,
  kindOf: (type) => KINDS.find(([form]) => form.test(type))?.[1] ?? "other",
};

const KINDS: readonly (readonly [RegExp, ColumnKind])[] = [
  [/^(smallint|integer|bigint|real|double precision|numeric)/, "number"],
  [/^boolean$/, "boolean"],
  [/^(text|character|name|uuid)/, "text"],
  [/^date$/, "date"],
  [/^timestamp/, "timestamp"],
];
