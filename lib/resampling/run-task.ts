import { checkWhole, type ThreadOptions } from "./options";
import { runHere } from "./run-here";
import { runInThreads } from "./threads";
import { startWork, type Task } from "./work";

/** What all units of a task gave: `width` numbers each, one after the other, and which could not be computed. */
export interface TaskResult {
  readonly width: number;
  readonly values: Float64Array;
  /** In order of unit. */
  readonly failures: readonly UnitFailure[];
}

export interface UnitFailure {
  readonly unit: number;
  readonly reason: string;
}

/** Runs a task's units on this thread or, where asked for, on several. */
export async function runTask(
  action: string,
  task: Task,
  units: number,
  options: ThreadOptions,
): Promise<TaskResult> {
  const { threads = 1 } = options;
  checkWhole(action, "threads", threads, 1, 256);
  const work = startWork(task);
  const { width } = work;
  const values = new Float64Array(units * width);
  const failures: UnitFailure[] = [];
  if (threads > 1) {
    await runInThreads(action, task, units, Math.min(threads, units), options, (part) => {
      values.set(part.values, part.from * width);
      failures.push(...part.failures);
    });
    failures.sort((a, b) => a.unit - b.unit);
  } else {
    await runHere(
      units,
      (unit) => {
        const reason = work.run(unit, values, unit * width);
        if (reason !== null) failures.push({ unit, reason });
      },
      options,
    );
  }
  return { width, values, failures };
}
