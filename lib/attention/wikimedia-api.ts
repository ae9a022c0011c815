import { type Fault, refuse, refuseAll } from "../files";
import { excerpt } from "./records";
import { readStamp, type Stamp, stampReader } from "./stamps";
import type { RawExport, RawSeries, RawValue } from "./types";

const STATED = { hourly: "hour", daily: "day", monthly: "month" } as const;

/** One value as the service has it. */
interface Item {
  readonly project: string;
  readonly article?: string;
  readonly access?: string;
  readonly agent?: string;
  readonly granularity: keyof typeof STATED;
  readonly timestamp: string;
  readonly views: number;
}

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Reads an answer of Wikimedia's REST API for page views, of an article or of a whole project: the answer itself, or its
 * items as a bare list, of one answer or of several. Also what the Pageviews tool saves as JSON.
 *
 * @param text JSON
 * @throws DataError for JSON that breaks off, an error that the service sent, and every item that is not as it has them
 */
export function readWikimediaApi(text: string, file: string): RawExport {
  const value = parsed(text, file);
  const items = isFields(value) ? value.items : value;
  if (!Array.isArray(items)) throw refuseAnswer(value, file);
  if (items.length === 0) throw refuse(file, "no-rows", "has an empty list of items; the query found nothing");
  const list: readonly unknown[] = items;
  return list.every((one) => isFields(one) && !("views" in one) && Object.keys(one).some(isDay))
    ? readToolJson(list.filter(isFields), file)
    : readItems(list, file);
}

/** What stands there in place of items. */
function refuseAnswer(value: unknown, file: string): Error {
  if (isFields(value) && typeof value.title === "string") {
    const detail = typeof value.detail === "string" ? `: ${value.detail}` : "";
    return refuse(file, "service-error", `is an error that the service sent: ${excerpt(value.title + detail, 160)}`);
  }
  const found = isFields(value)
    ? `has ${Object.keys(value).slice(0, 5).join(", ") || "nothing"}`
    : `is ${typeof value}`;
  const message = `is JSON of another kind (it ${found}); an answer of Wikimedia's API has a list named items`;
  return refuse(file, "schema", message);
}

function readItems(list: readonly unknown[], file: string): RawExport {
  const faults: Fault[] = [];
  const items = list.flatMap((one, i) => {
    const wrong = itemFaults(one, i);
    for (const fault of wrong) faults.push(fault);
    return isItem(one, wrong) ? [one] : [];
  });
  if (faults.length > 0) throw refuseAll(file, faults);
  const [first] = items;
  const other = items.findIndex(({ granularity }) => granularity !== first.granularity);
  if (other > 0) {
    const message = `is "${items[other].granularity}", items before it are "${first.granularity}"; one granularity is needed`;
    throw refuseAll(file, [
      { row: null, column: `items.${other}.granularity`, value: null, rule: "granularity", message },
    ]);
  }
  const names = namesOf(items);
  return {
    format: "wikimedia-api",
    series: seriesOf([...new Set(names)]),
    values: valuesOf(items, names, file),
    stated: { granularity: STATED[first.granularity], where: "granularity" },
    mayHaveGaps: true,
  };
}

const isItem = (_: unknown, faults: readonly Fault[]): _ is Item => faults.length === 0;

/** What is wrong with an item. */
function itemFaults(item: unknown, i: number): Fault[] {
  const at = `items.${i}`;
  const fault = (column: string, found: unknown, needed: string): Fault => {
    const value = typeof found === "string" ? excerpt(found) : JSON.stringify(found)?.slice(0, 70);
    const message = found === undefined ? `is not there; ${needed} is needed` : `is ${value}; ${needed} is needed`;
    return { row: null, column, value: null, rule: "schema", message };
  };
  if (!isFields(item)) return [fault(at, item, "an item with project, granularity, timestamp and views")];
  const isText = (value: unknown) => typeof value === "string" && value !== "";
  const optional = (value: unknown) => value === undefined || isText(value);
  const { views, granularity } = item;
  const known = typeof granularity === "string" && Object.hasOwn(STATED, granularity);
  return [
    ...(isText(item.project) ? [] : [fault(`${at}.project`, item.project, "a name such as en.wikipedia")]),
    ...["article", "access", "agent"].flatMap((name) =>
      optional(item[name]) ? [] : [fault(`${at}.${name}`, item[name], "a text")],
    ),
    ...(known ? [] : [fault(`${at}.granularity`, granularity, "hourly, daily or monthly")]),
    ...(isText(item.timestamp) ? [] : [fault(`${at}.timestamp`, item.timestamp, "a text YYYYMMDDHH")]),
    ...(typeof views === "number" && Number.isSafeInteger(views) && views >= 0
      ? []
      : [fault(`${at}.views`, views, "a whole number from 0")]),
  ];
}

/**
 * A name for each item: the article as it is written in titles, or the project where the views are of all of it. What
 * differs between items of one article (project, access, agent) stands behind it in brackets.
 */
function namesOf(items: readonly Item[]): string[] {
  const title = ({ article, project }: Item) => (article ?? project).replaceAll("_", " ");
  const parts = ["project", "access", "agent"] as const;
  const found = new Map<string, Map<(typeof parts)[number], Set<string>>>();
  for (const item of items) {
    const seen = found.get(title(item)) ?? new Map(parts.map((part) => [part, new Set<string>()]));
    for (const part of parts) seen.get(part)?.add(item[part] ?? "");
    found.set(title(item), seen);
  }
  return items.map((item) => {
    const seen = found.get(title(item));
    const apart = parts.filter((part) => (seen?.get(part)?.size ?? 0) > 1).map((part) => item[part] ?? "");
    return apart.length === 0 ? title(item) : `${title(item)} (${apart.join(", ")})`;
  });
}

const seriesOf = (names: readonly string[]): RawSeries[] => names.map((name) => ({ name, place: null, unit: "views" }));

function valuesOf(items: readonly Item[], names: readonly string[], file: string): RawValue[] {
  const faults: Fault[] = [];
  const read = stampReader();
  const values = items.flatMap(({ timestamp, granularity, views }, i): RawValue[] => {
    const date = `${timestamp.slice(0, 4)}-${timestamp.slice(4, 6)}-${timestamp.slice(6, 8)}`;
    const short = granularity === "monthly" ? date.slice(0, 7) : date;
    const text = granularity === "hourly" ? `${date}T${timestamp.slice(8)}` : short;
    const column = `items.${i}.timestamp`;
    const starts = granularity === "hourly" || timestamp.endsWith(granularity === "daily" ? "00" : "0100");
    const stamp = /^\d{10}$/.test(timestamp) && starts && read(date) !== null ? read(text) : null;
    if (stamp !== null) return [{ row: null, column, stamp, series: names[i], value: views, below: false }];
    const message = `${excerpt(timestamp)} is not a date in the form YYYYMMDDHH at which a period begins that is ${granularity}`;
    faults.push({ row: null, column, value: timestamp, rule: "date", message });
    return [];
  });
  if (faults.length > 0) throw refuseAll(file, faults);
  return values;
}

const isDay = (key: string): boolean => /^\d{4}-\d{2}(-\d{2})?$/.test(key) && readStamp(key) !== null;

/** The tool's JSON: an entry for each page, with its name and a value for each date; null where nothing is counted yet. */
function readToolJson(entries: readonly Fields[], file: string): RawExport {
  const faults: Fault[] = [];
  const values: RawValue[] = [];
  const read = stampReader();
  const series = entries.map((entry, i): RawSeries => {
    const label = [entry.page, entry.title, entry.label, entry.site].find((one) => typeof one === "string");
    const name = typeof label === "string" ? label.replaceAll("_", " ") : `page ${i + 1}`;
    const days = Object.keys(entry).filter(isDay);
    const last = days.findLastIndex((day) => entry[day] !== null);
    const notCounted: Stamp[] = [];
    for (const [j, day] of days.entries()) {
      const [stamp, value] = [read(day), entry[day]];
      if (stamp === null) continue;
      if (j > last) notCounted.push(stamp);
      else if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) {
        values.push({ row: null, column: `${i}.${day}`, stamp, series: name, value, below: false });
      } else {
        const message = `is ${JSON.stringify(value)?.slice(0, 70)}; a whole number from 0 is needed`;
        faults.push({ row: null, column: `${i}.${day}`, value: null, rule: "number", message });
      }
    }
    return { name, place: null, unit: "views", notCounted };
  });
  if (faults.length > 0) throw refuseAll(file, faults);
  const granularity = values[0].stamp.precision === "month" ? "month" : "day";
  return {
    format: "pageviews-tool",
    series,
    values,
    stated: { granularity, where: "the dates" },
    mayHaveGaps: true,
  };
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw refuse(file, "json", `begins like JSON and is none; did the download break off? (${cause})`);
  }
}
