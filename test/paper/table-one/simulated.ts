import { TABLE_ONE_BLOCKS, type TableOneRows } from "../../../lib/paper/table-one";
import { seededRandom } from "../../../lib/statistics";

const REGION_OF: readonly (readonly [country: string, region: string | null, women: number])[] = [
  ["China", "Asia", 50],
  ["Vietnam", "Asia", 35],
  ["Iran", "Middle East", 75],
  ["Syria", "Middle East", 45],
  ["Azerbaijan", "Eurasia", 21],
  ["Ethiopia", "Africa", 20],
  ["Venezuela", "Americas", 2],
  ["North Korea", null, 3],
];

/** Made-up prisoners in the shape of tableOneData(): 251 unless told, six of them without characteristics. */
export function simulatedRows(seed = 4, missing = 6): TableOneRows {
  const random = seededRandom(seed);
  const women = REGION_OF.flatMap(([country, region, count]) =>
    Array.from({ length: count }, () => ({ country, region })),
  );
  const chance = (share: number) => (random.next() < share ? 1 : 0);
  const featured = women.map((_, i) => (i % 13 === 5 ? 1 : 0));
  const characteristics = TABLE_ONE_BLOCKS.characteristics.map((name) => ({
    name,
    values: women.map((_, i): number | null => (i >= 10 && i < 10 + missing ? null : chance(0.4))),
  }));
  const time = women.map((_, i) => Math.ceil((-Math.log(1 - random.next()) * 60) / (1 + (featured[i] ?? 0))) + 2);
  const event = time.map((months, i) => i >= women.length - 5 || (months <= 90 && i % 2 === 0));
  return {
    time,
    event,
    covariates: {
      "Free the 20": featured,
      ...Object.fromEntries(characteristics.map(({ name, values }) => [name, values])),
      ...Object.fromEntries(
        TABLE_ONE_BLOCKS.regions.map((name) => [name, women.map(({ region }) => (region === name ? 1 : 0))]),
      ),
    },
    ids: women.map((_, i) => `W-${i + 1}`),
    countries: women.map(({ country }) => country),
  };
}

/** The rows at some indices. */
export function rowsAt(rows: TableOneRows, indices: readonly number[]): TableOneRows {
  const take = <T>(column: readonly T[]) => indices.flatMap((i) => column[i] ?? []);
  return {
    time: take(rows.time),
    event: indices.map((i) => rows.event[i] ?? false),
    covariates: Object.fromEntries(
      Object.entries(rows.covariates).map(([name, column]) => [name, indices.map((i) => column[i] ?? null)]),
    ),
    ids: take(rows.ids),
    countries: take(rows.countries),
  };
}
