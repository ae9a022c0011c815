import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { inOrder } from "../../../tools/notebooks/in-order";
import { fc } from "../../support/property";

test("results and lines come in the order of the tasks, however long each takes", async () => {
  const duration = fc.integer({ min: 0, max: 4 });
  await fc.assert(
    fc.asyncProperty(fc.array(duration, { maxLength: 6 }), fc.integer({ min: 1, max: 3 }), async (times, jobs) => {
      const lines: string[] = [];
      let running = 0;
      let most = 0;
      const results = await inOrder(
        times.map((time, index) => ({ time, index })),
        jobs,
        async ({ time, index }, say) => {
          running += 1;
          most = Math.max(most, running);
          say(`${index} begins`);
          await wait(time);
          say(`${index} ends`);
          running -= 1;
          return index;
        },
        (line) => lines.push(line),
      );
      expect(results).toEqual(times.map((_, index) => index));
      expect(lines).toEqual(times.flatMap((_, index) => [`${index} begins`, `${index} ends`]));
      expect(most).toBe(Math.min(jobs, times.length));
    }),
    { numRuns: 30 },
  );
});

test("the first unfinished task speaks at once", async () => {
  const lines: string[] = [];
  await inOrder(
    ["slow", "quick"],
    2,
    async (task, say) => {
      say(`${task} begins`);
      if (task === "slow") {
        expect(lines).toEqual(["slow begins"]);
        await wait(5);
      }
      say(`${task} ends`);
    },
    (line) => lines.push(line),
  );
  expect(lines).toEqual(["slow begins", "slow ends", "quick begins", "quick ends"]);
});

test("a task that fails fails the whole", async () => {
  const failing = inOrder(
    [1, 2],
    2,
    async (task) => Promise.reject(new Error(`task ${task}`)),
    () => undefined,
  );
  await expect(failing).rejects.toThrow("task 1");
});
