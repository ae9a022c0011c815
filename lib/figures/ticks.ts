import { log10, powerOfTen } from "../statistics/elementary";

/** Distances that suit months as well as plain numbers. */
const STEPS: readonly number[] = [1, 2, 3, 6, 12, 24, 60, 120];

/**
 * The distance of the ticks on a time axis: at most nine ticks, so that the risk table's columns stay apart
 * on a narrow screen, at a distance that makes sense for months (1, 2, 3, 6, 12, …) where the axis is that
 * long.
 *
 * @param end end of the axis, greater than 0
 * @throws RangeError where it is not
 * @example tickStep(36) // 6
 */
export function tickStep(end: number): number {
  if (!(end > 0 && Number.isFinite(end))) throw new RangeError(`tickStep(${end}): the axis must end after 0`);
  const step = end >= 4 ? STEPS.find((candidate) => end / candidate <= 8) : undefined;
  if (step !== undefined) return step;
  const power = powerOfTen(Math.floor(log10(end / 8)));
  return (
    [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => end / candidate <= 8) ?? power * 10
  );
}

/** The ticks of a time axis from 0 to its end. @throws RangeError as {@link tickStep}. */
export function tickTimes(end: number, every = tickStep(end)): number[] {
  return Array.from({ length: Math.floor(end / every + 1e-9) + 1 }, (_, index) => index * every);
}
