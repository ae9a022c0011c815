import type { RunOptions } from "./options";

/** After so many milliseconds others get their turn: timers, a notebook's display, whoever wants to cancel. */
const TURN = 40;

/**
 * Goes through units 0 to count − 1 on this thread, in turns, so that progress is shown and a signal can end it.
 *
 * @throws the signal's reason once it has fired
 */
export async function runHere(
  count: number,
  run: (unit: number) => void,
  options: RunOptions,
): Promise<void> {
  const { signal, onProgress } = options;
  signal?.throwIfAborted();
  let turn = performance.now();
  for (let unit = 0; unit < count; unit++) {
    run(unit);
    if (performance.now() - turn < TURN || unit + 1 === count) continue;
    onProgress?.(unit + 1, count);
    await new Promise((resolve) => setTimeout(resolve, 0));
    signal?.throwIfAborted();
    turn = performance.now();
  }
  onProgress?.(count, count);
}
