import path from "node:path";
import { expect, test } from "vitest";
import { loadCampaign } from "../../lib/own-campaign";
import { folder, inDuckDB } from "../at-scale/stays";

const files = folder();
const TEXT = `id,detained,released,age,place,note
a,01.03.2015,11.04.2015,30,Kyïv,"two
lines"
b,02.03.2015,,41.5,,plain
c,03.03.2015,05.03.2015,NA,Łódź,"a ""word"""
`;
const mapping = {
  title: "Parquet",
  dateFormat: "%d.%m.%Y",
  timeZero: "detained",
  endOfFollowUp: "2016-12-31",
  columns: { id: "id", detained: "detained", released: "released", covariates: ["age", "place", "note"] },
  treatment: { kind: "none" },
} as const;
const quiet = { progress: false };

test("a Parquet file is read as its CSV is, days in whatever format the mapping names", async () => {
  const csv = files.write("arrests.csv", TEXT);
  const parquet = path.join(files.path, "arrests.parquet");
  const read = `SELECT * REPLACE (CAST(age AS DOUBLE) AS age) FROM read_csv('${csv}', dateformat = '%d.%m.%Y', nullstr = ['', 'NA'])`;
  await inDuckDB(":memory:", `COPY (${read}) TO '${parquet}' (FORMAT parquet)`);
  const [{ report: _, ...rows }, { report, ...others }] = [
    await loadCampaign(csv, mapping, quiet),
    await loadCampaign(parquet, mapping, quiet),
  ];
  expect({ ...others, file: csv }).toEqual({ ...rows, file: csv });
  expect(report.format.description).toBe("Parquet");
});

test("what is wrong in it is named by row and column, and reading can be ended", async () => {
  const parquet = path.join(files.path, "wrong.parquet");
  const rows =
    "SELECT 'a' AS id, DATE '2015-03-01' AS detained, DATE '2015-02-01' AS released UNION ALL SELECT 'b', NULL, NULL";
  await inDuckDB(":memory:", `COPY (${rows}) TO '${parquet}' (FORMAT parquet)`);
  const few = { ...mapping, columns: { id: "id", detained: "detained", released: "released" } };
  await expect(loadCampaign(parquet, few, quiet)).rejects.toThrow(/wrong\.parquet row 2, column released/);
  await expect(loadCampaign(parquet, { ...few, columns: { ...few.columns, id: "nr" } }, quiet)).rejects.toThrow(
    /column nr: the mapping's columns\.id names it, and the file has no such column/,
  );
  const signal = AbortSignal.abort(new Error("no longer wanted"));
  await expect(loadCampaign(parquet, few, { ...quiet, signal })).rejects.toThrow("no longer wanted");
});
