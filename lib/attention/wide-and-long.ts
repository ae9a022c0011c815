import { type Fault, refuseAll } from "../files";
import { readStamp, STAMP_FORMS } from "./periods";
import { csvLines, excerpt, readNumber, requireRows } from "./records";
import type { RawExport, RawValue } from "./types";

/** Header of GDELT's timelines. */
export const GDELT_HEADER = "Date,Series,Value";
/** Header of Media Cloud's counts. */
export const MEDIA_CLOUD_HEADER = "date,count,total_count,ratio";

/**
 * Reads the CSV of the Pageviews tool: a column of dates and one for each article.
 *
 * @throws DataError naming every row and column that is not as the format has it
 */
export function readPageviewsTool(text: string, file: string): RawExport {
  const [header, ...rows] = csvLines(text, file);
  const articles = header.cells.slice(1).map((cell) => cell.trim());
  const faults: Fault[] = articles.flatMap((name, i): Fault[] => {
    if (name !== "" && articles.indexOf(name) === i) return [];
    const message =
      name === "" ? `column ${i + 2} has no article's title` : `two columns are ${excerpt(name)}`;
    return [{ row: 1, column: null, value: name, rule: "columns", message }];
  });
  if (faults.length > 0) throw refuseAll(file, faults);
  requireRows(rows, header.cells.length, file);
  const values: RawValue[] = [];
  for (const { row, cells } of rows) {
    const stamp = cells[0].trim();
    if (!dated(stamp, row, "Date", faults)) continue;
    for (const [i, series] of articles.entries()) {
      const value = count(cells[i + 1].trim(), row, series, faults);
      if (value !== null) values.push({ row, column: series, stamp, series, value, below: false });
    }
  }
  if (faults.length > 0) throw refuseAll(file, faults);
  const series = articles.map((name) => ({ name, place: null, unit: "views" }));
  return { format: "pageviews-tool", series, values, stated: null, mayHaveGaps: true };
}

/**
 * Reads a timeline of GDELT's DOC 2.0 API: one row for each date and series.
 *
 * Values are counts or shares and not negative, except those of an average tone.
 *
 * @throws DataError naming every row and column that is not as the format has it
 */
export function readGdeltTimeline(text: string, file: string): RawExport {
  const [header, ...rows] = csvLines(text, file);
  requireRows(rows, header.cells.length, file);
  const faults: Fault[] = [];
  const values: RawValue[] = [];
  for (const { row, cells } of rows) {
    const [stamp, series, cell] = cells.map((text) => text.trim());
    if (series === "") {
      faults.push({
        row,
        column: "Series",
        value: series,
        rule: "required",
        message: "is empty; a name is needed",
      });
    }
    const value = readNumber(cell);
    if (value === null || (value < 0 && !/tone/i.test(series))) {
      const needed = /tone/i.test(series) ? "a number" : "a number from 0";
      const message = `${excerpt(cell)} is not ${needed}`;
      faults.push({ row, column: "Value", value: cell, rule: "number", message });
    } else if (dated(stamp, row, "Date", faults)) {
      values.push({ row, column: "Date", stamp, series, value, below: false });
    }
  }
  if (faults.length > 0) throw refuseAll(file, faults);
  const names = [...new Set(values.map(({ series }) => series))];
  const series = names.map((name) => ({ name, place: null, unit: gdeltUnit(name) }));
  return { format: "gdelt-timeline", series, values, stated: null, mayHaveGaps: true };
}

/** The two series of raw counts are known by name; others are what the chosen mode gives. */
function gdeltUnit(series: string): string {
  if (/article count|total monitored/i.test(series)) return "articles";
  if (/tone/i.test(series)) return "average tone";
  return "as the chosen mode of the timeline gives it";
}

/**
 * Reads Media Cloud's counts of stories over time: three series, the stories that match, all stories, and their ratio.
 *
 * @throws DataError naming every row and column that is not as the format has it, or whose numbers do not fit together
 */
export function readMediaCloud(text: string, file: string): RawExport {
  const [header, ...rows] = csvLines(text, file);
  requireRows(rows, header.cells.length, file);
  const faults: Fault[] = [];
  const values: RawValue[] = [];
  for (const { row, cells } of rows) {
    const stamp = cells[0].trim();
    const isDated = dated(stamp, row, "date", faults);
    const matching = count(cells[1].trim(), row, "count", faults);
    const all = count(cells[2].trim(), row, "total_count", faults);
    const ratio = readNumber(cells[3].trim());
    if (ratio === null || ratio < 0 || ratio > 1) {
      const message = `${excerpt(cells[3])} is not a number from 0 to 1`;
      faults.push({ row, column: "ratio", value: cells[3], rule: "number", message });
    }
    if (!isDated || matching === null || all === null || ratio === null) continue;
    if (matching > all) {
      const message = `${matching} stories match, of ${all} in all`;
      faults.push({ row, column: "count", value: String(matching), rule: "range", message });
    } else if (all > 0 && Math.abs(ratio - matching / all) > 5e-4) {
      const message = `is ${ratio}; ${matching} of ${all} is ${Number((matching / all).toPrecision(4))}`;
      faults.push({ row, column: "ratio", value: cells[3], rule: "ratio", message });
    }
    const line = { row, column: "date", stamp, below: false };
    values.push({ ...line, series: "count", value: matching });
    values.push({ ...line, series: "total_count", value: all });
    values.push({ ...line, series: "ratio", value: ratio });
  }
  if (faults.length > 0) throw refuseAll(file, faults);
  const series = [
    { name: "count", place: null, unit: "stories" },
    { name: "total_count", place: null, unit: "stories" },
    { name: "ratio", place: null, unit: "share of all stories" },
  ];
  return { format: "media-cloud", series, values, stated: null, mayHaveGaps: true };
}

/** Whether a cell is a date; if not, that is noted. */
function dated(stamp: string, row: number, column: string, faults: Fault[]): boolean {
  if (readStamp(stamp) !== null) return true;
  faults.push({
    row,
    column,
    value: stamp,
    rule: "date",
    message: `${excerpt(stamp)} is not ${STAMP_FORMS}`,
  });
  return false;
}

/** A whole number from 0; if the cell is none, that is noted. */
function count(cell: string, row: number, column: string, faults: Fault[]): number | null {
  const value = readNumber(cell);
  if (value !== null && Number.isSafeInteger(value) && value >= 0) return value;
  const found = cell === "" ? "is empty; write 0, or leave out the column," : `${excerpt(cell)} is not`;
  const message = cell === "" ? `${found} if there was nothing to count` : `${found} a whole number from 0`;
  faults.push({ row, column, value: cell, rule: "number", message });
  return null;
}
