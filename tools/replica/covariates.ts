import type { Region } from "../../lib/data/schema";
import { TABLE_ONE_COVARIATES } from "../../lib/paper/control-group";

/**
 * The eleven columns of Table 1's fourth model, each a bit of a woman's mask, so that a row's share in the score and
 * the information depends on one small number.
 */
export const COVARIATES = TABLE_ONE_COVARIATES;

/** Number of different masks. */
export const MASKS = 1 << COVARIATES.length;

/** Positions of the five case characteristics in the mask. */
export const CHARACTERISTIC_BITS = [1, 2, 3, 4, 5] as const;

export const TORTURE_BIT = 2;
export const DEATH_PENALTY_BIT = 3;

/** Positions of the five regions in the mask. */
export const REGION_BITS = [6, 7, 8, 9, 10] as const;

/** All region bits; a mask without any of them is a woman of the reference group. */
export const REGION_MASK = REGION_BITS.reduce((mask, bit) => mask | (1 << bit), 0);

export const AMERICAS = 1 << 10;

/** The mask of a region. */
export function regionMask(region: Region): number {
  return 1 << COVARIATES.indexOf(region);
}
