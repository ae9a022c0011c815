import { z } from "zod";
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
export const field = z.discriminatedUnion("type", [textField, integerField, dateField, listField]);

export const rule = z.discriminatedUnion("kind", [
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

export type Field = z.infer<typeof field>;
export type Rule = z.infer<typeof rule>;
