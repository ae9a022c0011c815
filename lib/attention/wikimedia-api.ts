import { z } from "zod";
import { type Fault, refuse, refuseAll } from "../files";
import { readStamp } from "./periods";
import { excerpt } from "./records";
import type { RawExport, RawSeries, RawValue } from "./types";

const item = z.looseObject({
  project: z.string().min(1),
  article: z.string().min(1).optional(),
  access: z.string().optional(),
  agent: z.string().optional(),
  granularity: z.enum(["hourly", "daily", "monthly"]),
  timestamp: z.string(),
  views: z.number().int().nonnegative(),
});
const answer = z.looseObject({ items: z.array(item) });
/** What the service sends in place of items. */
const refusal = z.looseObject({ title: z.string(), detail: z.unknown().optional() });

const STATED = { hourly: "hour", daily: "day", monthly: "month" } as const;

/**
 * Reads an answer of Wikimedia's REST API for page views, of an article or of a whole project.
 *
 * @param text JSON
 * @throws DataError for JSON that breaks off, an error that the service sent, and every item that is not as it has them
 */
export function readWikimediaApi(text: string, file: string): RawExport {
  const value = parsed(text, file);
  const result = answer.safeParse(value);
  if (!result.success) {
    const sent = refusal.safeParse(value);
    if (sent.success) {
      const detail = typeof sent.data.detail === "string" ? `: ${sent.data.detail}` : "";
      throw refuse(
        file,
        "service-error",
        `is an error that the service sent: ${excerpt(sent.data.title + detail, 160)}`,
      );
    }
    throw refuseAll(
      file,
      result.error.issues.map(({ path, message }): Fault => {
        const place = path.map(String).join(".");
        return { row: null, column: place === "" ? null : place, value: null, rule: "schema", message };
      }),
    );
  }
  const { items } = result.data;
  const [first] = items;
  if (first === undefined)
    throw refuse(file, "no-rows", "has an empty list of items; the query found nothing");
  const other = items.findIndex(({ granularity }) => granularity !== first.granularity);
  if (other > 0) {
    const message = `is "${items[other].granularity}", items before it are "${first.granularity}"; one granularity is needed`;
    throw refuseAll(file, [
      { row: null, column: `items.${other}.granularity`, value: null, rule: "granularity", message },
    ]);
  }
  return {
    format: "wikimedia-api",
    series: seriesOf(items.map(nameOf)),
    values: valuesOf(items, file),
    stated: { granularity: STATED[first.granularity], where: "granularity" },
    mayHaveGaps: true,
  };
}

type Item = z.infer<typeof item>;

/** The article as it is written in titles; the project where the views are of all of it. */
const nameOf = ({ article, project }: Item): string => (article ?? project).replaceAll("_", " ");

const seriesOf = (names: readonly string[]): RawSeries[] =>
  [...new Set(names)].map((name) => ({ name, place: null, unit: "views" }));

function valuesOf(items: readonly Item[], file: string): RawValue[] {
  const faults: Fault[] = [];
  const values = items.map((entry, i): RawValue => {
    const stamp = /^\d{10}$/.test(entry.timestamp) ? readStamp(entry.timestamp) : null;
    const column = `items.${i}.timestamp`;
    if (stamp === null) {
      const message = `${excerpt(entry.timestamp)} is not a date in the form YYYYMMDDHH`;
      faults.push({ row: null, column, value: entry.timestamp, rule: "date", message });
    }
    const { timestamp, granularity } = entry;
    const date = `${timestamp.slice(0, 4)}-${timestamp.slice(4, 6)}-${timestamp.slice(6, 8)}`;
    const short = granularity === "monthly" ? date.slice(0, 7) : date;
    const text = granularity === "hourly" ? `${date}T${timestamp.slice(8)}` : short;
    return { row: null, column, stamp: text, series: nameOf(entry), value: entry.views, below: false };
  });
  if (faults.length > 0) throw refuseAll(file, faults);
  return values;
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw refuse(file, "json", `begins like JSON and is none; did the download break off? (${cause})`);
  }
}
