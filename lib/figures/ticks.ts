import { InvalidInputError } from "../statistics";
import { log, log10, powerOfTen } from "../statistics/elementary";
import { formatFixed } from "./label";

/** Distances that suit months as well as plain numbers. */
const STEPS: readonly number[] = [1, 2, 3, 6, 12, 24, 60, 120];

/**
 * The distance of the ticks on a time axis: at most nine ticks, so that the risk table's columns stay apart
 * on a narrow screen, at a distance that makes sense for months (1, 2, 3, 6, 12, …) where the axis is that
 * long.
 *
 * @param end end of the axis, greater than 0
 * @throws InvalidInputError where it is not
 * @example tickStep(36) // 6
 */
export function tickStep(end: number): number {
  if (!(end > 0 && Number.isFinite(end)))
    throw new InvalidInputError(`tickStep: the axis must end after 0; it ends at ${end}`, "end");
  const step = end >= 4 ? STEPS.find((candidate) => end / candidate <= 8) : undefined;
  if (step !== undefined) return step;
  const power = powerOfTen(Math.floor(log10(end / 8)));
  return [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => end / candidate <= 8) ?? power * 10;
}

/**
 * The ticks of a time axis from 0 to its end; its own ones in place of more than a thousand, which nobody could read.
 *
 * @throws InvalidInputError as {@link tickStep}
 */
export function tickTimes(end: number, asked = tickStep(end)): number[] {
  const every = end / asked > 1000 ? tickStep(end) : asked;
  return Array.from({ length: Math.floor(end / every + 1e-9) + 1 }, (_, index) => index * every);
}

/** Ticks for an axis of logarithms that is read as ratios. */
export interface RatioTicks {
  /** Natural logarithms. */
  readonly at: readonly number[];
  readonly text: readonly string[];
}

/**
 * Round ratios between two natural logarithms, three to nine of them: powers of ten where the range is wide, quarters
 * where it is narrow.
 *
 * @example ratioTicks(-0.8, 0.8).text // ["0.5", "0.75", "1", "1.25", "1.5", "1.75", "2"]
 */
export function ratioTicks(low: number, high: number): RatioTicks {
  const decades = Array.from({ length: 25 }, (_, k) => powerOfTen(k - 12));
  const choices = [
    [0.8, 0.9, 1, 1.1, 1.25],
    [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.25, 2.5, 2.75, 3],
    [0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4, 6, 8],
    decades.flatMap((power) => [power, 2 * power, 5 * power]),
    decades.flatMap((power) => [power, 3 * power]),
    decades,
    decades.filter((_, k) => k % 2 === 0),
    decades.filter((_, k) => k % 3 === 0),
    decades.filter((_, k) => k % 6 === 0),
  ];
  const inside = (ratios: readonly number[]): number[] =>
    ratios.filter((ratio) => log(ratio) >= low - 1e-9 && log(ratio) <= high + 1e-9);
  const reaches = (found: readonly number[]): boolean =>
    log((found.at(-1) ?? 1) / (found[0] ?? 1)) >= 0.45 * (high - low);
  const fitting =
    choices.map(inside).find((found) => found.length >= 3 && found.length <= 9 && reaches(found)) ?? inside(decades);
  return {
    at: fitting.map(log),
    text: fitting.map(powerText),
  };
}

/** A number as the tick of an axis by powers of ten: 0.25, 10, 10⁶. */
export function powerText(ratio: number): string {
  const power = Math.round(log10(ratio));
  if (Math.abs(power) < 4 || Math.abs(ratio / powerOfTen(power) - 1) > 1e-6)
    return String(Number(ratio.toPrecision(3)));
  const digits = [...String(Math.abs(power))].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)] ?? "").join("");
  return `10${power < 0 ? "⁻" : ""}${digits}`;
}

/** A ratio with two or three significant digits, as a column of a forest figure has room for. */
export function ratioText(value: number): string {
  if (value === Infinity) return "∞";
  if (value >= 1000) return ">999";
  if (value > 0 && value < 0.005) return "<0.01";
  return formatFixed(value, value >= 100 ? 0 : value >= 10 ? 1 : 2);
}
