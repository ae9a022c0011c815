import type { Provenance } from "../../files";
import type { Dataset, LoadOptions } from "../schema/dataset";
import { projectPackage } from "../schema/project";
import { describeDataset, readResource } from "../schema/read-resource";
import { freeThe20ConcernsRow, type PublicConcern } from "../schema/rows";
import type { Concerns } from "./concerns";

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
