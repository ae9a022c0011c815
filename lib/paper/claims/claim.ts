import { isSynthetic, type Provenance, provenancesOf, type Sourced } from "../../files";
import { InvalidInputError } from "../../statistics";
import { calledAs } from "../../statistics/inner";
import { escapeHtml, significantText, type Table, table, tableHtml, tableText } from "../../tables";
import { isOfKind, numberText } from "../../tables/inner";
import { type Check, type ClaimText, claimTexts, NOT_MET, type RecordedVerdict, type Verdict } from "./ledger";

/** A value that cannot be computed from what is public, with the reason. */
export interface Unknowable {
  readonly unknowable: string;
}

/**
 * Says that a printed number cannot be checked, and why; the honest third answer beside right and wrong.
 *
 * @example claim(3, { percent: unknowable("the counts behind the cited estimate are not in the record") })
 */
export function unknowable(reason: string): Unknowable {
  if (reason.trim() === "")
    throw new InvalidInputError("unknowable: a reason is needed, found an empty text", "reason");
  return { unknowable: reason };
}

/**
 * A number where the data are of the world, and unknowable where some of them were made up: what was put into synthetic
 * rows is no answer to a claim about the world. A cell with it stands as it is on somebody's own files.
 *
 * @param data what the number was computed from
 * @param value the number
 * @param reason why a number from made-up rows does not count
 * @throws InvalidInputError for a value that is no number, or an empty reason
 * @example claim(40, { percent: ofTheWorld(group, 30, "in the synthetic file it was put in") }, { data: group })
 */
export function ofTheWorld(data: Sourced, value: number, reason: string): number | Unknowable {
  return calledAs("ofTheWorld", () => {
    const unknown = unknowable(reason);
    if (Number.isFinite(value)) return isSynthetic(data) ? unknown : value;
    throw new InvalidInputError(`ofTheWorld: value is ${value}, a number is needed`, "value");
  });
}

/** What the computed numbers rest on. */
export type Basis =
  | "public record"
  | "synthetic data"
  | "partly synthetic data"
  | "the paper's own words"
  | "other data";

/** A printed number beside its recomputed twin. */
export interface JudgedCheck extends Check {
  readonly computed: number | Unknowable;
  /** null where it cannot be known. */
  readonly holds: boolean | null;
}

/** The verdict on a claim, with everything it rests on. {@link claim} computes it; show() prints it. */
export interface Claim {
  readonly kind: "claim";
  readonly id: number;
  readonly title: string;
  readonly text: string;
  readonly quotes: ClaimText["quotes"];
  readonly checks: readonly JudgedCheck[];
  readonly verdict: Verdict;
  /** The verdict on record in data/claims.json. */
  readonly recorded: RecordedVerdict;
  readonly basis: Basis;
  /** Kinds of data behind the numbers; empty where they follow from the paper's own words. */
  readonly provenance: readonly Provenance[];
}

export interface ClaimOptions {
  /**
   * What the numbers were computed from: rows, a dataset or outcomes. Left out where the check is on
   * the paper's own words and arithmetic. A verdict on synthetic data says so.
   */
  readonly data?: Sourced | (Sourced & { readonly own: boolean });
}

/**
 * Holds computed numbers against what the paper prints.
 *
 * Where a check fails the verdict follows from the claim's kind: *inconsistent within the paper* for a number (only from
 * the paper's own words or the public record), *criticism of method*, or *wording*. Else it is *cannot be known* where a
 * value is unknowable, *attainable* where data were made or decisions taken so that it comes out, and *holds by the
 * printed numbers* otherwise. What was put in is never more than attainable.
 *
 * @param id the claim's number in data/claims.json
 * @param computed a value for each check of the claim, by its key
 * @throws InvalidInputError for an unknown claim, one whose checks are not written yet, a missing or superfluous key, or a
 *   value that is not a number
 * @example claim(1, { named: 19, featured: 20, released: 16, releasedInArticle: 17 }, { data: women })
 */
export function claim(
  id: number,
  computed: Readonly<Record<string, number | Unknowable>>,
  options: ClaimOptions = {},
): Claim {
  const stated = findClaim(id);
  if (stated.checks.length === 0) {
    throw new InvalidInputError(
      `claim ${id} waits for ${stated.notebook} and has no checks yet; write them into data/claims.json first`,
      "id",
    );
  }
  const keys = stated.checks.map((check) => check.key);
  const superfluous = Object.keys(computed).filter((key) => !keys.includes(key));
  if (superfluous.length > 0) {
    throw new InvalidInputError(
      `claim ${id} has no check "${superfluous.join('", "')}"; its checks are ${keys.join(", ")}`,
      "computed",
    );
  }
  const checks = stated.checks.map((check) => judge(id, check, computed[check.key]));
  const { title, text, quotes, verdict: recorded } = stated;
  const basis = basisOf(options.data);
  return {
    kind: "claim",
    id,
    title,
    text,
    quotes,
    checks,
    verdict: verdictOf(stated, checks, basis),
    recorded,
    basis,
    provenance: options.data === undefined ? [] : provenancesOf(options.data),
  };
}

/**
 * Whether a value is a {@link Claim}.
 *
 * @example isClaim(claim(12, { descriptions: 2 })) // true
 */
export function isClaim(value: unknown): value is Claim {
  return isOfKind(value, "claim") && "checks" in value;
}

function findClaim(id: number): ClaimText {
  const texts = claimTexts();
  const found = texts.find((text) => text.id === id);
  if (found) return found;
  throw new InvalidInputError(
    `claim: there is no claim ${id}; data/claims.json holds ${texts.map((text) => text.id).join(", ")}`,
    "id",
  );
}

function judge(id: number, check: Check, computed: number | Unknowable | undefined): JudgedCheck {
  if (computed === undefined) {
    throw new InvalidInputError(`claim ${id} needs a value for "${check.key}": ${check.quantity}`, "computed");
  }
  if (typeof computed !== "number") return { ...check, computed, holds: null };
  if (!Number.isFinite(computed)) {
    throw new InvalidInputError(
      `claim ${id}, "${check.key}": ${computed} is not a number that can be held against ${check.printed}`,
      "computed",
    );
  }
  return { ...check, computed, holds: holds(check, computed) };
}

function holds({ rule, value, decimals }: Check, computed: number): boolean {
  switch (rule) {
    case "equals":
      return computed.toFixed(decimals) === value.toFixed(decimals);
    case "below":
      return computed < value;
    case "above":
      return computed > value;
    case "atLeast":
      return computed >= value;
    case "atMost":
      return computed <= value;
  }
}

/** The verdict on a claim of a kind of which a check fails. */
const FAILED = {
  number: "inconsistent within the paper",
  wording: "wording",
  method: "criticism of method",
  "comparison of versions": "wording",
} as const;

function verdictOf({ kind, chosen }: ClaimText, checks: readonly JudgedCheck[], basis: Basis): Verdict {
  const made = basis === "synthetic data" || basis === "partly synthetic data";
  if (checks.some((check) => check.holds === false)) {
    if (kind !== "number") return FAILED[kind];
    if (basis === "other data") return NOT_MET;
    // A number that made-up rows, or decisions of ours, do not meet says nothing of the paper.
    return made || chosen ? "cannot be known" : FAILED.number;
  }
  if (checks.some((check) => check.holds === null)) return "cannot be known";
  return made || chosen ? "attainable" : "holds by the printed numbers";
}

function basisOf(data: ClaimOptions["data"]): Basis {
  if (data === undefined) return "the paper's own words";
  if ("own" in data && data.own === false) return "other data";
  if (!isSynthetic(data)) return "public record";
  return provenancesOf(data).length > 1 ? "partly synthetic data" : "synthetic data";
}

const SIGNS = { equals: "=", below: "<", above: ">", atLeast: "≥", atMost: "≤" } as const;

/**
 * The checks of a claim as a table: each printed number with its recomputed twin.
 *
 * @example show(claimTable(claim(12, { descriptions: 2 })))
 */
export function claimTable(claim: Claim): Table {
  return table(claim.checks, {
    caption: claimHeading(claim),
    data: { provenance: claim.provenance },
    columns: [
      { label: "What", value: "quantity" },
      { label: "The paper prints", value: (check) => `${check.printed} (${check.place})` },
      { label: "Computed", value: (check) => computedText(check), align: "right" },
      { label: "Needed", value: (check) => `${SIGNS[check.rule]} ${check.value}`, align: "right" },
      {
        label: "Holds",
        value: (check) => (check.holds === null ? "cannot be known" : check.holds ? "yes" : "no"),
      },
    ],
  });
}

/** "Claim 7, inconsistent within the paper, on the public record. …". */
function claimHeading(claim: Claim): string {
  const on = claim.basis === "the paper's own words" ? "from the paper's own words" : `on ${article(claim.basis)}`;
  const changed =
    claim.verdict === claim.recorded || claim.basis === "other data" ? "" : ` (on record: ${claim.recorded})`;
  return `Claim ${claim.id}, ${claim.verdict}${changed}, ${on}. ${claim.title}`;
}

function article(basis: Claim["basis"]): string {
  return basis === "public record" ? "the public record" : basis;
}

function computedText({ computed, rule, decimals }: JudgedCheck): string {
  if (typeof computed !== "number") return computed.unknowable;
  if (rule === "equals" || Number.isInteger(computed)) return numberText(computed, { digits: decimals });
  return significantText(computed);
}

/** Where a sentence stands; a place without a version is one of the draft. */
export const placeText = ({ source, place }: Pick<ClaimText["quotes"][number], "source" | "place">): string =>
  `${source === "article" ? "article, " : ""}${place}`;

/** A quotation as prose has it: "…" (Footnote 4). */
const quoteText = (quote: ClaimText["quotes"][number]): string => `“${quote.text}” (${placeText(quote)})`;

const quoteHtml = (quote: ClaimText["quotes"][number]): string =>
  `\n<blockquote>${escapeHtml(quoteText(quote))}</blockquote>`;

/** What `npm run notebooks` reads a verdict from. */
export const CLAIM_MIME = "application/vnd.hrd.claim+json";

/** A claim in all forms in which a notebook shows it. */
export function claimBundle(claim: Claim): Record<string, unknown> {
  const { id, verdict, recorded, basis } = claim;
  const shown = claimTable(claim);
  return {
    [CLAIM_MIME]: { id, verdict, recorded: basis === "other data" ? verdict : recorded, basis },
    "text/html": `${tableHtml(shown)}${claim.quotes.map(quoteHtml).join("")}\n<p>${escapeHtml(claim.text)}</p>`,
    "text/plain": [tableText(shown), ...claim.quotes.map(quoteText), claim.text].join("\n"),
  };
}
