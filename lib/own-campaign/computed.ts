import { SurvivalError } from "../statistics";
import { type Table, table } from "../tables";

/** A result, or in plain words why these data give none. */
export type Computed<T> =
  | { readonly computed: true; readonly value: T }
  | { readonly computed: false; readonly reason: string };

/**
 * Runs a calculation that needs something of the data: two groups, an event, a covariate that varies. What the data lack
 * becomes a reason; an error of the program stays an error.
 *
 * @example computed(() => logRank({ time: [3], event: [1], group: ["treated"] })).computed // false
 */
export function computed<T>(calculation: () => T): Computed<T> {
  try {
    return { computed: true, value: calculation() };
  } catch (error) {
    return notComputed(error);
  }
}

/** The same for a calculation that takes its time. */
export async function computedLater<T>(calculation: () => Promise<T>): Promise<Computed<T>> {
  try {
    return { computed: true, value: await calculation() };
  } catch (error) {
    return notComputed(error);
  }
}

function notComputed(error: unknown): Computed<never> {
  if (!(error instanceof SurvivalError)) throw error;
  return { computed: false, reason: error.message.replace(/^\w+: /, "") };
}

/**
 * What to show of a result that may be missing: what `draw` makes of it, or a small table that says what could not be
 * computed and why.
 *
 * @param what the result's name, such as "Log-rank test"
 * @example whenComputed("Log-rank test", analysis.logRank, (test) => logRankTable(test, { data }))
 */
export function whenComputed<T, Shown>(
  what: string,
  result: Computed<T>,
  draw: (value: T) => Shown,
): Shown | Table {
  if (result.computed) return draw(result.value);
  return table([{ "Not computed": what, Why: result.reason }]);
}
