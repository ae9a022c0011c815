import { InvalidInputError } from "../../statistics";
import { type Table, table } from "../../tables";
import { byHypothesis } from "./beliefs";

/** Names of the explanations that are weighed against each other. */
export const HYPOTHESIS_IDS = ["shaming", "thirdParties", "deadlock", "inducements", "otherCauses"] as const;
export type HypothesisId = (typeof HYPOTHESIS_IDS)[number];

/** One explanation of what is to be explained, with its origin. */
export interface Hypothesis {
  readonly id: HypothesisId;
  readonly name: string;
  /** The explanation in a sentence or two that exclude the other explanations. */
  readonly statement: string;
  /** Where it comes from: a place of the draft or of the published abstract, or this project. */
  readonly origin: string;
  /** What each of the two versions concludes about it. */
  readonly draft: string;
  readonly article: string;
}

/** The question that all hypotheses answer. Without one question there is nothing to weigh. */
export const EXPLANANDUM =
  "Why were both women whom the campaign featured from Azerbaijan out of custody within nine months of its " +
  "launch, while no release of the woman featured from Uzbekistan was found within three years?";

const ABSTRACT = "published abstract";

/**
 * The explanations: the three of the published abstract, the draft's conclusion, and what each of them has to beat,
 * causes that have nothing to do with the campaign. Beliefs add up to one only over explanations that exclude each
 * other, so deadlock and inducements, which the article joins into one chain, are told apart by what each of them says
 * of a world without the spotlight.
 *
 * @example HYPOTHESES.map(({ name }) => name)
 */
export const HYPOTHESES: readonly Hypothesis[] = [
  {
    id: "shaming",
    name: "Naming and shaming",
    statement:
      "Exposure by itself made it costly to hold the women, in standing and reputation, and governments let them go to be rid of it.",
    origin: `draft, section III; ${ABSTRACT}: reputational costs`,
    draft: "little evidence",
    article: "little evidence",
  },
  {
    id: "thirdParties",
    name: "Mobilised third parties",
    statement:
      "Exposure moved others, abroad or in the country, to act against the governments, and their pressure brought the releases.",
    origin: `draft, section III: a second, indirect channel of shaming; ${ABSTRACT}: foreign actors`,
    draft: "named as a channel, not concluded on",
    article: "little evidence",
  },
  {
    id: "deadlock",
    name: "Resolved deadlock",
    statement:
      "Exposure settled a conflict inside the US government. Without the spotlight its officials would have gone on blocking each other, and there would have been no private diplomacy for these women.",
    origin: `draft, section III, as a premise; ${ABSTRACT}, as the conclusion`,
    draft: "a premise",
    article: "what worked",
  },
  {
    id: "inducements",
    name: "Carrots and sticks in private",
    statement:
      "Promises and threats made in private brought the releases, where there was leverage and the will to use it. The campaign bundled this work and had no need to make it possible: some of it had begun before.",
    origin: "draft, abstract and introduction",
    draft: "what worked",
    article: "what followed once the deadlock was resolved",
  },
  {
    id: "otherCauses",
    name: "Other causes",
    statement:
      "The women would have been released as they were without the campaign: courts, health, money, a change of government, the efforts of others.",
    origin: "this project; in the paper it is what the control groups are for",
    draft: "argued against by the control groups",
    article: "argued against by the control groups",
  },
];

/**
 * What each hypothesis is called, for tables and figures.
 *
 * @example HYPOTHESIS_NAMES.deadlock // "Resolved deadlock"
 */
export const HYPOTHESIS_NAMES: Readonly<Record<HypothesisId, string>> = byHypothesis(
  HYPOTHESIS_IDS,
  (id) => hypothesis(id).name,
);

/**
 * One hypothesis by its name.
 *
 * @throws InvalidInputError naming those that there are
 * @example hypothesis("deadlock").statement
 */
export function hypothesis(id: HypothesisId): Hypothesis {
  const found = HYPOTHESES.find((one) => one.id === id);
  if (found !== undefined) return found;
  throw new InvalidInputError(
    `hypothesis: there is no hypothesis "${id}"; there are ${HYPOTHESIS_IDS.join(", ")}`,
    "id",
  );
}

/** The working paper and the abstract: words of the authors, no data. */
const WORDS = { provenance: ["published"] } as const;

/**
 * The hypotheses side by side, with what the two versions of the paper conclude about each.
 *
 * @example show(hypothesesTable())
 */
export function hypothesesTable(): Table {
  return table(HYPOTHESES, {
    caption: "Five explanations that exclude each other",
    data: WORDS,
    columns: [
      { label: "Hypothesis", value: "name" },
      { label: "What it says", value: "statement" },
      { label: "The draft (2018)", value: "draft" },
      { label: "The article (2022)", value: "article" },
      { label: "From", value: "origin" },
    ],
  });
}
