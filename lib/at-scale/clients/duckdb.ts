import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { projectRoot } from "../../data/schema";
import { DataError, refuse, shown } from "../../files";
import { DUCKDB } from "../dialects/duckdb";
import { type Cell, type Engine, type EngineColumn, Parameters, type Statement } from "../engine";
import { optionalPackage } from "./optional";

/** Files that DuckDB reads: CSV, Parquet, JSON, a folder or pattern of them, or a table of a .duckdb file. */
export interface FileSource {
  readonly engine: "duckdb";
  /** A file, a folder, or a pattern such as `stays/*.parquet`, as seen from the working directory or the project's folder. */
  readonly path: string;
  /** The table or view, in a .duckdb file; there it is needed. */
  readonly table?: string;
  /** Its schema; "main" unless told. */
  readonly schema?: string;
  /** How a CSV file writes dates, as C's strptime has it: "%Y-%m-%d" unless told. */
  readonly dateFormat?: string;
  /** Texts of a CSV file that mean that there is no value, beside an empty cell: "NA" and "." unless told. */
  readonly missing?: readonly string[];
  /** Memory that DuckDB may use before it goes on in a temporary folder; "512MB" unless told. */
  readonly memory?: string;
  /** Threads of DuckDB; as many as there are processors unless told. */
  readonly threads?: number;
}

type Format = "csv" | "parquet" | "json" | "duckdb";

const FORMATS: readonly (readonly [RegExp, Format])[] = [
  [/\.(csv|tsv|tab|txt)(\.gz|\.zst)?$/i, "csv"],
  [/\.(parquet|pq)$/i, "parquet"],
  [/\.(json|ndjson|jsonl)(\.gz|\.zst)?$/i, "json"],
  [/\.(duckdb|ddb|db)$/i, "duckdb"],
];

const formatOf = (file: string): Format | null => FORMATS.find(([form]) => form.test(file))?.[1] ?? null;

/** DuckDB inside this process, which opens files for reading only and sends nothing anywhere. */
export class DuckDBEngine implements Engine {
  readonly name: string;
  readonly dialect = DUCKDB;
  /** The files with their size and time of change when reading began. */
  #before: ReadonlyMap<string, string> = new Map();

  private constructor(
    private readonly source: FileSource,
    private readonly format: Format,
    /** Absolute, with what is special in a pattern escaped where a file of this very name is there. */
    private readonly pattern: string,
    private readonly connection: DuckDBConnection,
    private readonly instance: DuckDBInstance,
    private readonly temporary: string,
  ) {
    this.name = source.path;
  }

  /** @throws DataError where there is no such file, or several kinds of them */
  static async open(source: FileSource): Promise<DuckDBEngine> {
    const { pattern, format } = located(source);
    const { DuckDBInstance: Instance } = await optionalPackage("@duckdb/node-api", () => import("@duckdb/node-api"));
    const temporary = mkdtempSync(path.join(tmpdir(), "hrd-duckdb-"));
    let instance: DuckDBInstance | null = null;
    try {
      instance = await Instance.create(format === "duckdb" ? pattern : ":memory:", {
        ...(format === "duckdb" ? { access_mode: "READ_ONLY" } : {}),
        memory_limit: source.memory ?? "512MB",
        temp_directory: temporary,
        // Whole rows in the file's order are not needed, and keeping it takes memory.
        preserve_insertion_order: "false",
        autoinstall_known_extensions: "false",
        autoload_known_extensions: "false",
        ...(source.threads === undefined ? {} : { threads: String(source.threads) }),
      });
      const connection = await instance.connect();
      const engine = new DuckDBEngine(source, format, pattern, connection, instance, temporary);
      await connection.run("SET TimeZone = 'UTC'");
      engine.#before = await engine.#stamps();
      return engine;
    } catch (error) {
      instance?.closeSync();
      rmSync(temporary, { recursive: true, force: true });
      throw error instanceof DataError ? error : engineError(source.path, error);
    }
  }

  from(parameters: Parameters): string {
    const { source, format, pattern } = this;
    if (format === "duckdb") {
      return `${DUCKDB.quote(source.schema ?? "main")}.${DUCKDB.quote(source.table ?? "")}`;
    }
    const file = parameters.add(pattern);
    if (format !== "csv") return `read_${format}(${file})`;
    const { dateFormat = "%Y-%m-%d", missing = ["NA", "."] } = source;
    const none = ["", ...missing].map((text) => parameters.add(text)).join(", ");
    const day = parameters.add(dateFormat);
    const moment = parameters.add(`${dateFormat} %H:%M:%S`);
    return `read_csv(${file}, nullstr = [${none}], dateformat = ${day}, timestampformat = ${moment})`;
  }

  async columns(): Promise<readonly EngineColumn[]> {
    const parameters = new Parameters();
    const { sql, values } = parameters.statement(`SELECT * FROM ${this.from(parameters)} LIMIT 0`, DUCKDB);
    return this.#asked(async () => {
      const result = await this.connection.run(sql, [...values]);
      const types = result.columnTypes().map(String);
      return result.columnNames().map((name, i) => ({ name, type: types[i], kind: DUCKDB.kindOf(types[i]) }));
    });
  }

  async rows({ sql, values }: Statement, take: (row: readonly Cell[]) => void): Promise<void> {
    const result = await this.#asked(() => this.connection.stream(sql, [...values]));
    const next = () => this.#asked(() => result.fetchChunk());
    for (let chunk = await next(); chunk !== null && chunk.rowCount > 0; chunk = await next()) {
      const columns = chunk.getColumns();
      for (let i = 0; i < chunk.rowCount; i++) take(columns.map((column) => cellOf(column[i])));
    }
  }

  async plan({ sql, values }: Statement): Promise<readonly string[]> {
    return this.#asked(async () => {
      const result = await this.connection.run(`EXPLAIN ${sql}`, [...values]);
      return (await result.getRowsJS()).flatMap((row) =>
        String(row[row.length - 1])
          .trimEnd()
          .split("\n"),
      );
    });
  }

  async examples(column: string, wanted: "number" | "date"): Promise<readonly string[]> {
    const parameters = new Parameters();
    const name = DUCKDB.quote(column);
    const cast = `TRY_CAST(${name} AS ${wanted === "number" ? "DOUBLE" : "DATE"})`;
    const text = `SELECT DISTINCT CAST(${name} AS VARCHAR) AS "v" FROM ${this.from(parameters)} WHERE ${name} IS NOT NULL AND ${cast} IS NULL ORDER BY "v" LIMIT 3`;
    const { sql, values } = parameters.statement(text, DUCKDB);
    const result = await this.#asked(() => this.connection.run(sql, [...values]));
    return (await result.getRowsJS()).map(([value]) => String(value));
  }

  async unchanged(): Promise<void> {
    const after = await this.#stamps();
    const all = new Set([...this.#before.keys(), ...after.keys()]);
    const changed = [...all].filter((file) => this.#before.get(file) !== after.get(file));
    if (changed.length === 0) return;
    const message = `changed while it was read (${changed.slice(0, 3).map(shown).join(", ")}); read it again once it is complete`;
    throw refuse(this.name, "changed", message);
  }

  async close(): Promise<void> {
    this.connection.closeSync();
    this.instance.closeSync();
    rmSync(this.temporary, { recursive: true, force: true });
  }

  async #stamps(): Promise<Map<string, string>> {
    const result = await this.connection.run("SELECT file FROM glob($1)", [this.pattern]);
    const files = (await result.getRowsJS()).map(([file]) => String(file)).sort();
    if (files.length === 0) throw refuse(this.name, "file-missing", `no such file; looked for ${this.pattern}`);
    return new Map(
      files.map((file) => {
        if (!existsSync(file)) return [file, "gone"];
        const { size, mtimeMs, ino } = statSync(file);
        return [file, `${size} ${mtimeMs} ${ino}`];
      }),
    );
  }

  async #asked<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw error instanceof DataError ? error : engineError(this.name, error);
    }
  }
}

function cellOf(value: unknown): Cell {
  if (value === null || typeof value === "number" || typeof value === "string" || typeof value === "boolean")
    return value;
  return typeof value === "bigint" ? Number(value) : String(value);
}

/** Where files are, and of which format. */
function located({ path: given, table }: FileSource): { pattern: string; format: Format } {
  const places = [path.resolve(given), path.resolve(projectRoot(), given)];
  const found = places.find((place) => existsSync(place));
  const isPattern = /[*?[]/.test(given);
  if (found === undefined && !isPattern) {
    throw refuse(given, "file-missing", `no such file; looked for ${[...new Set(places)].join(" and ")}`);
  }
  const isFolder = found !== undefined && statSync(found).isDirectory();
  const escaped = (found ?? "").replace(/[*?[]/g, (mark) => `[${mark}]`);
  if (isFolder) {
    const names = readdirSync(found, { recursive: true, encoding: "utf8" });
    const endings = new Map(names.flatMap((name) => ending(name)));
    if (endings.size !== 1) {
      const kinds =
        endings.size === 0 ? "no CSV, Parquet or JSON file" : `files that end in ${[...endings.keys()].join(", ")}`;
      throw refuse(given, "format", `is a folder with ${kinds}; name those meant, such as ${given}/*.parquet`);
    }
    const [[end, format]] = endings;
    return { pattern: `${escaped}/**/*${end}`, format };
  }
  const format = formatOf(given);
  if (format === null) {
    const message =
      "has an ending that is not known; .csv, .tsv, .tab, .parquet, .json, .ndjson (also .gz) or .duckdb is needed";
    throw refuse(given, "format", message);
  }
  if ((format === "duckdb") !== (table !== undefined)) {
    const message =
      format === "duckdb"
        ? "is a database; say which of its tables is meant (table)"
        : "is no database, and has no tables to choose from; leave out table";
    throw refuse(given, "table", message);
  }
  return { pattern: found === undefined ? places[0] : escaped, format };
}

/** The ending of a name with its format, of files that can stand in a folder. */
function ending(name: string): [string, Format][] {
  const format = formatOf(name);
  const end = /(\.\w+)(\.gz|\.zst)?$/.exec(name)?.[0];
  return format === null || format === "duckdb" || end === undefined ? [] : [[end, format]];
}

/** What went wrong in DuckDB, as the other loaders say it. */
function engineError(name: string, error: unknown): DataError {
  const message = error instanceof Error ? error.message : String(error);
  const [first] = message.split("\n");
  const row = /CSV Error on Line: (\d+)/.exec(message)?.[1];
  const cell = /Could not convert string "(.*)" to '([^']*)'/.exec(message);
  const column = /Error when converting column "([^"]*)"/.exec(message)?.[1];
  if (cell !== null) {
    const wanted = /DATE|TIMESTAMP/.test(cell[2]) ? "date" : "number";
    const found = `${shown(cell[1])} is no ${wanted}, and the rows before it have ${wanted}s there (${cell[2]}); mend the cell, or name its text in the source's missing if it means that there is no value`;
    return new DataError([
      {
        file: name,
        row: row === undefined ? null : Number(row),
        column: column ?? null,
        value: cell[1],
        rule: wanted,
        message: found,
      },
    ]);
  }
  if (row !== undefined) {
    const what = /^(Original Line|Possible fixes|file)/m.test(message)
      ? message
          .split("\n")
          .find((line) => /Expected|Error|quote|column/i.test(line) && !line.startsWith("Invalid Input Error"))
      : first;
    return refuse(name, "csv", `cannot be read: ${what ?? first}`, Number(row));
  }
  const rule = /Could not set lock|IO Error/.test(message)
    ? "file"
    : /Out of Memory/i.test(message)
      ? "memory"
      : "engine";
  return Object.assign(refuse(name, rule, `DuckDB says: ${first}`), { cause: error });
}
