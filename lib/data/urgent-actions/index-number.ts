import { InvalidInputError } from "../../statistics";

/**
 * Amnesty International's codes of the thirteen target countries, by the names that the paper uses, and of
 * Bahrain, which the paper names as left out. A code numbers countries within a region's series.
 */
const CODES = {
  Azerbaijan: "EUR 55",
  Bahrain: "MDE 11",
  China: "ASA 17",
  Egypt: "MDE 12",
  Eritrea: "AFR 64",
  Ethiopia: "AFR 25",
  Iran: "MDE 13",
  Myanmar: "ASA 16",
  "North Korea": "ASA 24",
  Russia: "EUR 46",
  Syria: "MDE 24",
  Uzbekistan: "EUR 62",
  Venezuela: "AMR 53",
  Vietnam: "ASA 41",
} as const;

const BY_COUNTRY: ReadonlyMap<string, string> = new Map(Object.entries(CODES));
const BY_CODE: ReadonlyMap<string, string> = new Map(Object.entries(CODES).map(([country, code]) => [code, country]));

/**
 * Series and code that Amnesty International's documents on a country carry; null for a country that is not in the
 * list. One wants it to find a report that stands under the wrong country.
 *
 * @param country by the name that the paper uses
 * @example amnestyCode("Iran") // "MDE 13"
 */
export function amnestyCode(country: string): string | null {
  return BY_COUNTRY.get(country) ?? null;
}

/** Amnesty International's series: five regions, and series that belong to no country. */
const SERIES = ["AFR", "AMR", "ASA", "EUR", "MDE", "ACT", "POL", "NWS", "IOR"] as const;
export type Series = (typeof SERIES)[number];

/** Series whose codes are countries; in the others a code is a subject, or means nothing. */
const REGIONAL: readonly Series[] = ["AFR", "AMR", "ASA", "EUR", "MDE"];

/** An index number, which names one document. */
export interface AmnestyIndex {
  readonly series: Series;
  /** Two digits as printed: the country within the series. */
  readonly code: string;
  /** Number of the document; since 2015 it runs over all countries. */
  readonly serial: number;
  readonly year: number;
  /** By the name that the paper uses; null where the code is not among those of the target countries. */
  readonly country: string | null;
  /** In today's form, whatever the spacing and year of the source. */
  readonly text: string;
}

const PATTERN = /\b(AFR|AMR|ASA|EUR|MDE|ACT|POL|NWS|IOR)\s?(\d{2})\/(\d{1,5})\/(\d{4}|\d{2})(?![\d/])/g;

/**
 * The index number in a text, such as `EUR 55/019/2014`, `ASA17/8295/2018` or, in the 1990s, `ASA 17/66/91`.
 *
 * @param text a header line, or the cell of a table
 * @param where what an error should name, such as file, row and column
 * @throws {InvalidInputError} if there is none, or two different ones
 * @example parseIndex("Index: EUR 55/019/2014").country // "Azerbaijan"
 */
export function parseIndex(text: string, where = "parseIndex"): AmnestyIndex {
  const found = [...text.matchAll(PATTERN)].map(([, series, code, serial, year]) =>
    describe(series, code, serial, fullYear(year)),
  );
  const different = [...new Set(found.map((index) => index.text))];
  if (different.length === 1) return found[0];
  const what = different.length === 0 ? "holds no index number" : `holds ${different.join(" and ")}`;
  throw new InvalidInputError(`${where}: "${text}" ${what}; one such as "EUR 55/019/2014" is needed`, "text");
}

function describe(name: string, code: string, serial: string, year: number): AmnestyIndex {
  const series = SERIES.find((candidate) => candidate === name);
  if (series === undefined) throw new InvalidInputError(`parseIndex: "${name}" is no series of index numbers`, "text");
  const country = BY_CODE.get(`${series} ${code}`) ?? null;
  const text = `${series} ${code}/${serial.padStart(3, "0")}/${year}`;
  return { series, code, serial: Number(serial), year, country, text };
}

/** Four digits for a year; two mean 1961, when Amnesty was founded, to 2060. */
export function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length === 4) return year;
  return year >= 61 ? 1900 + year : 2000 + year;
}

/**
 * Whether a document can be about a country, going by its number: a regional series must carry the country's code.
 *
 * @returns true also where nothing can be said: for a series without countries, or a country whose code is not known
 * @example isIndexOf(parseIndex("EUR 55/019/2014"), "Russia") // false
 */
export function isIndexOf(index: AmnestyIndex, country: string): boolean {
  const code = amnestyCode(country);
  if (code === null || !REGIONAL.includes(index.series)) return true;
  return code === `${index.series} ${index.code}`;
}
