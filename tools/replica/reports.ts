import { campaign } from "../../lib/data/schema";
import { amnestyCode } from "../../lib/data/urgent-actions";
import { dayNumber, isoDay } from "../../lib/dates";
import type { RandomSource } from "../../lib/statistics";
import { log, pow } from "../../lib/statistics/elementary";
import { apportion, COUNTRIES, draw } from "./countries";
import { CHARACTERISTIC_BITS } from "./covariates";
import { drawDay, FIRST_DAY, type Woman } from "./women";

/** Somebody named in a report. */
export interface Named {
  /** null for a man and for a person whose sex no report tells. */
  readonly woman: Woman | null;
  readonly sex: "female" | "male" | "";
}

/** Reports on one matter: a first one and what follows. */
interface Case {
  readonly country: string;
  readonly date: string;
  readonly named: Named[];
}

/** A document with everybody it names. */
export interface Report {
  readonly country: string;
  readonly date: string;
  readonly kind: "urgent action" | "further information" | "outcome";
  readonly first: Case;
  readonly named: readonly Named[];
}

/** A row of urgent_actions.csv but for numbers and identifiers. */
export interface Mention {
  readonly report: Report;
  readonly person: Named;
  /** "yes", "no" or empty, in the order of CHARACTERISTIC_BITS. */
  readonly coded: readonly string[];
}

/** Over 1,100 reports and over 2,800 people are printed; how far over is assumed. */
export const REPORTS = 1128;
export const MEN = 2391;
/** People whose sex no report tells: not in the paper, but in every such file. */
export const SEX_UNKNOWN = 9;
/** Matters without a woman. */
const CASES_OF_MEN = 400;
/** Share of the men who are named beside a woman. */
const BESIDE_WOMEN = 0.35;
/** Mean days from a detention to the first report. */
const DELAY = 40;

/**
 * The reports, and who is named in each. A woman's own matter begins with a report soon after her detention.
 *
 * @param women invented ones
 */
export function reportsOn(women: readonly Woman[], random: RandomSource): Report[] {
  const launch = campaign().launch;
  const lastDay = dayNumber(launch) - 1;
  const cases = women.map((woman): Case => {
    const days = 1 + Math.floor(-DELAY * log(1 - random.next()));
    const date = isoDay(Math.max(dayNumber(FIRST_DAY), Math.min(lastDay, dayNumber(woman.known) + days)));
    return { country: woman.country, date, named: [{ woman, sex: "female" }] };
  });
  const share = COUNTRIES.map(({ men }) => men);
  const withoutWomen = apportion(CASES_OF_MEN, share);
  COUNTRIES.forEach(({ country }, i) => {
    for (let k = 0; k < withoutWomen[i]; k++) {
      const date = drawDay(FIRST_DAY, isoDay(lastDay), random);
      cases.push({ country, date, named: [{ woman: null, sex: "male" }] });
    }
  });
  addMen(cases, withoutWomen, random);
  const documents = cases.map((first): Report => {
    return { country: first.country, date: first.date, kind: "urgent action", first, named: first.named };
  });
  for (let k = cases.length; k < REPORTS; k++) {
    const first = cases[random.integer(cases.length)];
    const some = first.named.filter(({ woman }) => woman !== null || random.next() < 0.5);
    const date = isoDay(Math.min(lastDay, dayNumber(first.date) + 20 + random.integer(500)));
    const kind = random.next() < 0.15 ? "outcome" : "further information";
    const { country } = first;
    documents.push({ country, date, kind, first, named: some.length > 0 ? some : first.named });
  }
  return documents;
}

/** Puts the men, and the people of unknown sex, into the matters of their countries; some matters name dozens. */
function addMen(cases: readonly Case[], already: readonly number[], random: RandomSource): void {
  const people = apportion(
    MEN,
    COUNTRIES.map(({ men }) => men),
  );
  COUNTRIES.forEach(({ country }, i) => {
    const here = cases.filter((item) => item.country === country);
    const ofMen = here.filter(({ named }) => named[0].woman === null);
    const ofWomen = here.filter(({ named }) => named[0].woman !== null);
    // A few matters take many of the men, as lists of arrested people do.
    const weight = new Map(here.map((item) => [item, pow(1 - random.next(), -0.9)]));
    for (let k = already[i]; k < people[i]; k++) {
      const beside = ofMen.length === 0 || (ofWomen.length > 0 && random.next() < BESIDE_WOMEN);
      draw(random, beside ? ofWomen : ofMen, (item) => weight.get(item) ?? 0).named.push({
        woman: null,
        sex: "male",
      });
    }
  });
  for (let k = 0; k < SEX_UNKNOWN; k++) {
    cases[random.integer(cases.length)].named.push({ woman: null, sex: "" });
  }
}

/** Shares of the men's concerns, made up. */
const MENS_CONCERNS = [0.3, 0.5, 0.35, 0.45, 0.2];
/** How often a later report states a concern again. */
const AGAIN = 0.6;

/** One row a person and report. What is stated of a woman is, over all her reports, what the search gave her. */
export function mentions(reports: readonly Report[], random: RandomSource): Mention[] {
  const carrier = new Map<Named, Report>();
  for (const report of reports) for (const person of report.named) carrier.set(person, carrier.get(person) ?? report);
  const ofMen = new Map<Named, readonly string[]>();
  return reports.flatMap((report) =>
    report.named.map((person): Mention => {
      const { woman } = person;
      if (woman !== null) {
        const isFirst = carrier.get(person) === report;
        const coded = CHARACTERISTIC_BITS.map((bit) => {
          if ((woman.notCoded >> bit) & 1) return "";
          if (((woman.concerns >> bit) & 1) === 0) return "no";
          return isFirst || random.next() < AGAIN ? "yes" : "no";
        });
        return { report, person, coded };
      }
      const known = ofMen.get(person) ?? MENS_CONCERNS.map((share) => (random.next() < share ? "yes" : "no"));
      ofMen.set(person, known);
      return { report, person, coded: known };
    }),
  );
}

/** Numbers in Amnesty's form, above those that were ever given, so that none is the number of a real document. */
const FIRST_SERIAL = 501;
/** From 2015 one series runs over all countries; real ones had four digits in that year. */
const FIRST_GLOBAL_SERIAL = 90_001;

/** Index and case numbers of all reports, ascending with the date as real ones are. */
export function numbers(reports: readonly Report[]): ReadonlyMap<Report, { index: string; ua: string }> {
  const serial = new Map<string, number>();
  const next = (key: string, first: number): number => {
    const number = serial.get(key) ?? first;
    serial.set(key, number + 1);
    return number;
  };
  const cases = new Map<Case, string>();
  return new Map(
    reports.map((report) => {
      const year = report.date.slice(0, 4);
      const code = amnestyCode(report.country);
      if (code === null) throw new Error(`no code for ${report.country}`);
      const number = year >= "2015" ? next("all", FIRST_GLOBAL_SERIAL) : next(code + year, FIRST_SERIAL);
      const opened = report.first.date.slice(2, 4);
      const ua = cases.get(report.first) ?? `UA ${next(`UA${opened}`, FIRST_SERIAL)}/${opened}`;
      cases.set(report.first, ua);
      return [report, { index: `${code}/${String(number).padStart(3, "0")}/${year}`, ua }];
    }),
  );
}
