/** The women whose fits the search moves towards Table 1; rows 0 to 18 are the campaign's. */
export interface Population {
  /** Row numbers in the order of their times. */
  readonly order: Int16Array;
  /** Covariates of each row, one bit a column (covariates.ts). */
  readonly mask: Uint16Array;
  /** 1 where the time ends with a release, 0 where it is censored. */
  readonly event: Uint8Array;
  /** 1 where covariates are missing: the row is in model 1 only. */
  readonly incomplete: Uint8Array;
}

/** What the public record fixes and the search may not touch. */
export interface Fixed {
  /**
   * Number of women of the campaign. They are the first rows, and all of theirs is on record: places relative to each
   * other, events and masks.
   */
  readonly treated: number;
  /** Two rows with the same day on record: the earlier and the later row in `order`, or -1. */
  readonly tie: readonly [number, number];
  /** How many rows fit before the first, second … fixed time, since days are whole. */
  readonly room: readonly number[];
}

export function emptyPopulation(n: number): Population {
  return {
    order: new Int16Array(n),
    mask: new Uint16Array(n),
    event: new Uint8Array(n),
    incomplete: new Uint8Array(n),
  };
}

/** Overwrites one population with another of the same size. */
export function copyPopulation(from: Population, to: Population): void {
  to.order.set(from.order);
  to.mask.set(from.mask);
  to.event.set(from.event);
  to.incomplete.set(from.incomplete);
}
