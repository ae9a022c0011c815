import { addMonths, dayNumber, isoDay } from "../../lib/dates";
import { type RandomSource, seededRandom } from "../../lib/statistics/random";

/**
 * Three synthetic files in the forms in which a researcher would bring data to notebook 08: a table with columns of its
 * own, an export of the CECC Political Prisoner Database, and a table from Harvard Dataverse. They describe nobody.
 *
 * Assumed, and chosen once: releases come at a constant rate within an arm, faster for the treated (ratio 1.6); deaths
 * and escapes come at constant rates, the same in both arms; every tenth date or so is known to the month or the year;
 * some statuses are alleged, some have no date. No number in these files was taken from a real one.
 */

interface MadeSpell {
  readonly detained: number;
  /** Day on which custody ended, and how; null if it had not by the last day. */
  readonly end: { readonly day: number; readonly how: "released" | "died" | "escaped" } | null;
}

const MONTH = 30.4375; // days

/** A spell with constant rates a month of release and of the two other ends. */
function spell(
  random: RandomSource,
  detained: number,
  last: number,
  rates: { readonly released: number; readonly died: number; readonly escaped: number },
): MadeSpell {
  const wait = (rate: number) => (rate === 0 ? Number.POSITIVE_INFINITY : -Math.log(1 - random.next()) / rate);
  const ends = (["released", "died", "escaped"] as const).map((how) => ({
    how,
    day: detained + Math.max(1, Math.round(MONTH * wait(rates[how]))),
  }));
  const first = ends.reduce((a, b) => (b.day < a.day ? b : a));
  return { detained, end: first.day <= last ? first : null };
}

/** A day as a source would know it: mostly to the day, sometimes to the month, rarely to the year. */
function known(random: RandomSource, day: number): string {
  const text = isoDay(day);
  const chance = random.next();
  return chance < 0.02 ? text.slice(0, 4) : chance < 0.12 ? text.slice(0, 7) : text;
}

const pick = <T>(random: RandomSource, values: readonly T[]): T => values[random.integer(values.length)];

/** data/examples/synthetic-own-columns.csv: semicolons, German dates, deaths in a column of their own. */
export function ownColumnsCsv(seed = 20240301): string {
  const random = seededRandom(seed);
  const [first, last] = [dayNumber("2018-01-01"), dayNumber("2023-12-31")];
  const german = (date: string) => date.split("-").reverse().join(".");
  const lines = Array.from({ length: 240 }, (_, i) => {
    const appeal = random.next() < 0.4;
    const journalist = random.next() < (appeal ? 0.45 : 0.25);
    const detained = first + random.integer(last - first - 200);
    const released = 0.035 * (appeal ? 1.6 : 1) * (journalist ? 0.8 : 1);
    const { end } = spell(random, detained, last, { released, died: 0.0025, escaped: 0 });
    const age = random.next() < 0.05 ? "" : String(19 + random.integer(45));
    return [
      `S-${String(i + 1).padStart(3, "0")}`,
      german(known(random, detained)),
      end?.how === "released" ? german(known(random, end.day)) : "",
      end?.how === "died" ? german(isoDay(end.day)) : "",
      appeal ? "yes" : "no",
      pick(random, ["f", "m"]),
      age,
      journalist ? "press" : pick(random, ["assembly", "association", '"insult; of an official"']),
      pick(random, ["Northland", "Southland", "Eastland", "Westland"]),
      "synthetic",
    ].join(";");
  });
  const header = "case;arrested on;freed on;died on;appeal;sex;age;accused of;country;data";
  return `${[header, ...lines].join("\n")}\n`;
}

/** data/examples/synthetic-cecc-export.csv: columns, status codes and dates as the CECC's database exports them. */
export function ceccCsv(seed = 20140101): string {
  const random = seededRandom(seed);
  const [first, last] = [dayNumber("2008-01-01"), dayNumber("2019-12-31")];
  const law = dayNumber("2014-01-01");
  const lines = Array.from({ length: 400 }, (_, i) => {
    const detained = first + random.integer(last - first - 100);
    const released = detained >= law ? 0.018 : 0.028;
    const { end } = spell(random, detained, last, { released, died: 0.0012, escaped: 0.0004 });
    const formal = detained + 20 + random.integer(40);
    const sentenced = formal + 120 + random.integer(300);
    const until = end?.day ?? last;
    const slashes = (date: string) => date.replaceAll("-", "/");
    const dated = end !== null && random.next() > 0.04;
    return [
      `SYN-${String(i + 1).padStart(4, "0")}`,
      slashes(known(random, detained)),
      formal < until && random.next() < 0.7 ? slashes(known(random, formal)) : "",
      dated ? slashes(known(random, end.day)) : "",
      statusCode(random, end),
      pick(random, ["F", "M", "M"]),
      random.next() < 0.15 ? "" : String(18 + random.integer(60)),
      pick(random, ["group A", "group A", "group B", "group C", "unknown"]),
      pick(random, ["lawyer", "writer", "monk or nun", "petitioner", '"teacher, retired"', ""]),
      sentenced < until && random.next() < 0.5 ? slashes(isoDay(sentenced)) : "",
      pick(random, ['"Criminal Law, art. 1"', '"Criminal Law, art. 2"', ""]),
    ].join(",");
  });
  const header =
    "CECC record number,date of detention,formal arrest date,actual date released,detention status,sex," +
    "age at detention,ethnic group,occupation,sentence date,charge (statute)";
  return `${[header, ...lines].join("\n")}\n`;
}

function statusCode(random: RandomSource, end: MadeSpell["end"]): string {
  switch (end?.how) {
    case undefined:
      return random.next() < 0.8 ? "DET" : "DET?";
    case "released":
      return pick(random, ["REL", "REL", "REL", "REL", "REL", "REL", "REL?", "REL?", "REL-PSB", "REL/dec"]);
    case "died":
      return pick(random, ["DEC", "DEC", "DEC-ill", "DEC?"]);
    case "escaped":
      return pick(random, ["ESC", "ESC?"]);
  }
}

/** data/examples/synthetic-dataverse.tab: tabs, texts in quotation marks that are doubled inside, bounds for some dates. */
export function dataverseTab(seed = 20200117): string {
  const random = seededRandom(seed);
  const start = "2016-01-01";
  const [zero, last] = [dayNumber(start), dayNumber(addMonths(start, 48))];
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const lines = Array.from({ length: 160 }, (_, i) => {
    const featured = i % 4 === 0;
    const detained = zero - 1 - random.integer(1800);
    // Everybody was in custody when the campaign began.
    const { end } = spell(random, zero, last, { released: featured ? 0.032 : 0.02, died: 0, escaped: 0 });
    const bounded = end !== null && random.next() < 0.1;
    const bound = (days: number) => (end === null ? "" : isoDay(end.day + days));
    return [
      String(1001 + i),
      isoDay(detained),
      end === null || bounded ? "" : isoDay(end.day),
      bounded ? bound(-random.integer(40)) : "",
      bounded ? bound(random.integer(40)) : "",
      quoted(pick(random, ["lawyer", "teacher", 'the "citizen reporter"', "student"])),
      String(20 + random.integer(50)),
      quoted(pick(random, ["A", "B", "C", "D", "E"])),
      quoted("synthetic"),
    ].join("\t");
  });
  const header = "caseid\tdetained\treleased\treleased_lo\treleased_hi\toccupation\tage\tcountry\tdata";
  return `${[header, ...lines].join("\n")}\n`;
}

/** The files by their names in data/examples/. */
export const EXAMPLE_EXPORTS: Readonly<Record<string, () => string>> = {
  "synthetic-own-columns.csv": ownColumnsCsv,
  "synthetic-cecc-export.csv": ceccCsv,
  "synthetic-dataverse.tab": dataverseTab,
};
