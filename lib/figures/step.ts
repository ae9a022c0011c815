/** A right-continuous step function: value[i] holds from time[i] until the next time. */
export interface Steps {
  readonly time: readonly number[];
  readonly value: readonly (number | null)[];
}

/**
 * The corners of the area between two step functions on the same times: along the upper one, back along the
 * lower one. It ends before the first time at which a limit does not exist (R gives none where S = 0).
 *
 * @returns x and y of a closed polygon; empty where there is no area
 */
export function stepBand(
  time: readonly number[],
  lower: readonly (number | null)[],
  upper: readonly (number | null)[],
  until: number,
): { readonly x: number[]; readonly y: number[] } {
  const missing = time.findIndex((_, index) => lower[index] == null || upper[index] == null);
  const known = missing < 0 ? time.length : missing;
  const end = missing < 0 ? until : (time[missing] ?? until);
  const over = corners({ time: time.slice(0, known), value: upper.slice(0, known) }, end);
  const under = corners({ time: time.slice(0, known), value: lower.slice(0, known) }, end);
  return { x: [...over.x, ...under.x.reverse()], y: [...over.y, ...under.y.reverse()] };
}

/** The corners of a step function, up to `end`. */
function corners(steps: Steps, end: number): { x: number[]; y: number[] } {
  const x: number[] = [];
  const y: number[] = [];
  steps.time.forEach((time, index) => {
    const value = steps.value[index];
    if (value == null) return;
    x.push(time, steps.time[index + 1] ?? end);
    y.push(value, value);
  });
  return { x, y };
}
