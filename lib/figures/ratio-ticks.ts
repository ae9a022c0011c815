import { log, log10, powerOfTen } from "../statistics/elementary";

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
    choices.map(inside).find((found) => found.length >= 3 && found.length <= 9 && reaches(found)) ??
    inside(decades);
  return {
    at: fitting.map(log),
    text: fitting.map(ratioText),
  };
}

/** 0.25, 10, 10⁶. */
function ratioText(ratio: number): string {
  const power = Math.round(log10(ratio));
  if (Math.abs(power) < 4 || Math.abs(ratio / powerOfTen(power) - 1) > 1e-6)
    return String(Number(ratio.toPrecision(3)));
  const digits = [...String(Math.abs(power))].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)] ?? "").join("");
  return `10${power < 0 ? "⁻" : ""}${digits}`;
}
