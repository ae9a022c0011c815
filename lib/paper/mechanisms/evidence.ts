import {
  type Dataset,
  describeDataset,
  type EvidenceCountry,
  type Expectation,
  evidenceRow,
  intervalOf,
  type LoadOptions,
  projectPackage,
  readResource,
} from "../../data/schema";
import { type DateInterval, pointOf } from "../../dates";
import { DataError, type Provenance } from "../../files";
import { InvalidInputError } from "../../statistics";
import { lengthOf } from "../../statistics/inner";
import { type Table, table } from "../../tables";
import { byHypothesis, type Judged } from "./beliefs";
import { HYPOTHESIS_IDS, HYPOTHESIS_NAMES, type HypothesisId } from "./hypothesis";

/** A public fact that bears on how the campaign worked, with its pages, and what this project reads from it. */
export interface Evidence {
  readonly id: string;
  readonly country: EvidenceCountry;
  readonly when: DateInterval;
  readonly title: string;
  /** What the sources state. */
  readonly statement: string;
  /** Pages, or the reference of a book. */
  readonly sources: readonly string[];
  /** How far each hypothesis leads one to expect it: a judgement, not public record. */
  readonly expectation: Readonly<Record<HypothesisId, Expectation>>;
  /** Why these words were chosen: a judgement, too. */
  readonly reading: string;
  readonly provenance: Provenance;
}

/**
 * What is public about Azerbaijan, Uzbekistan and the campaign as far as it bears on the hypotheses: data/evidence.csv.
 * Statements are public record, each with the pages that make it; the words in `expectation` are this project's reading.
 *
 * @returns rows in the order of their days; of an interval the middle
 * @throws DataError naming file, row and column of every problem: an unknown word, a date that is none, a row without
 *   a date or without a source.
 * @example loadEvidence().rows.filter((row) => row.expectation.shaming === "unexpected").length
 */
export function loadEvidence(options: LoadOptions = {}): Dataset<Evidence> {
  const descriptor = projectPackage();
  const { location, resource, rows } = readResource(descriptor, "evidence", options, true);
  const typed = rows.map((row, at): Evidence => {
    const { date, date_earliest, date_latest, ...rest } = evidenceRow(row);
    const when = intervalOf({ reported: date, earliest: date_earliest, latest: date_latest });
    if (when === null) {
      const message = "is empty, and so are date_earliest and date_latest; a date or two bounds are needed";
      const place = { file: location.file, row: at + 2, column: "date", value: "" };
      throw new DataError([{ ...place, rule: "evidence-dated", message }]);
    }
    return {
      id: rest.id,
      country: rest.country,
      when,
      title: rest.title,
      statement: rest.statement,
      sources: rest.sources,
      expectation: {
        shaming: rest.shaming,
        thirdParties: rest.third_parties,
        deadlock: rest.deadlock,
        inducements: rest.inducements,
        otherCauses: rest.other_causes,
      },
      reading: rest.reading,
      provenance: rest.provenance,
    };
  });
  const ordered = typed
    .map((row, at) => ({ row, at, day: pointOf(row.when) }))
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.at - b.at))
    .map(({ row }) => row);
  return describeDataset(location, resource.title, ordered, descriptor);
}

/** Which probability each of the three words stands for. */
export type WordScale = Readonly<Record<Expectation, number>>;

/**
 * The scale that the notebook illustrates with: weak on purpose. The strongest difference, expected against unexpected,
 * weighs 3.7 decibels.
 */
export const ILLUSTRATIVE_SCALE: WordScale = { expected: 0.7, possible: 0.5, unexpected: 0.3 };

/**
 * A symmetric scale: "expected" is as far above one half as "unexpected" is below it.
 *
 * @param expected probability that "expected" stands for, from 0.5 to below 1
 * @throws InvalidInputError outside that range
 * @example wordScale(0.7) // { expected: 0.7, possible: 0.5, unexpected: 0.3 }
 */
export function wordScale(expected: number): WordScale {
  if (!(expected >= 0.5 && expected < 1))
    throw new InvalidInputError(
      `wordScale: expected is ${expected}; a probability from 0.5 to below 1 is needed`,
      "expected",
    );
  return { expected, possible: 0.5, unexpected: 1 - expected };
}

/**
 * Turns the words of the evidence table into probabilities. The words are this project's reading, the probabilities
 * whatever the scale says: a reader who disagrees changes either, by giving a scale or by replacing rows of the result.
 *
 * @throws InvalidInputError where the scale is not in order between 0 and 1
 * @example updateBeliefs(priors, likelihoodsFromWords(loadEvidence().rows))
 */
export function likelihoodsFromWords(
  evidence: readonly Evidence[],
  scale: WordScale = ILLUSTRATIVE_SCALE,
): Judged<HypothesisId>[] {
  lengthOf("likelihoodsFromWords", "evidence", evidence);
  const { expected, possible, unexpected } = scale;
  if (!(unexpected >= 0 && unexpected <= possible && possible <= expected && expected <= 1)) {
    throw new InvalidInputError(
      `likelihoodsFromWords: the scale is unexpected ${unexpected}, possible ${possible}, expected ${expected}; it must rise from 0 to 1 in this order`,
      "scale",
    );
  }
  return evidence.map(({ id, title, expectation }) => ({
    id,
    label: title,
    likelihoods: byHypothesis(HYPOTHESIS_IDS, (one) => scale[expectation[one]]),
  }));
}

/**
 * The same belief in each hypothesis: a place to start from, not the absence of a judgement.
 *
 * @example equalPriors().deadlock // 0.2
 */
export function equalPriors(): Readonly<Record<HypothesisId, number>> {
  return byHypothesis(HYPOTHESIS_IDS, () => 1 / HYPOTHESIS_IDS.length);
}

/**
 * The evidence: what is stated, when, and on which pages. No judgement is in it.
 *
 * @param country rows of one country only; all unless told
 * @example show(evidenceTable(loadEvidence(), "Uzbekistan"))
 */
export function evidenceTable(evidence: Dataset<Evidence>, country?: Evidence["country"]): Table {
  const rows = evidence.rows.filter((row) => country === undefined || row.country === country);
  return table(rows, {
    caption: `${country === undefined ? "Public facts" : headings[country]}, in the order of their days`,
    data: evidence,
    columns: [
      {
        label: "When",
        value: ({ when }) => when.reported?.text ?? `${when.earliest} to ${when.latest}`,
      },
      { label: "Row", value: "title" },
      { label: "What the sources state", value: "statement" },
      { label: "Sources", value: "sources" },
    ],
  });
}

const headings = {
  Azerbaijan: "Azerbaijan: two featured women, both released",
  Uzbekistan: "Uzbekistan: one featured woman, no release found",
  campaign: "The campaign as a whole",
} as const;

/**
 * How this project reads each row: the words by hypothesis, and why. Judgements, to be disagreed with.
 *
 * @example show(readingTable(loadEvidence()))
 */
export function readingTable(evidence: Dataset<Evidence>): Table {
  return table(evidence.rows, {
    caption: "How the rows are read here: a judgement, not public record",
    data: evidence,
    columns: [
      { label: "Row", value: "title" },
      ...HYPOTHESIS_IDS.map((id) => ({
        label: HYPOTHESIS_NAMES[id],
        value: (row: Evidence) => row.expectation[id],
      })),
      { label: "Why", value: "reading" },
    ],
  });
}
