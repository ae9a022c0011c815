import type { Provenance } from "../../files";
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

/** What published documents say about a featured woman, and how it is coded here. */
export interface PublicConcerns extends Concerns {
  readonly id: string;
  readonly provenance: Provenance;
}

/**
 * The five concerns of the nineteen featured women as published documents, mostly Amnesty International's, state them:
 * public record, compiled by this project.
 *
 * "yes" and "likely" are coded yes. "unknown" and "none found" are coded no, as the paper codes what a report does not
 * mention.
 *
 * @throws DataError listing every problem of the file.
 * @example loadPublicConcerns().rows.filter((woman) => woman.torture).length
 */
export function loadPublicConcerns(options: LoadOptions = {}): Dataset<PublicConcerns> {
  const descriptor = projectPackage();
  const { location, resource, rows } = readResource(descriptor, "freethe20-concerns", options, true);
  const coded = rows.map(freeThe20ConcernsRow).map(
    (row): PublicConcerns => ({
      id: row.id,
      prisonerOfConscience: isYes(row.prisoner_of_conscience),
      torture: isYes(row.torture),
      deathPenalty: isYes(row.death_penalty),
      legal: isYes(row.legal),
      medical: isYes(row.medical),
      provenance: row.provenance,
    }),
  );
  return describeDataset(location, resource.title, coded, descriptor);
}

const isYes = (found: PublicConcern): boolean => found === "yes" || found === "likely";
