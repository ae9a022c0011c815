import { z } from "zod";
import { CODING_NAME } from "../../lib/data/schema/rows";
import { DATE_POLICIES } from "../../lib/dates";
import { COLUMN_READINGS } from "../../lib/paper/table-one";
import { COVARIATES, MASKS } from "./covariates";
import type { Population } from "./population";
import { emptyPopulation } from "./population";

const row = z.strictObject({
  row: z.number().int().min(0),
  covariates: z
    .number()
    .int()
    .min(0)
    .max(MASKS - 1),
  event: z.union([z.literal(0), z.literal(1)]),
  incomplete: z.union([z.literal(0), z.literal(1)]),
});
const schema = z.strictObject({
  description: z.string(),
  bits: z.array(z.string()),
  settings: z.strictObject({
    coding: z.enum(CODING_NAME),
    policy: z.enum(DATE_POLICIES),
    signs: z.string(),
    columns: z.enum(COLUMN_READINGS),
    stages: z.array(
      z.strictObject({
        seed: z.number().int().min(0),
        steps: z.number(),
        hot: z.number(),
        cold: z.number(),
        rareAtMost: z.number(),
        errorWeight: z.number(),
        campaignWeight: z.number(),
      }),
    ),
  }),
  energy: z.number(),
  rows: z.array(row),
});

/** What a search found: its settings, which give it again, and the rows in the order of time. */
export type SearchResult = z.infer<typeof schema>;
export type SearchSettings = SearchResult["settings"];

/** The result as it is written; the same population gives the same bytes. */
export function resultJson(population: Population, settings: SearchSettings, energy: number): string {
  const rows = Array.from(population.order, (r) =>
    JSON.stringify({
      row: r,
      covariates: population.mask[r],
      event: population.event[r],
      incomplete: population.incomplete[r],
    }),
  );
  const description =
    "Result of tools/replica/search.ts in the order of time. Rows 0 to 18 are the campaign's women in the order of their public times since arrest; all others are synthetic and describe nobody.";
  const head = { description, bits: COVARIATES, settings, energy };
  return `${JSON.stringify(head, null, 1).slice(0, -2)},\n "rows": [\n  ${rows.join(",\n  ")}\n ]\n}\n`;
}

/**
 * Reads a result back.
 *
 * @throws ZodError naming the place if it is not of the expected shape; Error if rows are missing or double
 */
export function parseResult(text: string): { population: Population; result: SearchResult } {
  const result = schema.parse(JSON.parse(text));
  const population = emptyPopulation(result.rows.length);
  const seen = new Set(result.rows.map((entry) => entry.row));
  if (seen.size !== result.rows.length || Math.max(...seen) !== seen.size - 1) {
    throw new Error(`the result's rows are not 0 to ${result.rows.length - 1}, each once`);
  }
  result.rows.forEach((entry, k) => {
    population.order[k] = entry.row;
    population.mask[entry.row] = entry.covariates;
    population.event[entry.row] = entry.event;
    population.incomplete[entry.row] = entry.incomplete;
  });
  return { population, result };
}
