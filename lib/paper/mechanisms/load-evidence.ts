import type { Dataset, LoadOptions } from "../../data/schema";
import {
  describeDataset,
  type EvidenceCountry,
  type Expectation,
  evidenceRow,
  intervalOf,
  projectPackage,
  readResource,
} from "../../data/schema";
import { type DateInterval, pointOf } from "../../dates";
import { DataError, type Provenance } from "../../files";
import type { HypothesisId } from "./hypothesis";

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
