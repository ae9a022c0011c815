import { readFileSync } from "node:fs";
import { z } from "zod";
import type { LoadOptions } from "./dataset";
import { decodeUtf8 } from "./decode";
import { locate } from "./location";
import { didYouMean } from "./nearest";
import { DataError } from "./problem";
import { parseJson } from "./project";
import type { Provenance, PublishedId } from "./rows";
import { PUBLISHED_ID } from "./rows";

const text = z.string().min(1);
const scalar = z.union([z.number(), z.string()]);
const model = z.number().int().min(1).max(4);

const number = z.strictObject({
  id: text,
  /** Section, footnote, figure or table in which it is printed. */
  place: text,
  /** What it counts or measures, with its unit. */
  quantity: text,
  /** The words that carry it. */
  printed: text,
  /** The number for computing; a pair for a range. Months and years stand as text (`2015-07`). */
  value: z.union([scalar, z.tuple([scalar, scalar])]),
});
const coefficients = z
  .strictObject({
    name: text,
    models: z.array(model),
    absoluteCoefficient: z.array(z.number().nonnegative()),
    standardError: z.array(z.number().positive()),
  })
  .refine(
    (row) =>
      row.models.length === row.absoluteCoefficient.length && row.models.length === row.standardError.length,
    { message: "models, absoluteCoefficient and standardError differ in length" },
  );

/** The shape of data/published.json. */
export const publishedSchema = z.strictObject({
  documents: z.array(z.strictObject({ name: text, citation: text })).min(1),
  note: text,
  numbers: z.array(number).min(1),
  regions: z.strictObject({ place: text, groups: z.record(z.string(), z.array(z.string()).min(1)) }),
  figure3: z.strictObject({
    place: text,
    axis: z.tuple([z.number(), z.number()]),
    rows: z.array(text),
    stated: z.array(z.strictObject({ row: text, direction: z.enum(["+", "-", "about 0"]) })),
  }),
  table1: z.strictObject({
    place: text,
    title: text,
    note: text,
    observations: z.tuple([z.number(), z.number(), z.number(), z.number()]),
    campaign: z.strictObject({
      name: text,
      models: z.array(model).length(4),
      coefficient: z.array(z.number()).length(4),
      standardError: z.array(z.number().positive()).length(4),
    }),
    characteristics: z.array(coefficients),
    regions: z.array(coefficients),
  }),
});

/** The numbers that the working paper prints, and where they were read from. */
export interface Published extends z.infer<typeof publishedSchema> {
  readonly file: string;
  readonly own: boolean;
  readonly provenance: readonly Provenance[];
}

/** A printed number with its place. */
export type PublishedNumber = Published["numbers"][number];

/**
 * Every number of the working paper that the project uses, each once, with its place: what a
 * recomputed number is compared with.
 *
 * @throws DataError if the file is missing, not of the expected shape, or lacks or repeats an id.
 * @example loadPublished().table1.campaign.coefficient // [0.797, 0.619, 0.896, 0.801]
 */
export function loadPublished(options: LoadOptions = {}): Published {
  const place = { from: options.from, alsoFromProject: true };
  const { path, file, own, provenance } = locate("published", "published", [".json"], place);
  const published = parseJson(decodeUtf8(readFileSync(path), file), publishedSchema, file);
  checkIds(published.numbers, file);
  return { ...published, file, own, provenance: [provenance] };
}

/**
 * One printed number by its identifier.
 *
 * @throws RangeError if there is none of that id.
 * @example publishedNumber(loadPublished(), "released-within-three-years").value // 16
 */
export function publishedNumber(published: Published, id: PublishedId): PublishedNumber {
  const found = published.numbers.find((entry) => entry.id === id);
  if (found !== undefined) return found;
  const ids = published.numbers.map((entry) => entry.id);
  throw new RangeError(`${published.file} prints no number "${id}"${didYouMean(id, ids)}`);
}

function checkIds(numbers: readonly PublishedNumber[], file: string): void {
  const ids = numbers.map((entry) => entry.id);
  const missing = PUBLISHED_ID.filter((id) => !ids.includes(id));
  const twice = ids.filter((id, i) => ids.indexOf(id) !== i);
  const problems = [
    ...missing.map((id) => ({ value: id, message: `there is no number "${id}"${didYouMean(id, ids)}` })),
    ...twice.map((id) => ({ value: id, message: `the id "${id}" stands twice` })),
  ];
  if (problems.length === 0) return;
  throw new DataError(
    problems.map((problem) => ({ ...problem, file, row: null, column: "numbers", rule: "published-id" })),
  );
}
