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
const BY_CODE: ReadonlyMap<string, string> = new Map(
  Object.entries(CODES).map(([country, code]) => [code, country]),
);

/** The country of a code such as "MDE 13"; null for one that is not in the list, which is no error. */
export function countryOfCode(code: string): string | null {
  return BY_CODE.get(code) ?? null;
}

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
