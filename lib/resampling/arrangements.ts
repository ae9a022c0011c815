import { combinations } from "../statistics";

/** Labels as numbers, and positions that may exchange them: all, or those of each stratum. */
export interface Arrangeable {
  readonly code: Uint32Array;
  /** Positions of each stratum. */
  readonly strata: readonly Uint32Array[];
}

/** How many different arrangements of the labels there are: a multinomial number for each stratum. */
export function countArrangements({ code, strata }: Arrangeable): number {
  let product = 1;
  for (const positions of strata) {
    const sizes = new Map<number, number>();
    for (const position of positions) sizes.set(code[position], (sizes.get(code[position]) ?? 0) + 1);
    let rows = 0;
    for (const size of sizes.values()) {
      rows += size;
      product *= combinations(rows, size);
    }
  }
  return product;
}

/** Puts the labels into their first arrangement, increasing within each stratum. */
export function firstArrangement({ code, strata }: Arrangeable): void {
  for (const positions of strata) {
    const sorted = Uint32Array.from(positions, (position) => code[position]).sort();
    positions.forEach((position, i) => {
      code[position] = sorted[i];
    });
  }
}

/**
 * Puts the labels into the next arrangement: the strata turn like the wheels of a counter. Each different arrangement
 * comes once (Knuth, The Art of Computer Programming 4A, 7.2.1.2, algorithm L).
 *
 * @returns false after the last, when the labels are in their first arrangement again
 */
export function nextArrangement(arrangeable: Arrangeable): boolean {
  return arrangeable.strata.some((positions) => nextInStratum(arrangeable.code, positions));
}

function nextInStratum(code: Uint32Array, positions: Uint32Array): boolean {
  const last = positions.length - 1;
  let j = last - 1;
  while (j >= 0 && code[positions[j]] >= code[positions[j + 1]]) j--;
  if (j >= 0) {
    let l = last;
    while (code[positions[j]] >= code[positions[l]]) l--;
    exchange(code, positions[j], positions[l]);
  }
  for (let k = j + 1, l = last; k < l; k++, l--) exchange(code, positions[k], positions[l]);
  return j >= 0;
}

function exchange(code: Uint32Array, a: number, b: number): void {
  const kept = code[a];
  code[a] = code[b];
  code[b] = kept;
}
