import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { checkFields, checkWhole } from "../statistics/inner";
import { optionalPackage } from "./clients/optional";

/** Options of {@link simulateStays}. */
export interface SimulatedStays {
  /** How many. */
  readonly stays: number;
  /** Number of the first one, so that several files are parts of one register; 0 unless told. */
  readonly first?: number;
  readonly format?: "parquet" | "csv";
}

let folder: string | null = null;

/** A folder that goes with the process. */
function temporary(): string {
  if (folder !== null) return folder;
  const made = mkdtempSync(path.join(tmpdir(), "hrd-stays-"));
  process.on("exit", () => rmSync(made, { recursive: true, force: true }));
  folder = made;
  return made;
}

/**
 * Makes up stays in custody and writes them into a file of a temporary folder, as many as one likes: to try what is written
 * for a register before one has it, and to measure. **They describe nobody.** A stay depends on its number only, and on
 * arithmetic that is the same on every machine.
 *
 * Columns: `admitted` (a day of 2015 to 2019), `released` (empty where it was not by the end of 2020), `programme` (0 or 1, two
 * in five), `age` (18 to 69), `sex`, `district` (six, each with its own pace), `ending` (one end in ten is a removal). The hazard of release is twice as high in the
 * programme, and half as high from the age of 40 on, at all times: log hazard ratios of ln 2 and −ln 2.
 *
 * @returns the file's path; the file goes with the process
 * @throws {InvalidInputError} for a number of stays below 1
 * @example const file = await simulateStays({ stays: 1_000_000 })
 */
export async function simulateStays(options: SimulatedStays): Promise<string> {
  checkFields("simulateStays", "options", options, ["stays", "first", "format"]);
  const { stays, first = 0, format = "parquet" } = options;
  checkWhole("simulateStays", "stays", stays, 1, 1_000_000_000);
  checkWhole("simulateStays", "first", first, 0, 1_000_000_000);
  const { DuckDBInstance } = await optionalPackage("@duckdb/node-api", () => import("@duckdb/node-api"));
  const file = path.join(temporary(), `stays-${first}-${stays}.${format}`);
  const instance = await DuckDBInstance.create(":memory:", { memory_limit: "512MB", temp_directory: temporary() });
  const connection = await instance.connect();
  try {
    const target = `'${file.replaceAll("'", "''")}' (FORMAT ${format})`;
    await connection.run(`COPY (${selection(first, first + stays)}) TO ${target}`);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
  return file;
}

/** Well-mixed 32 bits of a stay's number, another time for each `salt`: Jenkins' and Murmur's multipliers on whole numbers. */
function mixed(salt: number): string {
  const step = (bits: string, shift: number, factor: number) =>
    `(xor(${bits}, ${bits} >> ${shift}) * ${factor} % 4294967296)`;
  return step(step(`((i * 2654435761 + ${salt}) % 4294967296)`, 15, 2246822519), 13, 3266489917);
}

/** Whole numbers and square roots only: they have the same digits everywhere. */
function selection(from: number, to: number): string {
  const drawn = `
    SELECT i, CAST(${mixed(1)} % 1826 AS INTEGER) AS day, ${mixed(2)} % 5 < 2 AS programme,
           18 + CAST(${mixed(3)} % 52 AS INTEGER) AS age, ${mixed(4)} % 3 = 0 AS woman,
           CAST(${mixed(5)} % 6 AS INTEGER) AS place, ${mixed(7)} % 10 = 0 AS removed,
           (${mixed(6)} + 0.5::DOUBLE) / 4294967296 AS u
    FROM (SELECT CAST(range AS UBIGINT) AS i FROM range(${from}, ${to}))`;
  // u is the baseline's survival; its square has twice the hazard, its root half.
  const survived =
    "CASE WHEN programme AND age < 40 THEN sqrt(u) WHEN NOT programme AND age >= 40 THEN u * u ELSE u END";
  const lasting = `
    SELECT *, DATE '2015-01-01' + day AS admitted,
           1 + CAST(floor(least((120 + 40 * place) * (1 / (${survived}) - 1), 100000)) AS INTEGER) AS days
    FROM (${drawn})`;
  return `
    SELECT admitted, CASE WHEN admitted + days <= DATE '2020-12-31' THEN admitted + days END AS released,
           CAST(programme AS INTEGER) AS programme, age, CASE WHEN woman THEN 'f' ELSE 'm' END AS sex,
           ['North', 'East', 'South', 'West', 'Coast', 'Hills'][place + 1] AS district,
           CASE WHEN admitted + days <= DATE '2020-12-31' THEN CASE WHEN removed THEN 'removed' ELSE 'released' END END AS ending
    FROM (${lasting})`;
}
