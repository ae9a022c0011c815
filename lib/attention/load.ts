import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { projectPackage, projectRoot } from "../data/schema";
import {
  decodeUtf8,
  PROVENANCE,
  type Provenance,
  parseJson,
  provenancesOf,
  refuse,
  refuseAll,
} from "../files";
import { InvalidInputError } from "../statistics";
import { isGoogleTrends, readGoogleTrends } from "./google-trends";
import { findPeriods, missingPeriods, stampText } from "./periods";
import { excerpt } from "./records";
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
  GDELT_HEADER,
  MEDIA_CLOUD_HEADER,
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
  checkBelow("loadAttention", options.belowAs);
  const found = locate(file);
  const text = decodeUtf8(readFileSync(found.path), found.file);
  return parseAttention(text, { ...options, ...found });
}

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
  const { file, belowAs = 0.5 } = source;
  checkBelow("parseAttention", belowAs);
  const raw = read(text.replace(/^\uFEFF/, ""), file, belowAs);
  checkStart(raw, file);
  // A label in the names outlives a copy of the file, which the data package no longer describes.
  const labelled =
    SYNTHETIC_NAME.test(path.basename(file)) || raw.series.some(({ name }) => /\[synthetic\]/i.test(name));
  const provenance = labelled ? "synthetic" : (source.provenance ?? "published");
  const periods = findPeriods(raw, file);
  const { granularity, step, unit, bySeries } = periods;
  const rows: AttentionRow[] = [];
  const series: AttentionSeries[] = [];
  for (const described of raw.series) {
    const values = bySeries.get(described.name) ?? [];
    const dates = values.map(({ at }) => stampText(at, unit));
    for (const [i, { value, below }] of values.entries()) {
      rows.push({ date: dates[i], series: described.name, value, below, provenance });
    }
    series.push({
      ...described,
      periods: values.length,
      from: dates[0],
      to: dates[dates.length - 1],
      below: values.filter(({ below }) => below).length,
      missing: missingPeriods(values, periods),
    });
  }
  return {
    title: source.title ?? FORMAT_TITLES[raw.format],
    format: raw.format,
    granularity,
    stepMinutes: granularity === "month" ? null : step,
    rows,
    series,
    belowAs: raw.format === "google-trends" ? belowAs : null,
    file,
    own: source.own ?? false,
    provenance: provenancesOf(rows),
  };
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

function read(text: string, file: string, belowAs: number): RawExport {
  switch (detectFormat(text, file)) {
    case "google-trends":
      return readGoogleTrends(text, file, belowAs);
    case "wikimedia-api":
      return readWikimediaApi(text, file);
    case "pageviews-tool":
      return readPageviewsTool(text, file);
    case "gdelt-timeline":
      return readGdeltTimeline(text, file);
    case "media-cloud":
      return readMediaCloud(text, file);
  }
}

/**
 * Which export a text is, by its first lines.
 *
 * @throws DataError that says what the text is instead: a web page, a service's error message, another export
 */
function detectFormat(text: string, file: string): AttentionFormat {
  const body = text.trimStart();
  if (body === "") throw refuse(file, "file-empty", "is empty; an export of a service was expected");
  if (body.startsWith("{") || body.startsWith("[")) return "wikimedia-api";
  if (body.startsWith("<")) {
    const title = /<title[^>]*>([^<]*)<\/title>/i.exec(body)?.[1];
    const named = title === undefined ? "" : ` (${excerpt(title)})`;
    throw refuse(file, "html", `is a web page${named}, not an export; save the file that the page offers`);
  }
  const [first] = text.split(/\r\n|\n|\r/, 1);
  const header = first.trim();
  if (header === GDELT_HEADER) return "gdelt-timeline";
  if (header === MEDIA_CLOUD_HEADER) return "media-cloud";
  if (isGoogleTrends(text)) return "google-trends";
  if (/^"?Date"?,/.test(header) && header.split(",").length > 1) return "pageviews-tool";
  throw refuse(file, "format", whatItIs(header));
}

/** What a text is in place of an export, as far as its first line tells. */
function whatItIs(header: string): string {
  if (/limit requests|too many requests|rate limit/i.test(header)) {
    return `holds a message of the service about too many requests and no data (GDELT sends it with status 200): ${excerpt(header, 120)}; ask again later`;
  }
  if (header.startsWith("url,url_mobile,title")) {
    return "is GDELT's list of articles; the timeline is needed (mode=timelinevol or timelinevolraw)";
  }
  if (/^date\b/i.test(header) && header.includes(",")) {
    return `has the columns ${excerpt(header, 120)}, which no known export has. ${known()}`;
  }
  if (!header.includes(",")) {
    return `begins with ${excerpt(header, 120)}, which is a message or another kind of file, not an export of a series. ${known()}`;
  }
  return `begins with ${excerpt(header, 120)}, which is no known export. ${known()}`;
}

const known = (): string =>
  `Known are: ${ATTENTION_FORMATS.map((format) => FORMAT_TITLES[format]).join("; ")}`;

/** Wikimedia counts page views in this way since July 2015; an earlier date means another file or a mistake. */
function checkStart({ format, values }: RawExport, file: string): void {
  if (format !== "wikimedia-api" && format !== "pageviews-tool") return;
  const early = values.find(({ stamp }) => stamp.slice(0, 7) < "2015-07");
  if (early === undefined) return;
  const message = `is ${JSON.stringify(early.stamp)}; these page views exist from July 2015 on`;
  throw refuseAll(file, [{ ...early, value: early.stamp, rule: "before-start", message }]);
}

interface Found {
  readonly path: string;
  readonly file: string;
  readonly own: boolean;
  readonly provenance: Provenance;
  readonly title?: string;
}

function locate(file: string): Found {
  const root = projectRoot();
  const places = [path.resolve(file), path.resolve(root, file)];
  const found = places.find((place) => existsSync(place));
  if (found === undefined) {
    throw refuse(
      file,
      "file-missing",
      `no such file; looked in ${process.cwd()} and in the project's folder`,
    );
  }
  if (statSync(found).isDirectory())
    throw refuse(file, "is-a-directory", "is a directory; name the file in it");
  const real = realpathSync(found);
  const own = realpathSync(path.join(root, "data"));
  const described = projectPackage().resources.find((one) => path.join(own, one.path) === real);
  if (described !== undefined) {
    const { provenance, title } = described;
    return { path: found, file: `data/${described.path}`, own: true, provenance, title };
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
