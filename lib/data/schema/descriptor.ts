import { z } from "zod";
import { dayNumber, monthsBetween } from "../../dates";
import { PROVENANCE } from "../../files";
import type { Field, Rule } from "./table-schema";
import { field, rule } from "./table-schema";

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
export type { Field, Rule };
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
