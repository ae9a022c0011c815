import { loadFreeThe20 } from "../../lib/data";
import { LEAST_MONTHS } from "../../lib/data/inner";
import { campaign } from "../../lib/data/schema";
import { projectPackage } from "../../lib/data/schema/project";
import type { FreeThe20Row } from "../../lib/data/schema/rows";
import { addMonths, dayNumber, isoDay } from "../../lib/dates";
import type { RandomSource } from "../../lib/statistics";
import { apportion, COUNTRIES, draw } from "./countries";
import { COVARIATES, DEATH_PENALTY_BIT, REGION_MASK } from "./covariates";
import type { Population } from "./population";
import { findSpell } from "./slots";
import type { Treated } from "./treated";

/** A woman named in reports, before she has an identifier. */
export interface Woman {
  /** Her identifier in freethe20.csv; null for the synthetic rows. */
  readonly featured: FreeThe20Row | null;
  readonly country: string;
  readonly custody: "no detention reported" | "under two months" | "two months or more";
  /** Empty where there is none. */
  readonly detained: string;
  readonly released: string;
  readonly observedUntil: string;
  readonly certainty: string;
  /** The five concerns as bits; null for a woman of whom some are missing, with the bits that are. */
  readonly concerns: number;
  readonly notCoded: number;
  /** First day on which a report can name her. */
  readonly known: string;
}

/** First day of the period from which reports are taken. */
export const FIRST_DAY = "2000-01-01";
/** Women named in reports (printed: n = 455). */
export const WOMEN = 455;

const CONCERN_BITS = 0b111110;
/** One release in so many is known to the month only. */
const MONTH_ONLY = 0.12;
/** How sure the outcome is: the paper coded it and printed nothing on it. */
const CERTAINTY = {
  released: { certain: 0.7, probable: 0.25, uncertain: 0.05 },
  held: { certain: 0.4, probable: 0.35, uncertain: 0.25 },
} as const;

/** The women held for two months or more, as the search placed them: dates and countries that give its order of times. */
export function heldWomen(population: Population, treated: readonly Treated[], random: RandomSource): Woman[] {
  const records = new Map(loadFreeThe20().rows.map((row) => [row.id, row]));
  const { endOfFollowUp, launch } = campaign();
  const countries = countriesOf(population, treated.length, random);
  const { order, event, mask, incomplete } = population;
  const women: Woman[] = [];
  // Whoever was taken later than this could not have been held for two months before the last report.
  const lastDetention = addMonths(launch, -LEAST_MONTHS);
  for (const { rows, from, to } of gaps(order, treated)) {
    rows.forEach((row, i) => {
      const released = event[row] === 1;
      const above = from + ((to - from) * i) / rows.length;
      const below = from + ((to - from) * (i + 1)) / rows.length;
      const wanted = { above, below, from: FIRST_DAY, to: lastDetention, until: endOfFollowUp };
      const month = released && below - above > 0.02 && random.next() < MONTH_ONLY;
      const { detained, end } = findSpell({ ...wanted, month }, random);
      women.push({
        featured: null,
        country: countries[row],
        custody: "two months or more",
        detained,
        released: released ? end : "",
        observedUntil: released ? "" : end,
        certainty: certainty(released, random),
        concerns: mask[row] & CONCERN_BITS,
        notCoded: incomplete[row] === 1 ? someConcerns(random) : 0,
        known: detained,
      });
    });
  }
  const featured = treated.map(({ id, concerns }): Woman => {
    const record = records.get(id);
    if (record === undefined) throw new Error(`freethe20.csv has no row for ${id}`);
    return {
      featured: record,
      country: record.country,
      custody: "two months or more",
      detained: "",
      released: "",
      observedUntil: record.released === null && record.released_earliest === null ? endOfFollowUp : "",
      certainty: "",
      concerns,
      notCoded: 0,
      known: record.detained.latest,
    };
  });
  return [...featured, ...women];
}

/** Women between two women of the campaign in the order of times, with the months between which their times lie. */
function gaps(order: ArrayLike<number>, treated: readonly Treated[]) {
  const found: { rows: number[]; from: number; to: number }[] = [];
  let rows: number[] = [];
  let from = LEAST_MONTHS;
  for (let k = 0; k < order.length; k++) {
    if (order[k] >= treated.length) {
      rows.push(order[k]);
      continue;
    }
    const to = treated[order[k]].months;
    found.push({ rows, from, to });
    rows = [];
    from = to;
  }
  found.push({ rows, from, to: Math.max(LONGEST, from + 12) });
  return found.filter((gap) => gap.rows.length > 0);
}

/** No detention that began in 2000 can have been longer by September 2018. */
const LONGEST = 200;

/** A country for every row that is not of the campaign: within the region by share, the death penalty in Iran and China first. */
function countriesOf(population: Population, treated: number, random: RandomSource): string[] {
  const { mask } = population;
  const { regions } = projectPackage();
  const countries: string[] = [];
  for (const [bit, name] of [...COVARIATES.map((name, i) => [1 << i, name] as const).slice(6), [0, null] as const]) {
    const members = Array.from(mask, (_, row) => row).filter(
      (row) => row >= treated && (mask[row] & REGION_MASK) === bit,
    );
    const inside: readonly string[] =
      name === null ? ["North Korea"] : (Object.entries(regions).find(([region]) => region === name)?.[1] ?? []);
    const shares = COUNTRIES.filter(({ country }) => inside.includes(country));
    const counts = apportion(
      members.length,
      shares.map(({ prisoners }) => prisoners),
    );
    // The countries that execute most come first and take the women with a death penalty concern more often.
    const places = shares.flatMap(({ country }, i) => Array.from({ length: counts[i] }, () => country));
    places.sort((a, b) => executions(b) - executions(a));
    const urgency = new Map(
      members.map((row) => [row, random.next() + (((mask[row] >> DEATH_PENALTY_BIT) & 1) === 1 ? 0.6 : 0)]),
    );
    members.sort((a, b) => (urgency.get(b) ?? 0) - (urgency.get(a) ?? 0));
    members.forEach((row, i) => {
      countries[row] = places[i];
    });
  }
  return countries;
}

const executions = (country: string): number => (country === "Iran" || country === "China" ? 1 : 0);

/**
 * Concerns of women who were not held for two months: shares made up, like those of the prisoners. No featured woman has a
 * death penalty concern, so where a third of the others had one the bias would leave Figure 3's printed axis.
 */
const OTHER_CONCERNS: readonly (readonly [bit: number, share: number])[] = [
  [1, 0.3],
  [2, 0.45],
  [3, 0.15],
  [4, 0.4],
  [5, 0.25],
];
/** Share of the other women of whom no detention is reported at all: threatened, harassed, attacked. */
const NOT_DETAINED = 0.55;

/** The one country whose share of the women is printed; the others give way. */
const PRINTED_SHARE = "Iran";

/** The women who were not held for two months or more, so that each country has its number of women. */
export function otherWomen(held: readonly Woman[], random: RandomSource): Woman[] {
  const { launch } = campaign();
  const missing = COUNTRIES.map(({ country, women }) =>
    Math.max(0, women - held.filter((woman) => woman.country === country).length),
  );
  const iran = COUNTRIES.findIndex(({ country }) => country === PRINTED_SHARE);
  const rest = apportion(
    WOMEN - held.length - missing[iran],
    missing.map((count, i) => (i === iran ? 0 : count)),
  );
  const counts = rest.map((count, i) => (i === iran ? missing[iran] : count));
  return COUNTRIES.flatMap(({ country }, i) =>
    Array.from({ length: counts[i] }, (): Woman => {
      const day = drawDay(FIRST_DAY, addMonths(launch, -LEAST_MONTHS), random);
      const concerns = OTHER_CONCERNS.reduce((bits, [bit, share]) => bits | (random.next() < share ? 1 << bit : 0), 0);
      const common = { featured: null, country, observedUntil: "", concerns, notCoded: 0, known: day };
      if (random.next() < NOT_DETAINED) {
        return { ...common, custody: "no detention reported", detained: "", released: "", certainty: "" };
      }
      const released = isoDay(dayNumber(day) + 1 + random.integer(50));
      const sure = certainty(true, random);
      return { ...common, custody: "under two months", detained: day, released, certainty: sure };
    }),
  );
}

/** A day of the period, later ones a little more often: there were more reports each year. */
export function drawDay(from: string, to: string, random: RandomSource): string {
  const first = dayNumber(from);
  return isoDay(first + Math.floor((dayNumber(to) - first + 1) * Math.sqrt(random.next())));
}

function certainty(released: boolean, random: RandomSource): string {
  const chances = Object.entries(released ? CERTAINTY.released : CERTAINTY.held);
  return draw(random, chances, ([, chance]) => chance)[0];
}

/** One or two concerns that no report on her lets one code. */
function someConcerns(random: RandomSource): number {
  return (1 << (1 + random.integer(5))) | (1 << (1 + random.integer(5)));
}
