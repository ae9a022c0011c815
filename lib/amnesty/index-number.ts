/** Amnesty International's series: five regions, and series that belong to no country. */
const SERIES = ["AFR", "AMR", "ASA", "EUR", "MDE", "ACT", "POL", "NWS", "IOR"] as const;
export type Series = (typeof SERIES)[number];

/** Country codes that were seen in documents; a code that is not here is unknown and no error. */
const COUNTRIES: ReadonlyMap<string, string> = new Map([
  ["AFR 25", "Ethiopia"],
  ["AMR 53", "Venezuela"],
  ["ASA 16", "Myanmar"],
  ["ASA 17", "China"],
  ["ASA 41", "Vietnam"],
  ["EUR 55", "Azerbaijan"],
  ["MDE 13", "Iran"],
]);

/** An index number, which names one document. */
export interface AmnestyIndex {
  readonly series: Series;
  /** Two digits as printed: the country within the series. */
  readonly code: string;
  /** Number of the document; since 2015 it runs over all countries. */
  readonly serial: number;
  readonly year: number;
  /** By the name that the paper uses; null where the code is not among those seen. */
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
 * @throws {RangeError} if there is none, or two different ones
 * @example parseIndex("Index: EUR 55/019/2014").country // "Azerbaijan"
 */
export function parseIndex(text: string, where = "parseIndex"): AmnestyIndex {
  const found = [...text.matchAll(PATTERN)].map(([, series, code, serial, year]) =>
    describe(series, code, serial, fullYear(year)),
  );
  const different = [...new Set(found.map((index) => index.text))];
  if (different.length === 1) return found[0];
  const what = different.length === 0 ? "holds no index number" : `holds ${different.join(" and ")}`;
  throw new RangeError(`${where}: "${text}" ${what}; one such as "EUR 55/019/2014" is needed`);
}

function describe(name: string, code: string, serial: string, year: number): AmnestyIndex {
  const series = SERIES.find((candidate) => candidate === name);
  if (series === undefined) throw new RangeError(`parseIndex: "${name}" is no series of index numbers`);
  const country = COUNTRIES.get(`${series} ${code}`) ?? null;
  const text = `${series} ${code}/${serial.padStart(3, "0")}/${year}`;
  return { series, code, serial: Number(serial), year, country, text };
}

/** Four digits for a year; two mean 1961, when Amnesty was founded, to 2060. */
export function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length === 4) return year;
  return year >= 61 ? 1900 + year : 2000 + year;
}
