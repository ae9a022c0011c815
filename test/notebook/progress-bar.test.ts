import { expect, test } from "vitest";
import { progressBar } from "../../lib/notebook";

/** A bar whose clock and paper are the test's. */
function bar() {
  let time = 0;
  const written: string[] = [];
  const drawn = progressBar("Reading", { now: () => time, write: (text) => written.push(text) });
  return { written, drawn, at: (milliseconds: number) => (time = milliseconds) };
}

test("what takes less than a second shows nothing", () => {
  const { written, drawn, at } = bar();
  at(999);
  drawn.update(1, 2);
  drawn.end();
  expect(written).toEqual([]);
});

test("a bar writes over itself, at most ten times a second, and leaves nothing behind", () => {
  const { written, drawn, at } = bar();
  for (const time of [1000, 1050, 1100, 1101, 1500]) {
    at(time);
    drawn.update(time, 2000);
  }
  drawn.end();
  drawn.end();
  expect(written).toHaveLength(4);
  expect(written[0]).toBe("\rReading ████████████░░░░░░░░░░░░ 50% 1 s");
  expect(written[2]).toMatch(/^\rReading █{18}░{6} 75% 2 s$/);
  const [line = "", wiped = ""] = written.slice(2);
  expect(wiped).toBe(`\r${" ".repeat(line.length - 1)}\r`);
});

test("an unknown total is 0 %", () => {
  const { written, drawn, at } = bar();
  at(2000);
  drawn.update(5, 0);
  expect(written[0]).toContain("0%");
});
