import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { loadPublished, type Published, type Quotation, quotation } from "../../data";
import { projectRoot } from "../../data/schema";
import { DataError, parseJson } from "../../files";

const text = z.string().min(1);

/** Which number of Table 1 a check is about. */
const tableOneCellSchema = z.strictObject({
  row: text,
  model: z.number().int().min(1).max(4),
  of: z.enum(["coefficient", "standard error"]),
});

/** How a computed value has to stand to the printed one. */
const RULES = ["equals", "below", "above", "atLeast", "atMost"] as const;
const rule = z.enum(RULES);

/** What a claim is about: a number, a wording, a step of the method, or two versions side by side. */
const KINDS = ["number", "wording", "method", "comparison of versions"] as const;

/**
 * What can be said of a claim. *Attainable*: on data that were made, or by decisions that were taken, so that it comes out;
 * never more is said of what was put in. *Inconsistent within the paper* needs a verbatim quotation.
 */
export const VERDICTS = [
  "holds by the printed numbers",
  "attainable",
  "inconsistent within the paper",
  "criticism of method",
  "wording",
  "cannot be known",
] as const;
/** The verdict where a number of somebody else's data does not meet the printed one. */
export const NOT_MET = "not met by these data";
/** Stands in the ledger for the verdict on a claim whose notebook does not exist yet. */
const NOT_YET_CHECKED = "not yet checked";

const how = { key: text, rule, decimals: z.number().int().min(0).optional() };
const checkSchema = z.union([
  z.strictObject({ ...how, published: text }),
  z.strictObject({ ...how, quantity: text.optional(), table1: tableOneCellSchema }),
  z.strictObject({ ...how, quantity: text, place: text, printed: text, value: z.number() }),
]);

const ledgerSchema = z.strictObject({
  note: text,
  claims: z.array(
    z
      .strictObject({
        id: z.number().int().min(1),
        title: text,
        text,
        kind: z.enum(KINDS),
        /** Ids of quotations in published.json. */
        quotes: z.array(text),
        /** Data were made, or decisions taken, so that the checks come out. */
        chosen: z.boolean().default(false),
        notebook: text,
        checks: z.array(checkSchema),
        verdict: z.enum([...VERDICTS, NOT_YET_CHECKED]),
      })
      .refine(({ quotes, verdict }) => quotes.length > 0 || verdict !== "inconsistent within the paper", {
        message: "nothing is inconsistent within the paper without a quotation of it",
      })
      .refine(({ checks, verdict }) => checks.length > 0 || verdict === NOT_YET_CHECKED, {
        message: `a claim with a verdict needs checks; only one that is "${NOT_YET_CHECKED}" may have none`,
      }),
  ),
});

export type Rule = (typeof RULES)[number];
export type Verdict = (typeof VERDICTS)[number] | typeof NOT_MET;
export type ClaimKind = (typeof KINDS)[number];
/** What the ledger can hold of a claim. */
export type RecordedVerdict = Verdict | typeof NOT_YET_CHECKED;

/** One printed number of a claim, and how the computed one has to stand to it. */
export interface Check {
  readonly key: string;
  /** What it counts or measures. */
  readonly quantity: string;
  /** Where the paper prints it. */
  readonly place: string;
  /** The paper's own few words. */
  readonly printed: string;
  readonly value: number;
  readonly rule: Rule;
  /** Decimals to which an equal value has to agree. */
  readonly decimals: number;
}

/** A claim of the paper: its own words, this project's account of them, and what is held against what. */
export interface ClaimText {
  readonly id: number;
  readonly title: string;
  readonly text: string;
  readonly kind: ClaimKind;
  /** The sentences that it is about, verbatim, with their places. */
  readonly quotes: readonly Quotation[];
  readonly chosen: boolean;
  /** Name of the notebook that computes it, or will. */
  readonly notebook: string;
  /** Empty only where the claim is not yet checked. */
  readonly checks: readonly Check[];
  /** The verdict on record. */
  readonly verdict: RecordedVerdict;
}

const FILE = "data/claims.json";

/**
 * The claims of the paper that the notebooks recompute, from data/claims.json, with the printed numbers
 * from data/published.json.
 *
 * @throws DataError where a file is missing or not of its shape, or a check names a number or a cell of Table 1
 *   that published.json does not hold, or one that is not a single number.
 * @example claimTexts().find((claim) => claim.id === 7)?.title
 */
export function claimTexts(): readonly ClaimText[] {
  const root = projectRoot();
  const ledger = parseJson(readFileSync(path.join(root, FILE), "utf8"), ledgerSchema, FILE);
  // The printed numbers are the paper's, whatever other data HRD_DATA names.
  const published = loadPublished({ from: path.join(root, "data") });
  return ledger.claims.map((claim) => ({
    ...claim,
    quotes: claim.quotes.map((id) => quotation(published, id)),
    checks: claim.checks.map((check): Check => {
      const { key, rule, decimals = 0 } = check;
      const where = `claim ${claim.id}, check "${key}"`;
      if ("published" in check) return { key, rule, decimals, ...printedNumber(published, where, check.published) };
      if (!("table1" in check)) return { ...check, decimals };
      const cell = tableOneCell(published, where, check.table1);
      return { key, rule, decimals, ...cell, quantity: check.quantity ?? cell.quantity };
    }),
  }));
}

/** What a check takes over from the paper. */
type Printed = Pick<Check, "quantity" | "place" | "printed" | "value">;

function printedNumber({ numbers }: Published, where: string, id: string): Printed {
  const found = numbers.find((number) => number.id === id);
  if (!found || typeof found.value !== "number")
    throw noSuchNumber(`${where}: published.json has no single number "${id}"`, id);
  const { quantity, place, printed, value } = found;
  return { quantity, place, printed, value };
}

function noSuchNumber(message: string, value: string): DataError {
  return new DataError([{ file: FILE, row: null, column: null, value, rule: "printed-number", message }]);
}

/**
 * A number of Table 1 as a check's quantity, place, wording and value. A coefficient whose sign the transcript lost is
 * its magnitude, and the quantity says so.
 *
 * @param where who asks, for the error
 * @throws DataError where the table has no such row, or the row no coefficient in that model
 */
export function tableOneCell(
  { table1 }: Pick<Published, "table1">,
  where: string,
  { row, model, of }: z.infer<typeof tableOneCellSchema>,
): Printed {
  const rows = [
    { ...table1.campaign, signed: true },
    ...[...table1.characteristics, ...table1.regions].map((entry) => ({
      ...entry,
      coefficient: entry.absoluteCoefficient,
      signed: false,
    })),
  ];
  const found = rows.find(({ name }) => name === row);
  const at = found?.models.indexOf(model) ?? -1;
  const value = of === "coefficient" ? found?.coefficient[at] : found?.standardError[at];
  if (found === undefined || value === undefined) {
    const known =
      found === undefined ? `rows ${rows.map(({ name }) => name).join(", ")}` : `models ${found.models.join(", ")}`;
    const what = `${of} of "${row}" in model ${model}`;
    throw noSuchNumber(`${where}: Table 1 has no ${what}; it has ${known}`, row);
  }
  const magnitude = of === "coefficient" && !found.signed ? "magnitude of the coefficient" : of;
  return {
    quantity: `${row}, model (${model}): ${magnitude}`,
    place: table1.place,
    printed: value.toFixed(3),
    value,
  };
}
