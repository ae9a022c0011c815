import type { Trino } from "trino-client";
import { DataError, refuse } from "../../files";
import { TRINO } from "../dialects/trino";
import type { Cell, Engine, EngineColumn, Statement } from "../engine";
import { optionalPackage } from "./optional";

/**
 * A table of Trino, **not run against a server so far**: its dialect and the client's calls were tried on an exchange that was
 * written down by Trino's documentation. A password comes from TRINO_PASSWORD only.
 */
export interface TrinoSource {
  readonly engine: "trino";
  /** Address of the coordinator, such as `https://trino.example.org:8443`. */
  readonly server: string;
  readonly catalog: string;
  readonly schema: string;
  readonly table: string;
  readonly user: string;
  /** After so long a statement is ended; 600 unless told. */
  readonly timeoutSeconds?: number;
}

/** A coordinator of Trino, asked over HTTP. */
export class TrinoEngine implements Engine {
  readonly dialect = TRINO;

  private constructor(
    readonly name: string,
    private readonly source: TrinoSource,
    private readonly client: Trino,
  ) {}

  static async open(source: TrinoSource): Promise<TrinoEngine> {
    const trino = await optionalPackage("trino-client", () => import("trino-client"));
    const { server, catalog, schema, table, user, timeoutSeconds = 600 } = source;
    const client = trino.Trino.create({
      server,
      catalog,
      schema,
      source: "human-rights-diplomacy",
      auth: new trino.BasicAuth(user, process.env.TRINO_PASSWORD),
      session: { query_max_run_time: `${timeoutSeconds}s` },
    });
    const name = `Trino table ${[catalog, schema, table].map(TRINO.quote).join(".")} at ${new URL(server).host}`;
    return new TrinoEngine(name, source, client);
  }

  from(): string {
    const { catalog, schema, table } = this.source;
    return [catalog, schema, table].map(TRINO.quote).join(".");
  }

  async columns(): Promise<readonly EngineColumn[]> {
    const found: EngineColumn[] = [];
    await this.#asked(`SHOW COLUMNS FROM ${this.from()}`, ({ data }) => {
      for (const [name, type] of data ?? []) {
        found.push({ name: String(name), type: String(type), kind: TRINO.kindOf(String(type)) });
      }
    });
    return found;
  }

  async rows({ sql }: Statement, take: (row: readonly Cell[]) => void): Promise<void> {
    await this.#asked(sql, ({ data }) => {
      for (const row of data ?? []) take(row);
    });
  }

  async plan({ sql }: Statement): Promise<readonly string[]> {
    const lines: string[] = [];
    await this.#asked(`EXPLAIN ${sql}`, ({ data }) => {
      for (const row of data ?? []) for (const line of String(row[0]).split("\n")) lines.push(line);
    });
    return lines;
  }

  async examples(): Promise<readonly string[]> {
    return [];
  }

  async unchanged(): Promise<void> {}

  async close(): Promise<void> {}

  /** Sends a statement and gives each page of the answer. */
  async #asked(sql: string, take: (page: { readonly data?: readonly (readonly Cell[])[] }) => void): Promise<void> {
    try {
      for await (const page of await this.client.query(sql)) {
        const { error } = page;
        if (error !== undefined && error !== null) {
          throw refuse(this.name, ruleOf(error.errorName), `Trino says: ${error.message} (${error.errorName})`);
        }
        take(page);
      }
    } catch (error) {
      if (error instanceof DataError) throw error;
      const message = error instanceof Error ? error.message : String(error);
      const rule = /401|403/.test(message) ? "password" : "connection";
      const what = "the server cannot be reached or refuses; nothing of an unfinished answer is used";
      throw Object.assign(refuse(this.name, rule, `${what} (${message})`), { cause: error });
    }
  }
}

const ruleOf = (name: string): string =>
  /TIME_LIMIT|TIMEOUT/.test(name) ? "timeout" : /NOT_FOUND/.test(name) ? "table" : "engine";
