import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { loadAttention, loadAttentionParquet } from "../../lib/attention";
import { folder, inDuckDB } from "../at-scale/stays";

const files = folder();
const CSV = "data/attention/media-cloud-synthetic.csv";

test("a Parquet file is read as the export that it was made of", async () => {
  const parquet = path.join(files.path, "media-cloud-synthetic.parquet");
  await inDuckDB(":memory:", `COPY (SELECT * FROM read_csv('${CSV}')) TO '${parquet}' (FORMAT parquet)`);
  expect(() => loadAttention(parquet)).toThrow(/is a Parquet file.*loadAttentionParquet/);
  const [text, columns] = [loadAttention(CSV), await loadAttentionParquet(parquet)];
  expect(columns.rows).toEqual(text.rows);
  expect(columns.series).toEqual(text.series);
  expect([columns.format, columns.granularity, columns.provenance]).toEqual([
    text.format,
    text.granularity,
    text.provenance,
  ]);
  expect(readFileSync(parquet).subarray(0, 4).toString()).toBe("PAR1");
});

test("what is wrong in it is named by row and column", async () => {
  const parquet = path.join(files.path, "wrong.parquet");
  const rows = [
    "SELECT DATE '2026-08-10' AS date, '3' AS count, 30 AS total_count, 0.1 AS ratio",
    "SELECT DATE '2026-08-11', 'many', 30, 0.2",
  ];
  await inDuckDB(":memory:", `COPY (${rows.join(" UNION ALL ")}) TO '${parquet}' (FORMAT parquet)`);
  await expect(loadAttentionParquet(parquet, { format: "media-cloud" })).rejects.toThrow(
    /wrong\.parquet row 3, column count/,
  );
  await expect(loadAttentionParquet(path.join(files.path, "none.parquet"))).rejects.toThrow("no such file");
});
