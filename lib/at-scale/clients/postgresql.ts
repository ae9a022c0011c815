import type { Client } from "pg";
import { DataError, refuse } from "../../files";
import { POSTGRESQL } from "../dialects/postgresql";
import type { Cell, Engine, EngineColumn, Statement } from "../engine";
import { optionalPackage } from "./optional";

/**
 * A table or view of PostgreSQL. Whatever is not said comes from the environment, as psql has it (PGHOST, PGPORT, PGDATABASE,
 * PGUSER); a password from PGPASSWORD or ~/.pgpass only, so that none stands in a notebook.
 */
export interface PostgresSource {
  readonly engine: "postgresql";
  readonly table: string;
  readonly schema?: string;
  readonly host?: string;
  readonly port?: number;
  readonly database?: string;
  readonly user?: string;
  /** Whether the connection is encrypted, and the server's certificate checked. */
  readonly ssl?: boolean;
  /** After so long a statement is ended; 600 unless told. */
  readonly timeoutSeconds?: number;
}

/** One connection with one transaction that can only read, and sees the table as it was at its beginning. */
export class PostgresEngine implements Engine {
  readonly dialect = POSTGRESQL;

  private constructor(
    readonly name: string,
    private readonly source: PostgresSource,
    private readonly client: Client,
    private readonly newQuery: typeof import("pg").Query,
  ) {}

  /** @throws DataError where the server cannot be reached or refuses */
  static async open(source: PostgresSource): Promise<PostgresEngine> {
    const { Client: NewClient, Query } = await optionalPackage("pg", () => import("pg"));
    const { host, port, database, user, ssl, timeoutSeconds = 600 } = source;
    const client = new NewClient({ host, port, database, user, ssl, connectionTimeoutMillis: 15_000, keepAlive: true });
    const table = [source.schema, source.table]
      .flatMap((part) => (part === undefined ? [] : [POSTGRESQL.quote(part)]))
      .join(".");
    const name = `PostgreSQL table ${table} of ${client.database ?? "the default database"} at ${client.host}:${client.port}`;
    // A server that goes away between statements is noticed by the next one.
    client.on("error", () => {});
    try {
      await client.connect();
      await client.query("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
      await client.query("SELECT set_config('statement_timeout', $1, true), set_config('TimeZone', 'UTC', true)", [
        String(Math.round(timeoutSeconds * 1000)),
      ]);
      return new PostgresEngine(name, source, client, Query);
    } catch (error) {
      await client.end().catch(() => {});
      throw engineError(name, error);
    }
  }

  from(): string {
    const { schema, table } = this.source;
    return [schema, table].flatMap((part) => (part === undefined ? [] : [POSTGRESQL.quote(part)])).join(".");
  }

  async columns(): Promise<readonly EngineColumn[]> {
    return this.#asked(async () => {
      const { fields } = await this.client.query(`SELECT * FROM ${this.from()} LIMIT 0`);
      const { rows } = await this.client.query<{ oid: number; type: string }>(
        `SELECT oid::integer AS oid, format_type(CASE WHEN typtype = 'd' THEN typbasetype ELSE oid END, NULL) AS type
         FROM pg_type WHERE oid = ANY($1)`,
        [fields.map(({ dataTypeID }) => dataTypeID)],
      );
      const types = new Map(rows.map(({ oid, type }) => [oid, type]));
      return fields.map(({ name, dataTypeID }) => {
        const type = types.get(dataTypeID) ?? "unknown";
        return { name, type, kind: POSTGRESQL.kindOf(type) };
      });
    });
  }

  async rows({ sql, values }: Statement, take: (row: readonly Cell[]) => void): Promise<void> {
    await this.#asked(
      () =>
        new Promise<void>((resolve, reject) => {
          const Query = this.newQuery;
          // The types of pg do not know that a query of its own takes a mode, too.
          const config = { text: sql, values: [...values], rowMode: "array" };
          const query = new Query<Cell[]>(config);
          let failed: unknown = null;
          query.on("row", (row) => {
            if (failed !== null) return;
            try {
              take(row);
            } catch (error) {
              failed = error;
            }
          });
          query.on("error", reject);
          query.on("end", () => (failed === null ? resolve() : reject(failed)));
          this.client.query(query);
        }),
    );
  }

  async plan({ sql, values }: Statement): Promise<readonly string[]> {
    return this.#asked(async () => {
      const { rows } = await this.client.query<string[]>({
        text: `EXPLAIN (VERBOSE, COSTS OFF) ${sql}`,
        values: [...values],
        rowMode: "array",
      });
      return rows.map(([line]) => line);
    });
  }

  async examples(column: string): Promise<readonly string[]> {
    const name = POSTGRESQL.quote(column);
    const { rows } = await this.#asked(() =>
      this.client.query<string[]>({
        text: `SELECT MIN(CAST(${name} AS VARCHAR)) FROM ${this.from()} WHERE ${name} IS NOT NULL`,
        rowMode: "array",
      }),
    );
    return rows.flatMap(([value]) => (value === null ? [] : [value]));
  }

  /** The transaction's snapshot did not change, whatever others wrote. */
  async unchanged(): Promise<void> {}

  async close(): Promise<void> {
    await this.client.query("ROLLBACK").catch(() => {});
    await this.client.end().catch(() => {});
  }

  async #asked<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw error instanceof DataError ? error : engineError(this.name, error);
    }
  }
}

/** What went wrong, by PostgreSQL's code for it (its manual, appendix A) or Node's for the connection. */
function engineError(name: string, error: unknown): DataError {
  const code = typeof error === "object" && error !== null ? String(Reflect.get(error, "code") ?? "") : "";
  const message = error instanceof Error ? error.message : String(error);
  const found = ERRORS.find(([form]) => form.test(code) || form.test(message));
  const [, rule, what] = found ?? [null, "engine", ""];
  const text = what === "" ? `PostgreSQL says: ${message}` : `${what} (${message || code})`;
  return Object.assign(refuse(name, rule, text), { cause: error });
}

const ERRORS: readonly (readonly [RegExp, string, string])[] = [
  [
    /^28|SASL|password must be/,
    "password",
    "the server refuses this user or password; say the user, and put the password into PGPASSWORD or ~/.pgpass",
  ],
  [/^3D000/, "database", "there is no such database"],
  [/^42P01/, "table", "there is no such table or view"],
  [/^42501/, "permission", "this user may not read it"],
  [/^57014/, "timeout", "the statement took longer than timeoutSeconds and was ended; nothing was read"],
  [
    /^57P0|^08|ECONN|EPIPE|ENOTFOUND|ETIMEDOUT|Connection terminated|timeout expired|not queryable/,
    "connection",
    "the server cannot be reached, or went away before it had answered; nothing of an unfinished answer is used",
  ],
  [/^25006/, "read-only", "reading it would write, which this transaction does not allow"],
  [/^22|^42883|^42804/, "value", "a value is not as the statement needs it"],
];
