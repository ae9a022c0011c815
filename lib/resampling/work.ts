/**
 * Work in independent units. A unit's result depends on its number only, not on what ran before it or where; so the
 * results are the same to the last bit however units are shared out.
 */
export interface Work {
  /** Numbers that each unit gives. */
  readonly width: number;
  /**
   * Computes a unit and writes its numbers from `at` on.
   *
   * @returns why it could not be computed, or null
   */
  run(unit: number, values: Float64Array, at: number): string | null;
}

/** A unit that could not be computed, and why. */
export interface UnitFailure {
  readonly unit: number;
  readonly reason: string;
}
