import type { Provenance } from "../../files";
import { checkOneOf, lengthOf } from "../../statistics/inner";
import { type Dataset, describeDataset, type LoadOptions, readResource } from "../schema/dataset";
import { projectPackage } from "../schema/project";
import { freeThe20ConcernsRow, type PublicConcern } from "../schema/rows";

/** The five concerns that the paper codes from each report, in the order of its Table 1. */
export const CONCERNS = ["prisonerOfConscience", "torture", "deathPenalty", "legal", "medical"] as const;
export type Concern = (typeof CONCERNS)[number];

/** Whether each concern is stated; null where it was not coded. */
export type Concerns = Readonly<Record<Concern, boolean | null>>;

/**
 * One value for each concern from several reports: yes if any report says yes, no if none does and at least one is
 * coded, missing if none is.
 *
 * This is how the paper's "any torture concerns" reads. It also means that a woman with more reports has more chances
 * of a yes.
 *
 * @param reports at least one
 * @example anyConcern([{ ...none, torture: null }, { ...none, torture: false }]).torture // false
 */
export function anyConcern(reports: readonly Concerns[]): Concerns {
  lengthOf("anyConcern", "reports", reports);
  const any = (concern: Concern): boolean | null => {
    const coded = reports.map((report) => report[concern]).filter((value) => value !== null);
    return coded.length === 0 ? null : coded.includes(true);
  };
  return {
    prisonerOfConscience: any("prisonerOfConscience"),
    torture: any("torture"),
    deathPenalty: any("deathPenalty"),
    legal: any("legal"),
    medical: any("medical"),
  };
}

/**
 * How a concern that no page states is read. `"mentioned"`: as no, which is what the paper's coding of reports implies (a
 * concern is coded where a report names it). `"known"`: as missing, for unknown is not no.
 */
export const CONCERN_READINGS = ["mentioned", "known"] as const;
export type ConcernReading = (typeof CONCERN_READINGS)[number];

/** What published pages say about a featured woman, and how it is coded here. */
export interface PublicConcerns extends Concerns {
  readonly id: string;
  /** The pages that a yes rests on; none beside any other code. */
  readonly pages: Readonly<Record<Concern, readonly string[]>>;
  readonly provenance: Provenance;
}

/** Options of {@link loadPublicConcerns}. */
export interface ConcernOptions extends LoadOptions {
  /** How an unknown concern is read; `"mentioned"` if left out. */
  readonly concerns?: ConcernReading;
}

/**
 * The five concerns of the nineteen featured women as published pages state them, coded by one rule a concern (the
 * codebook: `npm run data:check`). The pages are public record, the codes this project's judgement.
 *
 * "unknown" is no where `concerns` is "mentioned", and null where it is "known"; "none found" is no in both.
 *
 * @throws DataError listing every problem of the file; InvalidInputError for an unknown reading.
 * @example loadPublicConcerns({ concerns: "known" }).rows.filter((woman) => woman.torture === null).length // 13
 */
export function loadPublicConcerns({ concerns, ...options }: ConcernOptions = {}): Dataset<PublicConcerns> {
  const reading = concerns ?? "mentioned";
  checkOneOf("loadPublicConcerns", "concerns", reading, CONCERN_READINGS);
  const read = (found: PublicConcern): boolean | null =>
    found === "unknown" && reading === "known" ? null : found === "yes";
  const descriptor = projectPackage();
  const { location, resource, rows } = readResource(descriptor, "freethe20-concerns", options, true);
  const coded = rows.map(freeThe20ConcernsRow).map(
    (row): PublicConcerns => ({
      id: row.id,
      prisonerOfConscience: read(row.prisoner_of_conscience),
      torture: read(row.torture),
      deathPenalty: read(row.death_penalty),
      legal: read(row.legal),
      medical: read(row.medical),
      pages: {
        prisonerOfConscience: row.source_prisoner_of_conscience,
        torture: row.source_torture,
        deathPenalty: [],
        legal: row.source_legal,
        medical: row.source_medical,
      },
      provenance: row.provenance,
    }),
  );
  return describeDataset(location, resource.title, coded, descriptor);
}
