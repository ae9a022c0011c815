import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { parquetRecords } from "../at-scale/parquet";
import { projectPackage, projectRoot } from "../data/schema";
import { decodeUtf8, PROVENANCE, type Provenance, parseJson, provenancesOf, refuse, refuseAll, shown } from "../files";
import { InvalidInputError } from "../statistics";
import { checkFields } from "../statistics/inner";
import { isGoogleTrends, readGoogleTrends } from "./google-trends";
import { findPeriods, missingPeriods } from "./periods";
import { type ExportTable, excerpt, exportTable } from "./records";
import { readStamp, stampText } from "./stamps";
import {
  ATTENTION_FORMATS,
  type Attention,
  type AttentionFormat,
  type AttentionRow,
  type AttentionSeries,
  FORMAT_TITLES,
  type RawExport,
} from "./types";
import {
  isGdelt,
  isMediaCloud,
  isPageviews,
  readGdeltTimeline,
  readMediaCloud,
  readPageviewsTool,
} from "./wide-and-long";
import { readWikimediaApi } from "./wikimedia-api";

/** Options of {@link loadAttention}. */
export interface AttentionOptions {
  /**
   * What stands for Google Trends' `<1`, from 0 to 1: 0.5 unless said otherwise, the middle of what it can mean. The rows
   * are marked (`below`), and the result says which number was taken (`belowAs`).
   */
  readonly belowAs?: number;
  /**
   * Which export the file is, where it does not show that itself: any table by date looks like the Pageviews tool's once a
   * spreadsheet has dropped the quotation marks around the titles.
   */
  readonly format?: AttentionFormat;
}

/**
 * Reads an export of attention as its service wrote it: Google Trends' `multiTimeline.csv`, Wikimedia page views (the
 * REST API's JSON, the Pageviews tool's CSV), a GDELT timeline, Media Cloud's counts. The format is found out from the
 * file; all give the same shape, one row a period and series.
 *
 * The formats have no column for provenance. The project's own files are synthetic and described in
 * data/datapackage.json, which decides; beside a file of yours a datapackage.json may say the same of it, and so does the
 * word "synthetic" in its name or "[synthetic]" in the name of a series. Else it counts as published by the service.
 *
 * @param file path of the file, from the working directory or from the project's folder
 * @returns rows, series by series, with format, unit, granularity and provenance
 * @throws DataError naming file, row and column for every value that is not as the format has it, and saying what the
 *   file is instead where it is no export; InvalidInputError for a `belowAs` outside 0 to 1
 * @example loadAttention("data/attention/media-cloud-synthetic.csv").series.map(({ name }) => name)
 */
export function loadAttention(file: string, options: AttentionOptions = {}): Attention {
  checkFields("loadAttention", "options", options, ["belowAs", "format"]);
  checkBelow("loadAttention", options.belowAs);
  const found = locate(file);
  const bytes = readFileSync(found.path);
  if (bytes.subarray(0, 4).toString("latin1") === "PAR1") {
    throw refuse(found.file, "parquet", "is a Parquet file, which takes an engine; await loadAttentionParquet() of it");
  }
  const text = decodeUtf8(bytes, found.file);
  const { path: _, ...known } = found;
  return parseAttention(text, { ...known, ...options });
}

/**
 * The same from a Parquet file with the columns of such an export, as whoever collects them keeps years of them; what R's
 * `arrow::read_parquet()` reads. DuckDB reads it, and the checks are those of text: a day or a moment, numbers, no gap unseen.
 *
 * @param file path of the file, from the working directory or from the project's folder
 * @param options as of {@link loadAttention}; a table without anything above its header may need `format`
 * @throws as {@link loadAttention}; DataError where the file cannot be read, or DuckDB is not installed
 * @example (await loadAttentionParquet("media-cloud.parquet", { format: "media-cloud" })).rows.length
 */
export async function loadAttentionParquet(file: string, options: AttentionOptions = {}): Promise<Attention> {
  checkFields("loadAttentionParquet", "options", options, ["belowAs", "format"]);
  checkBelow("loadAttentionParquet", options.belowAs);
  const { path: place, ...known } = locate(file);
  const lines: string[] = [];
  await parquetRecords(place, "%Y-%m-%d", (record) => lines.push(record.map(asCell).join(",")) > 0);
  return parseAttention(`${lines.join("\n")}\n`, { ...known, ...options });
}

/** A cell of delimited text; marks around it only where it needs them, since an export is known by its marks. */
const asCell = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/**
 * The same from a text that is there already, such as the answer of a web service.
 *
 * @param text the file's content
 * @param source its name, for messages, and its provenance (published unless said otherwise)
 * @throws as {@link loadAttention}
 * @example parseAttention("date,count,total_count,ratio\n2026-08-10,3,30,0.1\n", { file: "answer.csv" }).rows.length // 3
 */
export function parseAttention(
  text: string,
  source: AttentionOptions & {
    readonly file: string;
    readonly title?: string;
    readonly own?: boolean;
    readonly provenance?: Provenance;
  },
): Attention {
  checkFields("parseAttention", "source", source, ["belowAs", "format", "file", "title", "own", "provenance"]);
  const { file, belowAs = 0.5 } = source;
  checkBelow("parseAttention", belowAs);
  const { raw, notes } = read(text.replace(/^\uFEFF/, ""), source, belowAs);
  const counted = new Set(raw.values.map(({ series }) => series));
  const uncounted = raw.series.find(({ name }) => !counted.has(name));
  if (uncounted !== undefined) throw refuse(file, "no-rows", `has no value in the column ${excerpt(uncounted.name)}`);
  checkStart(raw, file);
  // A label in the names outlives a copy of the file, which the data package no longer describes.
  const labelled =
    SYNTHETIC_NAME.test(path.basename(file)) || raw.series.some(({ name }) => /\[synthetic\]/i.test(name));
  const provenance = labelled ? "synthetic" : (source.provenance ?? "published");
  const periods = findPeriods(raw, file);
  const { granularity, step, unit, zoned, bySeries } = periods;
  const rows: AttentionRow[] = [];
  const series: AttentionSeries[] = [];
  const texts = new Map<number, string>();
  const dateOf = (at: number): string => {
    const date = texts.get(at) ?? stampText(at, unit);
    texts.set(at, date);
    return date;
  };
  for (const { notCounted = [], ...described } of raw.series) {
    const values = bySeries.get(described.name) ?? [];
    for (const { value, at } of values) {
      rows.push({
        date: dateOf(at),
        series: described.name,
        value: value.value,
        below: value.below,
        provenance,
      });
    }
    series.push({
      ...described,
      periods: values.length,
      from: dateOf(values[0].at),
      to: dateOf(values[values.length - 1].at),
      below: values.reduce((sum, { value }) => sum + (value.below ? 1 : 0), 0),
      missing: missingPeriods(values, periods),
      notCounted: notCounted.map(({ at, precision }) => stampText(at, precision)),
    });
  }
  return {
    title: source.title ?? FORMAT_TITLES[raw.format],
    format: raw.format,
    granularity,
    stepMinutes: granularity === "month" ? null : step,
    timeZone: zoned && unit === "minute" ? "UTC" : null,
    rows,
    series,
    belowAs: raw.format === "google-trends" ? belowAs : null,
    notes: [...notes, ...periods.notes, ...notesOf(series, zoned && unit === "minute")],
    file,
    own: source.own ?? false,
    provenance: provenancesOf(rows),
  };
}

/** What a reader of the numbers has to know of dates. */
function notesOf(series: readonly AttentionSeries[], zoned: boolean): string[] {
  const open = series.filter(({ notCounted }) => notCounted.length > 0);
  return [
    ...(zoned ? ["The file gives moments with their offset from UTC; dates are shown in UTC."] : []),
    ...(open.length === 0
      ? []
      : [
          `Not counted yet by the service, and no rows: ${open.map(({ name, notCounted }) => `${name}, ${notCounted.join(", ")}`).join("; ")}.`,
        ]),
  ];
}

function checkBelow(caller: string, belowAs = 0.5): void {
  if (belowAs >= 0 && belowAs <= 1) return;
  throw new InvalidInputError(
    `${caller}: belowAs is ${belowAs}; a number from 0 to 1 is needed to stand for <1`,
    "belowAs",
  );
}

/** `synthetic` as a word of a file's name. */
const SYNTHETIC_NAME = /(^|[-_. ])synthetic([-_. ]|$)/i;

/** The values of an export, and what was made of its table on the way. */
function read(
  text: string,
  { file, format }: Parameters<typeof parseAttention>[1],
  belowAs: number,
): { readonly raw: RawExport; readonly notes: readonly string[] } {
  const body = text.trimStart();
  if (body === "") throw refuse(file, "file-empty", "is empty; an export of a service was expected");
  if (body.startsWith("{") || body.startsWith("[")) return { raw: readWikimediaApi(text, file), notes: [] };
  if (body.startsWith("<")) {
    const title = /<title[^>]*>([^<]*)<\/title>/i.exec(body)?.[1];
    const named = title === undefined ? "" : ` (${excerpt(title)})`;
    throw refuse(file, "html", `is a web page${named}, not an export; save the file that the page offers`);
  }
  const table = exportTable(text, file);
  const [first] = body.split(/[\r\n]/, 1);
  const found = table === null ? null : (format ?? detectFormat(text, file, table));
  if (table === null || found === null) throw refuse(file, "format", whatItIs(first.trim(), table));
  const raw = readTable(found, table, file, belowAs);
  return { raw, notes: table.notes };
}

function readTable(format: AttentionFormat, table: ExportTable, file: string, belowAs: number): RawExport {
  switch (format) {
    case "google-trends":
      return readGoogleTrends(table, file, belowAs);
    case "pageviews-tool":
      return readPageviewsTool(table, file);
    case "gdelt-timeline":
      return readGdeltTimeline(table, file);
    case "media-cloud":
      return readMediaCloud(table, file);
    case "wikimedia-api":
      throw refuse(file, "json", "is a table; the API's answer is JSON");
  }
}

/** Which export a table is, by its header and what stands above it; null for none. */
function detectFormat(text: string, file: string, table: ExportTable): AttentionFormat | null {
  if (isGdelt(table)) return "gdelt-timeline";
  if (isMediaCloud(table)) return "media-cloud";
  if (isGoogleTrends(table)) return "google-trends";
  return isPageviews(text, path.basename(file), table) ? "pageviews-tool" : null;
}

/** What a text is in place of an export, as far as its first line and its header tell. */
function whatItIs(first: string, table: ExportTable | null): string {
  const header = table?.header.cells ?? [];
  if (/limit requests|too many requests|rate limit/i.test(first)) {
    return `holds a message of the service about too many requests and no data (GDELT sends it with status 200): ${excerpt(first, 120)}; ask again later`;
  }
  if (header[0] === "url" && header[1] === "url_mobile") {
    return "is GDELT's list of articles; the timeline is needed (mode=timelinevol or timelinevolraw)";
  }
  if (header.some((name) => /^(story|stories)_id$|^publish_date$/i.test(name))) {
    return "is a list of stories, as Media Cloud has it beside the counts; the attention over time is needed";
  }
  if (/^date$/i.test(header[0] ?? "")) {
    const known =
      header[0] === "Date" ? ` If these are page views of the Pageviews tool, say format: "pageviews-tool".` : "";
    return `has the columns ${excerpt(header.join(), 120)}, which no known export has: a table by date, and nothing says what it counts.${known} ${knownFormats()}`;
  }
  if (header.length === 0) {
    return `begins with ${excerpt(first, 120)}, which is a message or another kind of file, not an export of a series. ${knownFormats()}`;
  }
  return `begins with ${excerpt(first, 120)}, which is no known export. ${knownFormats()}`;
}

const knownFormats = (): string => `Known are: ${ATTENTION_FORMATS.map((format) => FORMAT_TITLES[format]).join("; ")}`;

/** Wikimedia counts page views in this way since July 2015; an earlier date means another file or a mistake. */
function checkStart({ format, values }: RawExport, file: string): void {
  if (format !== "wikimedia-api" && format !== "pageviews-tool") return;
  const start = readStamp(values[0].stamp.precision === "month" ? "2015-07" : "2015-07-01")?.at ?? 0;
  const early = values.find(({ stamp }) => stamp.at < start);
  if (early === undefined) return;
  const { row, column, stamp } = early;
  const message = `is ${shown(stamp.text)}; these page views exist from July 2015 on`;
  throw refuseAll(file, [{ row, column, value: stamp.text, rule: "before-start", message }]);
}

interface Found {
  readonly path: string;
  readonly file: string;
  readonly own: boolean;
  readonly provenance: Provenance;
  readonly title?: string;
  readonly format?: AttentionFormat;
}

function locate(file: string): Found {
  const root = projectRoot();
  const places = [path.resolve(file), path.resolve(root, file)];
  const found = places.find((place) => existsSync(place));
  if (found === undefined) {
    throw refuse(file, "file-missing", `no such file; looked in ${process.cwd()} and in the project's folder`);
  }
  if (statSync(found).isDirectory()) throw refuse(file, "is-a-directory", "is a directory; name the file in it");
  const real = realpathSync(found);
  const own = realpathSync(path.join(root, "data"));
  const described = projectPackage().resources.find((one) => path.join(own, one.path) === real);
  if (described !== undefined) {
    const { provenance, title } = described;
    const format = ATTENTION_FORMATS.find((one) => "export" in described && one === described.export);
    return {
      path: found,
      file: `data/${described.path}`,
      own: true,
      provenance,
      title,
      ...(format === undefined ? {} : { format }),
    };
  }
  return { path: found, file, own: false, provenance: besideIt(found) };
}

const besideSchema = z.object({
  resources: z.array(z.object({ path: z.string(), provenance: z.enum(PROVENANCE).optional() })),
});

/** What a datapackage.json beside the file says of it. */
function besideIt(file: string): Provenance {
  const beside = path.join(path.dirname(file), "datapackage.json");
  if (!existsSync(beside)) return "published";
  const { resources } = parseJson(readFileSync(beside, "utf8"), besideSchema, beside);
  return resources.find((one) => path.basename(one.path) === path.basename(file))?.provenance ?? "published";
}
