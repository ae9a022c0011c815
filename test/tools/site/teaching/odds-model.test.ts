import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { oddsResult } from "../../../../tools/site/teaching/client/odds-model";

test("the control of selection says what the notebook's table says, for each of its odds", () => {
  const notebook = readFileSync("notebooks/01-long-list.ipynb", "utf8");
  const rows = [...notebook.matchAll(/"(\d+) to 1 +([\d.]+) +([\d.]+) +([\d.]+) +(\d+ %) +(\d+ %)(?:\\n)?"/g)];
  expect(rows.map(([, odds]) => Number(odds))).toEqual([1, 2, 3, 5, 10, 30]);
  for (const [, odds = "", , featured = "", others = "", five = "", printed = ""] of rows) {
    const { sentence } = oddsResult(Number(odds));
    expect(sentence).toContain(`Odds of ${odds} to 1`);
    expect(sentence).toContain(`in ${five} of a thousand such campaigns p is below 0.05, in ${printed} below 0.0001`);
    expect(sentence).toContain(`${featured} of the 19 featured and ${others} of the 18 others`);
  }
});
