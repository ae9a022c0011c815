import { type Fault, refuseAll } from "../files";
import { type ExportTable, excerpt, readNumber, requireRows } from "./records";
import { STAMP_FORMS, type Stamp, stampReader } from "./stamps";
import type { Granularity, RawExport, RawValue } from "./types";

/** Header of GDELT's timelines. */
const GDELT_HEADER = "Date,Series,Value";
/** Headers of Media Cloud's counts: with the stories of all sources, and without them. */
const MEDIA_CLOUD_HEADERS = ["date,count,total_count,ratio", "date,count"];
/** The header of the Pageviews tool, which puts titles in quotation marks and the date not. */
const PAGEVIEWS_HEADER = /^Date([,;\t]"([^"]|"")*")+\s*$/m;
/** What the tool calls its downloads. */
const PAGEVIEWS_NAME = /^(page|lang|site|mass|redirect)views([-_. ]|$)/i;

export const isGdelt = ({ header }: ExportTable): boolean => header.cells.join() === GDELT_HEADER;
export const isMediaCloud = ({ header }: ExportTable): boolean => MEDIA_CLOUD_HEADERS.includes(header.cells.join());

/** Whether a column of dates and others are the Pageviews tool's: any table by date looks like it but for quotation marks. */
export const isPageviews = (text: string, name: string, { header }: ExportTable): boolean =>
  /^date$/i.test(header.cells[0]) && (PAGEVIEWS_HEADER.test(text.slice(0, 1 << 16)) || PAGEVIEWS_NAME.test(name));

/**
 * Reads the CSV of the Pageviews tool: a column of dates and one for each article. The tool leaves the last days empty
 * where the service has not counted them yet; those are no values.
 *
 * @throws DataError naming every row and column that is not as the format has it
 */
export function readPageviewsTool({ header, rows }: ExportTable, file: string): RawExport {
  const articles = header.cells.slice(1);
  const faults: Fault[] = articles.flatMap((name, i): Fault[] => {
    if (name !== "" && articles.indexOf(name) === i) return [];
    const message = name === "" ? `column ${i + 2} has no article's title` : `two columns are ${excerpt(name)}`;
    return [{ row: header.row, column: null, value: name, rule: "columns", message }];
  });
  if (faults.length > 0) throw refuseAll(file, faults);
  requireRows(rows, header.cells.length, file);
  const read = stampReader();
  const stamps = rows.map(({ row, cells }) => dated(read(cells[0]), cells[0], row, header.cells[0], faults));
  const values: RawValue[] = [];
  const series = articles.map((name, i) => {
    // Newest last, unless somebody has sorted the file.
    const last = rows.findLastIndex(({ cells }) => cells[i + 1] !== "");
    const notCounted: Stamp[] = [];
    for (const [j, { row, cells }] of rows.entries()) {
      const stamp = stamps[j];
      if (stamp === null) continue;
      if (j > last) notCounted.push(stamp);
      else {
        const value = count(cells[i + 1], row, name, faults);
        if (value !== null) values.push({ row, column: name, stamp, series: name, value, below: false });
      }
    }
    return { name, place: null, unit: "views", notCounted };
  });
  if (faults.length > 0) throw refuseAll(file, faults);
  return { format: "pageviews-tool", series, values, stated: null, mayHaveGaps: true };
}

/**
 * Services that leave out periods without a count state how long a period is by the form of the date: a day or a month.
 * Moments may lie any number of minutes apart.
 */
function byPrecision(values: readonly RawValue[], where: string): Pick<RawExport, "stated" | "mayHaveGaps"> {
  const precision = values[0]?.stamp.precision ?? "day";
  const granularity: Granularity | null = precision === "minute" ? null : precision;
  return { stated: granularity === null ? null : { granularity, where }, mayHaveGaps: true };
}

/**
 * Reads a timeline of GDELT's DOC 2.0 API: one row for each date and series.
 *
 * Values are counts or shares and not negative, except those of an average tone.
 *
 * @throws DataError naming every row and column that is not as the format has it
 */
export function readGdeltTimeline({ header, rows, decimalComma }: ExportTable, file: string): RawExport {
  requireRows(rows, header.cells.length, file);
  const faults: Fault[] = [];
  const values: RawValue[] = [];
  const read = stampReader();
  for (const { row, cells } of rows) {
    const [date, series, cell] = cells;
    if (series === "") {
      faults.push({
        row,
        column: "Series",
        value: series,
        rule: "required",
        message: "is empty; a name is needed",
      });
    }
    const value = readNumber(cell, decimalComma);
    const stamp = dated(read(date), date, row, "Date", faults);
    if (value === null || (value < 0 && !/tone/i.test(series))) {
      const needed = /tone/i.test(series) ? "a number" : "a number from 0";
      const message = `${excerpt(cell)} is not ${needed}`;
      faults.push({ row, column: "Value", value: cell, rule: "number", message });
    } else if (stamp !== null) values.push({ row, column: "Date", stamp, series, value, below: false });
  }
  if (faults.length > 0) throw refuseAll(file, faults);
  const names = [...new Set(values.map(({ series }) => series))];
  const series = names.map((name) => ({ name, place: null, unit: gdeltUnit(name) }));
  return { format: "gdelt-timeline", series, values, ...byPrecision(values, "Date") };
}

/** The two series of raw counts are known by name; others are what the chosen mode gives. */
function gdeltUnit(series: string): string {
  if (/article count|total monitored/i.test(series)) return "articles";
  if (/tone/i.test(series)) return "average tone";
  return "as the chosen mode of the timeline gives it";
}

/**
 * Reads Media Cloud's counts of stories over time: the stories that match, and where the file has them all stories and
 * the ratio of the two.
 *
 * @throws DataError naming every row and column that is not as the format has it, or whose numbers do not fit together
 */
export function readMediaCloud({ header, rows, decimalComma }: ExportTable, file: string): RawExport {
  requireRows(rows, header.cells.length, file);
  const withTotal = header.cells.length > 2;
  const faults: Fault[] = [];
  const values: RawValue[] = [];
  const read = stampReader();
  for (const { row, cells } of rows) {
    const stamp = dated(read(cells[0]), cells[0], row, "date", faults);
    const matching = count(cells[1], row, "count", faults);
    const shares = withTotal ? sharesOf(cells, row, matching, decimalComma, faults) : {};
    if (stamp === null || matching === null || shares === null) continue;
    for (const [series, value] of Object.entries({ count: matching, ...shares })) {
      values.push({ row, column: "date", stamp, below: false, series, value });
    }
  }
  if (faults.length > 0) throw refuseAll(file, faults);
  const series = header.cells
    .slice(1)
    .map((name) => ({ name, place: null, unit: name === "ratio" ? "share of all stories" : "stories" }));
  return { format: "media-cloud", series, values, ...byPrecision(values, "date") };
}

/** All stories and the share of those that match; null with a fault where they do not fit together. */
function sharesOf(
  cells: readonly string[],
  row: number,
  matching: number | null,
  decimalComma: boolean,
  faults: Fault[],
): { total_count: number; ratio: number } | null {
  const all = count(cells[2], row, "total_count", faults);
  const ratio = readNumber(cells[3], decimalComma);
  if (ratio === null || ratio < 0 || ratio > 1) {
    const message = `${excerpt(cells[3])} is not a number from 0 to 1`;
    faults.push({ row, column: "ratio", value: cells[3], rule: "number", message });
    return null;
  }
  if (matching === null || all === null) return null;
  if (matching > all) {
    const message = `${matching} stories match, of ${all} in all`;
    faults.push({ row, column: "count", value: String(matching), rule: "range", message });
  } else if (all > 0 && Math.abs(ratio - matching / all) > 5e-4) {
    const message = `is ${ratio}; ${matching} of ${all} is ${Number((matching / all).toPrecision(4))}`;
    faults.push({ row, column: "ratio", value: cells[3], rule: "ratio", message });
  }
  return { total_count: all, ratio };
}

/** The date of a row; if the cell is none, that is noted. */
function dated(stamp: Stamp | null, value: string, row: number, column: string, faults: Fault[]): Stamp | null {
  if (stamp === null) {
    faults.push({ row, column, value, rule: "date", message: `${excerpt(value)} is not ${STAMP_FORMS}` });
  }
  return stamp;
}

/** A whole number from 0; if the cell is none, that is noted. */
function count(cell: string, row: number, column: string, faults: Fault[]): number | null {
  // Most are some digits.
  if (/^\d{1,15}$/.test(cell)) return Number(cell);
  const value = readNumber(cell);
  if (value !== null && Number.isSafeInteger(value) && value >= 0) return value;
  const message =
    cell === ""
      ? "is empty between days that were counted, so that it is not known what was counted; download the file again, or leave out the column"
      : `${excerpt(cell)} is not a whole number from 0`;
  faults.push({ row, column, value: cell, rule: "number", message });
  return null;
}
