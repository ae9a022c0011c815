import { type ColumnKind, type Dialect, quoted } from "../engine";

/** DuckDB 1.x. */
export const DUCKDB: Dialect = {
  name: "DuckDB",
  quote: quoted,
  parameter: (k) => `$${k}`,
  days: (from, to) => `(${to} - ${from})`,
  addMonths: (day, months) => `CAST(${day} + to_months(CAST(${months} AS INTEGER)) AS DATE)`,
  limit: (n) => `LIMIT ${n}`,
  kindOf: (type) => KINDS.find(([form]) => form.test(type))?.[1] ?? "other",
};

const KINDS: readonly (readonly [RegExp, ColumnKind])[] = [
  [/^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\(.*\)|BIGNUM)$/, "number"],
  [/^BOOLEAN$/, "boolean"],
  [/^(VARCHAR|ENUM\(.*\)|UUID)$/, "text"],
  [/^DATE$/, "date"],
  [/^TIMESTAMP/, "timestamp"],
];
