import { CONCERNS, loadPublicConcerns } from "../../lib/data/urgent-actions";
import { CHARACTERISTIC_BITS } from "./covariates";

/** Columns of urgent_actions.csv for the five concerns, in the order of CONCERNS and CHARACTERISTIC_BITS. */
export const CONCERN_COLUMNS = ["prisoner_of_conscience", "torture", "death_penalty", "legal", "medical"] as const;

/**
 * The concerns that public documents state about the women of the campaign, as bits of the covariates' mask.
 *
 * @returns by identifier
 * @throws DataError listing every problem of the file
 */
export function publishedConcerns(): ReadonlyMap<string, number> {
  return new Map(
    loadPublicConcerns().rows.map((woman) => {
      const bits = CONCERNS.map((concern, i) => (woman[concern] === true ? 1 << CHARACTERISTIC_BITS[i] : 0));
      return [woman.id, bits.reduce((mask, bit) => mask | bit, 0)];
    }),
  );
}
