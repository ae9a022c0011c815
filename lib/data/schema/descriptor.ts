import { z } from "zod";
import { dayNumber, monthsBetween } from "../../dates";
import { PROVENANCE } from "../../files";

/**
 * The shape of a table's fields (Table Schema 2.0, https://datapackage.org, as far as this project
 * uses it) and of the rules that relate them, which are the project's own addition. Objects are
 * strict, so that a misspelt property is an error and not a rule that never applies.
 */

const fieldBase = {
  name: z.string().regex(/^[a-z][a-z0-9_]*$/),
  title: z.string().min(1),
  description: z.string().min(1),
};
const valueLabels = z.array(z.strictObject({ value: z.string(), label: z.string() }));
const required = z.boolean().optional();

const textField = z.strictObject({
  ...fieldBase,
  type: z.literal("string"),
  /** `partial-date`: YYYY, YYYY-MM or YYYY-MM-DD. */
  logicalType: z.literal("partial-date").optional(),
  categories: valueLabels.optional(),
  /** Name of the TypeScript type of its values, where several columns share one. */
  valuesType: z
    .string()
    .regex(/^[A-Z][A-Za-z0-9]*$/)
    .optional(),
  constraints: z
    .strictObject({
      required,
      unique: z.boolean().optional(),
      pattern: z.string().optional(),
      enum: z.array(z.string()).min(1).optional(),
    })
    .optional(),
});
const integerField = z.strictObject({
  ...fieldBase,
  type: z.literal("integer"),
  constraints: z
    .strictObject({
      required,
      unique: z.boolean().optional(),
      minimum: z.number().int().optional(),
      maximum: z.number().int().optional(),
    })
    .optional(),
});
const dateField = z.strictObject({
  ...fieldBase,
  type: z.literal("date"),
  constraints: z.strictObject({ required }).optional(),
});
const listField = z.strictObject({
  ...fieldBase,
  type: z.literal("list"),
  itemType: z.literal("string"),
  delimiter: z.string().min(1),
  /** Regular expression that every item matches. */
  itemPattern: z.string().optional(),
  constraints: z.strictObject({ required }).optional(),
});
const field = z.discriminatedUnion("type", [textField, integerField, dateField, listField]);

const rule = z.discriminatedUnion("kind", [
  z.strictObject({ ...ruleBase("interval") }),
  z.strictObject({ ...ruleBase("not-before"), limit: z.string() }),
  z.strictObject({ ...ruleBase("not-after"), limit: z.enum(["launch", "endOfFollowUp"]) }),
  z.strictObject({ ...ruleBase("date-unless"), field: z.string(), values: z.array(z.string()).min(1) }),
  z.strictObject({ ...ruleBase("source"), sources: z.string(), provenance: z.enum(PROVENANCE) }),
]);

/** Every rule is about a date column and its bounds `<date>_earliest` and `<date>_latest`. */
function ruleBase<K extends string>(kind: K) {
  return { name: z.string(), kind: z.literal(kind), date: z.string(), description: z.string().min(1) };
}

/**
 * The shape of data/datapackage.json: Frictionless Data Package 2.0 (https://datapackage.org) with the
 * project's own additions: the campaign's constants, regions, and codings of the unclear cases.
 */

const isoDay = z.string().refine((text) => isDay(text), "is not a day (YYYY-MM-DD)");

const decision = z.discriminatedUnion("outcome", [
  z.strictObject({ id: z.string(), outcome: z.literal("not released"), reason: z.string().min(1) }),
  z.strictObject({
    id: z.string(),
    outcome: z.literal("released"),
    reason: z.string().min(1),
    /** Supposed bounds where the row itself has no release. */
    earliest: isoDay.optional(),
    latest: isoDay.optional(),
    /** Her release precedes the launch and still counts, at time zero of the launch clock. */
    beforeLaunch: z.boolean().optional(),
  }),
]);
const coding = z.strictObject({
  name: z.string(),
  title: z.string(),
  definition: z.string().min(1),
  reasoning: z.string().min(1),
  released: z.number().int(),
  of: z.number().int(),
  decisions: z.array(decision),
});

const named = z.object({ title: z.string() });
const resourceBase = {
  name: z.string(),
  path: z.string(),
  title: z.string().min(1),
  description: z.string().min(1),
  provenance: z.enum(PROVENANCE),
  sources: z.array(named).min(1),
};
const tableResource = z.object({
  ...resourceBase,
  format: z.literal("csv"),
  type: z.literal("table"),
  /** Name of the TypeScript interface that `npm run data:generate` makes for its rows. */
  rowType: z.string(),
  schema: z.strictObject({
    $schema: z.string(),
    fieldsMatch: z.tuple([z.literal("equal")]),
    missingValues: z.array(z.string()),
    primaryKey: z.array(z.string()),
    fields: z.array(field).min(1),
    rules: z.array(rule),
  }),
  codings: z.array(coding).optional(),
  /** Whether a header without rows is a file of this table; else it is taken for a damaged one. */
  mayBeEmpty: z.boolean().optional(),
});
const jsonResource = z.object({ ...resourceBase, format: z.literal("json") });
/** A file as a service exports it: with a preamble, several series or nested values, so that no table schema fits. */
const exportResource = z.object({
  ...resourceBase,
  format: z.literal("attention-export"),
  /** Which export it is, as loadAttention finds out from the file. */
  export: z.string(),
});

const campaign = z
  .strictObject({
    name: z.string(),
    launch: isoDay,
    endOfFollowUp: isoDay,
    followUpMonths: z.number().positive(),
    description: z.string(),
  })
  .refine((c) => monthsBetween(c.launch, c.endOfFollowUp) === c.followUpMonths, {
    message: "endOfFollowUp is not followUpMonths after launch",
  });

export const descriptorSchema = z.object({
  $schema: z.literal("https://datapackage.org/profiles/2.0/datapackage.json"),
  name: z.string(),
  title: z.string().min(1),
  description: z.string().min(1),
  version: z.string(),
  licenses: z.array(z.object({ name: z.string(), title: z.string(), path: z.string() })).min(1),
  contributors: z.array(named).min(1),
  sources: z.array(named).min(1),
  campaign,
  regions: z.record(z.string(), z.array(z.string())),
  resources: z.array(z.discriminatedUnion("format", [tableResource, jsonResource, exportResource])),
});

/** What another folder's own datapackage.json must say, and all that is read of it. */
export const foreignDescriptorSchema = z.object({
  resources: z.array(z.object({ name: z.string(), provenance: z.enum(PROVENANCE) })),
});

export type Descriptor = z.infer<typeof descriptorSchema>;
export type TableResource = z.infer<typeof tableResource>;
export type Field = z.infer<typeof field>;
export type Rule = z.infer<typeof rule>;
/** The campaign's constants: launch, end of follow-up (ISO days), months between them. */
export type Campaign = Readonly<z.infer<typeof campaign>>;
/** Countries by region, as footnote 6 of the working paper groups them. */
export type Regions = Readonly<Record<string, readonly string[]>>;
/** A named way of deciding which of the unclear cases count as released; see data/datapackage.json. */
export type Coding = z.infer<typeof coding>;
/** What a coding decides about one woman, and why. */
export type Decision = z.infer<typeof decision>;

function isDay(text: string): boolean {
  try {
    dayNumber(text);
    return true;
  } catch {
    return false;
  }
}
