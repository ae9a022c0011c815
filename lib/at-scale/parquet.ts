/** An inner door: the rows of a Parquet file as texts, for who reads a table cell by cell. */
import type { TakeRecord } from "../files";
import { DuckDBEngine } from "./clients/duckdb";
import { DUCKDB } from "./dialects/duckdb";
import { Parameters } from "./engine";

/**
 * Gives the names of the columns and then the rows of a Parquet file in its order, as a reader of delimited text does: all
 * cells are texts, empty where there is no value; days are written as the format says.
 *
 * @param path the file
 * @param dateFormat as of C's strptime; a column of dates or moments is written so
 * @param take is given each record with its number as a spreadsheet counts, the header being 1; false ends the reading
 * @throws DataError where the file cannot be read, or DuckDB is not installed
 * @throws the signal's reason once it has fired
 */
export async function parquetRecords(
  path: string,
  dateFormat: string,
  take: TakeRecord,
  signal?: AbortSignal,
): Promise<void> {
  const engine = await DuckDBEngine.open({ engine: "duckdb", path });
  try {
    const columns = await engine.columns();
    if (
      !take(
        columns.map(({ name }) => name),
        1,
        false,
      )
    )
      return;
    const parameters = new Parameters();
    const cells = columns.map(({ name, kind }) => {
      const column = DUCKDB.quote(name);
      const text =
        kind === "date" ? `strftime(${column}, ${parameters.add(dateFormat)})` : `CAST(${column} AS VARCHAR)`;
      return kind === "timestamp" ? `strftime(${column}, ${parameters.add(`${dateFormat} %H:%M:%S`)})` : text;
    });
    const sql = `SELECT ${cells.join(", ")} FROM ${engine.from(parameters)}`;
    await engine.rows({ sql: "SET preserve_insertion_order = true", values: [] }, () => {});
    let row = 1;
    let wanted = true;
    await engine.rows(parameters.statement(sql, DUCKDB), (record) => {
      row += 1;
      if (row % 4096 === 0) signal?.throwIfAborted();
      if (!wanted) return;
      const texts = record.map((cell) => (cell === null ? "" : String(cell)));
      const spans = texts.some((text) => text.includes("\n") || text.includes("\r"));
      wanted = take(texts, row, spans);
    });
    await engine.unchanged();
  } finally {
    await engine.close();
  }
}
