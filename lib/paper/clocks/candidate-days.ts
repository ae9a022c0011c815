/**
 * For each interval of days, the days that have to be tried where only order and coincidence of days matter.
 *
 * Days that lie in the same intervals, with no fixed day between them, are alike: of such a stretch as many days are
 * needed as there are intervals that cover it, so that all orders and all coincidences within it are possible. A fixed
 * day is a stretch of its own. Without fixed days (null) every day is a candidate.
 *
 * @param intervals first and last day, as day numbers
 * @param fixed day numbers of all others
 */
export function candidateDays(
  intervals: readonly { readonly from: number; readonly to: number }[],
  fixed: readonly number[] | null,
): number[][] {
  if (fixed === null) {
    return intervals.map(({ from, to }) => Array.from({ length: to - from + 1 }, (_, i) => from + i));
  }
  // Day numbers at which a new stretch begins.
  const cuts = new Set<number>();
  for (const { from, to } of intervals) cuts.add(from).add(to + 1);
  for (const day of fixed) cuts.add(day).add(day + 1);
  const edges = [...cuts].sort((a, b) => a - b);
  const days = intervals.map((): number[] => []);
  for (let e = 0; e + 1 < edges.length; e++) {
    const [start, end] = [edges[e] ?? 0, edges[e + 1] ?? 0];
    const covering = intervals.flatMap(({ from, to }, i) => (from <= start && end - 1 <= to ? [i] : []));
    const needed = Math.min(covering.length, end - start);
    for (const i of covering) for (let k = 0; k < needed; k++) days[i]?.push(start + k);
  }
  return days;
}
