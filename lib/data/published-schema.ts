import { z } from "zod";

const text = z.string().min(1);
const scalar = z.union([z.number(), z.string()]);
const model = z.number().int().min(1).max(4);

/** Section, footnote, figure or table; a number or a quotation without a place is none. */
const place = text.refine((value) => !/not recorded|unknown|somewhere/i.test(value), {
  message: "a printed number or a quotation has its place: section, footnote, figure or table",
});
const document = z.enum(["working-paper", "article"]);

/** The longest quotation, in words: enough to hold a sentence against a number, too little to stand for the text. */
export const LONGEST_QUOTATION = 25;

const quotation = z.strictObject({
  id: text,
  source: document,
  place,
  /** Verbatim, but for quotation marks and hyphens that the transcript lost. */
  text: text.refine((value) => value.trim().split(/\s+/).length <= LONGEST_QUOTATION, {
    message: `a quotation has at most ${LONGEST_QUOTATION} words`,
  }),
});
const source = z.strictObject({
  name: document,
  citation: text,
  status: text,
  version: text,
  date: text,
  /** Id of the quotation in which it says who may circulate it; null where it says nothing. */
  circulation: text.nullable(),
  supersededBy: document.nullable(),
  /** Whether all of it was at hand, and what is not. */
  complete: z.boolean(),
  endsAt: text,
  /** What is quoted from it, and why. */
  quoted: text,
});

const number = z.strictObject({
  id: text,
  /** Section, footnote, figure or table in which it is printed. */
  place,
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
    (row) => row.models.length === row.absoluteCoefficient.length && row.models.length === row.standardError.length,
    { message: "models, absoluteCoefficient and standardError differ in length" },
  );

/** What a version of the paper says of one mechanism, in its own few words. */
const conclusion = z.strictObject({
  document,
  place,
  mechanism: z.enum(["shaming", "thirdParties", "deadlock", "inducements"]),
  /** Whether it is what worked, what little evidence was found for, or something that the argument starts from. */
  role: z.enum(["worked", "little evidence", "premise"]),
  printed: text,
});
const citation = z.strictObject({ authors: text, years: z.array(text).min(1), place: text });
const decidedCitation = z.strictObject({
  kind: z.enum(["spelling", "year"]),
  /** The two spellings, or the authors who are cited with several years. */
  names: z.array(text).min(1).max(2),
  mismatch: z.boolean(),
  reason: text,
  sources: z.array(z.string().regex(/^https?:\/\//)),
});

/** The shape of data/published.json. */
export const publishedSchema = z.strictObject({
  /** The draft and the article: what they are, who may circulate them, how much of them was at hand. */
  sources: z.array(source).min(1),
  /** Every sentence that is quoted anywhere in the project. */
  quotations: z.array(quotation).min(1),
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
  conclusions: z.array(conclusion).min(1),
  citations: z.strictObject({
    note: text,
    cited: z.array(citation).min(1),
    decided: z.array(decidedCitation),
  }),
});
