/**
 * Runs tasks a few at a time and passes on what they say as if they had run one after the other: the first unfinished
 * task speaks at once, those after it when it is their turn.
 *
 * @returns the results in the order of the tasks
 */
export async function inOrder<Task, Result>(
  tasks: readonly Task[],
  atOnce: number,
  run: (task: Task, say: (line: string) => void) => Promise<Result>,
  say: (line: string) => void,
): Promise<Result[]> {
  const waiting = tasks.map((): string[] => []);
  const finished = new Set<number>();
  let speaker = 0;
  const finish = (index: number): void => {
    finished.add(index);
    while (finished.has(speaker)) {
      speaker += 1;
      for (const line of waiting[speaker] ?? []) say(line);
    }
  };
  const results: Result[] = [];
  const queue = tasks.map((task, index) => ({ task, index }));
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const { task, index } = next;
      const speak = (line: string): void => {
        if (index === speaker) say(line);
        else waiting[index]?.push(line);
      };
      results[index] = await run(task, speak);
      finish(index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, tasks.length) }, work));
  return results;
}
