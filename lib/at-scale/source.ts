import { InvalidInputError } from "../statistics";
import { checkFields, shown } from "../statistics/inner";
import { DuckDBEngine, type FileSource } from "./clients/duckdb";
import { PostgresEngine, type PostgresSource } from "./clients/postgresql";
import { TrinoEngine, type TrinoSource } from "./clients/trino";
import type { Engine } from "./engine";

/** Where rows are: files, or a table of a server. A text is the path of files. */
export type CountsSource = string | FileSource | PostgresSource | TrinoSource;

/** Opens what a question is put to; nothing is read yet but, of files, their names. */
export async function openSource(action: string, source: CountsSource): Promise<Engine> {
  const known = typeof source === "string" ? ({ engine: "duckdb", path: source } as const) : source;
  checkFields(action, "source", known, FIELDS[known.engine] ?? ["engine"]);
  switch (known.engine) {
    case "duckdb":
      return DuckDBEngine.open(known);
    case "postgresql":
      return PostgresEngine.open(known);
    case "trino":
      return TrinoEngine.open(known);
    default: {
      const found = shown(Reflect.get(known, "engine"));
      const message = `${action}: source.engine is ${found}; "duckdb", "postgresql" or "trino" is needed`;
      throw new InvalidInputError(message, "source");
    }
  }
}

const FIELDS: Readonly<Record<string, readonly string[]>> = {
  duckdb: ["engine", "path", "table", "schema", "dateFormat", "missing", "memory", "threads"],
  postgresql: ["engine", "table", "schema", "host", "port", "database", "user", "ssl", "timeoutSeconds"],
  trino: ["engine", "table", "schema", "catalog", "server", "user", "timeoutSeconds"],
};
