import { checkFields } from "../statistics/inner";
/** A bar that shows how far something is. */
export interface ProgressBar {
  /** Draws it, at most ten times a second and not before its delay is over. */
  update(done: number, total: number): void;
  /** Wipes it. */
  end(): void;
}

export interface ProgressBarOptions {
  /** Milliseconds before it appears, so that what is quick shows none; 1000 unless told. */
  readonly delay?: number;
  /** Where it goes; by itself the notebook's output or the terminal, and nowhere if output goes to a file. */
  readonly write?: (text: string) => void;
  /** The time in milliseconds, for tests. */
  readonly now?: () => number;
}

const WIDTH = 24; // characters
const INTERVAL = 100; // milliseconds

/**
 * A progress bar for a notebook or a terminal: one line that writes over itself. It appears only once something has taken
 * longer than a second, and leaves nothing behind. `npm run notebooks` runs without it (HRD_PROGRESS=off), so that
 * committed outputs do not depend on how fast a machine is.
 *
 * @param label what is going on, such as "Reading arrests.csv"
 * @example
 * const bar = progressBar("Permuting");
 * await permutationLogRank(outcomes, { threads: 2, onProgress: bar.update });
 * bar.end();
 */
export function progressBar(label: string, options: ProgressBarOptions = {}): ProgressBar {
  checkFields("progressBar", "options", options, ["delay", "write", "now"]);
  const { delay = 1000, now = () => performance.now() } = options;
  const write = options.write ?? outlet();
  const start = now();
  let drawn = Number.NEGATIVE_INFINITY;
  let longest = 0;
  return {
    update(done, total) {
      const time = now();
      if (write === null || time - start < delay || time - drawn < INTERVAL) return;
      drawn = time;
      const line = barLine(label, total > 0 ? Math.min(done / total, 1) : 0, (time - start) / 1000);
      longest = Math.max(longest, line.length);
      write(`\r${line.padEnd(longest)}`);
    },
    end() {
      if (longest > 0) write?.(`\r${" ".repeat(longest)}\r`);
      longest = 0;
    },
  };
}

function barLine(label: string, share: number, seconds: number): string {
  const full = Math.round(share * WIDTH);
  const bar = "█".repeat(full) + "░".repeat(WIDTH - full);
  return `${label} ${bar} ${Math.floor(100 * share)}% ${seconds.toFixed(0)} s`;
}

/** The notebook's output if there is a kernel (where stderr would be red), else a terminal. */
function outlet(): ((text: string) => void) | null {
  if (process.env.HRD_PROGRESS === "off") return null;
  const inNotebook = typeof Reflect.get(globalThis, Symbol.for("Jupyter.display")) === "function";
  if (inNotebook) return (text) => void process.stdout.write(text);
  return process.stderr.isTTY === true ? (text) => void process.stderr.write(text) : null;
}
