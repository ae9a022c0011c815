import type { Dataset } from "../../data/schema";
import { InvalidInputError } from "../../statistics";
import { log10 } from "../../statistics/elementary";
import { checkFields, checkPositive } from "../../statistics/inner";
import { type Table, table } from "../../tables";
import type { Evidence } from "./evidence";
import { HYPOTHESIS_NAMES, type HypothesisId } from "./hypothesis";

/**
 * Van Evera's four tests of an explanation, by what passing and failing them would say: passing a smoking gun or a
 * doubly decisive test confirms, failing a hoop or a doubly decisive test refutes, a straw in the wind does neither.
 */
export type ProcessTracingTest = "straw in the wind" | "hoop" | "smoking gun" | "doubly decisive";

/** A test of a hypothesis, and what its two results would weigh. */
export interface TestStrength {
  readonly kind: ProcessTracingTest;
  /** Weight of passing, in decibels: for the hypothesis if above zero. */
  readonly passing: number;
  /** Weight of failing, in decibels. */
  readonly failing: number;
}

/**
 * Which of the four tests an observation is, from two probabilities: of observing it if the hypothesis is true, and if
 * it is false. A test is *certain* where a true hypothesis can hardly fail it, and *unique* where a false one can hardly
 * pass it: hoop tests are certain, smoking guns unique, doubly decisive tests both, straws in the wind neither. Weights
 * are $10\log_{10}$ of the likelihood ratios $p/q$ and $(1-p)/(1-q)$.
 *
 * @param ifTrue probability of the observation if the hypothesis is true
 * @param ifFalse probability of it if the hypothesis is false; it depends on the rivals and on how far one believes
 *   each, see {@link probabilityIfFalse}
 * @param limits from which probability on a test counts as certain (0.9), and up to which as unique (0.1)
 * @returns kind and weights; a weight is infinite where a result is impossible under one of the two
 * @throws InvalidInputError where a probability is outside 0 to 1, or a limit is not between 0.5 and 1, or 0 and 0.5
 * @see Van Evera (1997) *Guide to Methods*, pp. 31–32; Bennett (2015) in Bennett and Checkel, *Process Tracing*, appendix;
 *   Humphreys and Jacobs (2015), American Political Science Review 109(4), for the two axes
 * @example processTracingTest(0.95, 0.5).kind // "hoop"
 */
export function processTracingTest(
  ifTrue: number,
  ifFalse: number,
  options: { readonly certain?: number; readonly unique?: number } = {},
): TestStrength {
  checkFields("processTracingTest", "options", options, ["certain", "unique"]);
  const { certain = 0.9, unique = 0.1 } = options;
  for (const [name, value] of Object.entries({ ifTrue, ifFalse })) {
    if (value >= 0 && value <= 1) continue;
    throw new InvalidInputError(`processTracingTest: ${name} is ${value}; a probability from 0 to 1 is needed`, name);
  }
  if (!(certain > 0.5 && certain <= 1) || !(unique >= 0 && unique < 0.5)) {
    throw new InvalidInputError(
      `processTracingTest: the limits are certain ${certain} and unique ${unique}; certain must lie above 0.5 and ` +
        "up to 1, unique from 0 to below 0.5",
      certain > 0.5 && certain <= 1 ? "unique" : "certain",
    );
  }
  const isCertain = ifTrue >= certain;
  const isUnique = ifFalse <= unique && ifTrue > ifFalse;
  const one = isUnique ? "smoking gun" : "straw in the wind";
  const both = isUnique ? "doubly decisive" : "hoop";
  return {
    kind: isCertain ? both : one,
    passing: decibels(ifTrue, ifFalse),
    failing: decibels(1 - ifTrue, 1 - ifFalse),
  };
}

/**
 * Weight of evidence for one hypothesis against another: $10\log_{10}(p/q)$, in decibels (Good 1985). Three decibels
 * double the odds, ten multiply them by ten; one is about the least that people notice.
 *
 * @param p probability of the evidence under the one
 * @param q probability of it under the other
 * @returns infinite where only one of them is zero; 0 where both are, since the evidence rules out both
 * @throws {InvalidInputError} where one of them is negative or not finite
 * @example decibels(0.7, 0.35) // 3.01
 */
export function decibels(p: number, q: number): number {
  checkPositive("decibels", "p", p, true);
  checkPositive("decibels", "q", q, true);
  if (p === q) return 0;
  return 10 * (log10(p) - log10(q));
}

/** Whether the public record holds what an implication asks for. */
export type Finding = "found" | "found against it" | "both" | "not public" | "nothing found";

/** Something that one should be able to observe if a hypothesis holds. */
export interface Implication {
  readonly hypothesis: HypothesisId;
  readonly observation: string;
  /** Which of Van Evera's four tests the observation would be. */
  readonly test: ProcessTracingTest;
  /** Where one would look. */
  readonly lookIn: string;
  readonly finding: Finding;
  /** Rows of data/evidence.csv that bear on it. */
  readonly evidence: readonly string[];
}

/**
 * Observable implications of the hypotheses, with the test that each would be and what the public record has of it. The
 * strong tests ask for what is not public: that is the result.
 *
 * @example IMPLICATIONS.filter(({ test }) => test === "smoking gun")
 */
export const IMPLICATIONS: readonly Implication[] = [
  {
    hypothesis: "shaming",
    observation: "The women were named in public, and in both countries alike.",
    test: "hoop",
    lookIn: "the campaign's own pages, newspapers",
    finding: "found",
    evidence: ["az-launch", "us-senate"],
  },
  {
    hypothesis: "shaming",
    observation: "Governments that were shamed alike answered alike.",
    test: "hoop",
    lookIn: "releases in both countries",
    finding: "found against it",
    evidence: ["uz-no-release", "az-pardon"],
  },
  {
    hypothesis: "shaming",
    observation: "An official of the target state gives the damage to its reputation as the reason.",
    test: "smoking gun",
    lookIn: "memoirs, minutes, leaks in the target state",
    finding: "nothing found",
    evidence: ["az-denial"],
  },
  {
    hypothesis: "thirdParties",
    observation: "A foreign actor acts after the launch and names the campaign as its reason.",
    test: "smoking gun",
    lookIn: "resolutions, statements, court files",
    finding: "found against it",
    evidence: ["az-parliament-eu", "az-inquiry"],
  },
  {
    hypothesis: "thirdParties",
    observation: "Foreign pressure on the government rises before a release.",
    test: "hoop",
    lookIn: "parliaments, the Council of Europe, courts",
    finding: "found",
    evidence: ["az-parliament-eu", "az-inquiry", "az-analysis"],
  },
  {
    hypothesis: "deadlock",
    observation: "Parts of the US government held back before the campaign because of other interests.",
    test: "hoop",
    lookIn: "statements, aid, memoirs of officials",
    finding: "both",
    evidence: ["az-silence", "az-plea", "uz-vehicles", "us-memoir"],
  },
  {
    hypothesis: "deadlock",
    observation: "A paper trail in which an office withdraws its objection and gives the campaign as the reason.",
    test: "smoking gun",
    lookIn: "clearances and cables of the State Department",
    finding: "not public",
    evidence: ["us-memoir"],
  },
  {
    hypothesis: "deadlock",
    observation: "No private work for these women before the spotlight, and such work after it.",
    test: "doubly decisive",
    lookIn: "calendars and cables; the authors' interviews",
    finding: "not public",
    evidence: [],
  },
  {
    hypothesis: "inducements",
    observation: "Something that the government wanted was in reach of the United States at the time.",
    test: "hoop",
    lookIn: "visits, aid, bills in Congress, loans",
    finding: "found",
    evidence: ["az-senators", "az-bill", "az-economy", "az-meeting"],
  },
  {
    hypothesis: "inducements",
    observation: "An offer or a threat that names a woman, and an answer to it.",
    test: "smoking gun",
    lookIn: "cables; the authors' interviews",
    finding: "not public",
    evidence: ["az-letter", "az-rapporteur"],
  },
  {
    hypothesis: "inducements",
    observation: "Where a stick exists and is not used, nobody is released.",
    test: "straw in the wind",
    lookIn: "sanctions and waivers",
    finding: "found",
    evidence: ["uz-waiver", "uz-no-release"],
  },
  {
    hypothesis: "otherCauses",
    observation: "Prisoners whom the campaign did not name were released at the same time and for the same reasons.",
    test: "hoop",
    lookIn: "lists of prisoners, courts",
    finding: "found",
    evidence: ["az-appeal", "az-pardon", "uz-release", "uz-president"],
  },
  {
    hypothesis: "otherCauses",
    observation: "The day of a release was fixed before anybody abroad acted.",
    test: "smoking gun",
    lookIn: "prison administration, families",
    finding: "found",
    evidence: ["uz-date-known"],
  },
];

/**
 * What one should be able to observe under each hypothesis, which of the four tests that would be, and what the public
 * record has of it.
 *
 * @example show(implicationsTable(loadEvidence()))
 */
export function implicationsTable(evidence: Dataset<Evidence>): Table {
  const title = (id: string): string => evidence.rows.find((row) => row.id === id)?.title ?? id;
  return table(IMPLICATIONS, {
    caption: "Observable implications, and what the public record has of them",
    data: evidence,
    columns: [
      { label: "If this holds …", value: (row) => HYPOTHESIS_NAMES[row.hypothesis] },
      { label: "… one should observe", value: "observation" },
      { label: "Test", value: "test" },
      { label: "Look in", value: "lookIn" },
      { label: "Public record", value: "finding" },
      { label: "Rows", value: (row) => (row.evidence.length === 0 ? "none" : row.evidence.map(title)) },
    ],
  });
}
