import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  loadFreeThe20,
  loadJournalists,
  loadPrisoners,
  loadPublished,
  loadUrgentActions,
  releaseOutcomes,
} from "../../../lib/data";
import {
  compareWithPrinted,
  controlGroup,
  headlines,
  headlinesTable,
  tableOneData,
  tableOneModels,
} from "../../../lib/paper";
import { logRank } from "../../../lib/survival";
import { tableHtml } from "../../../lib/tables";
import { lines as linesOf, readNotebook } from "../../../tools/notebooks/notebook";

const lines = headlines();
const line = (about: string): string => lines.find((one) => one.about === about)?.found ?? "";

describe("what was found, in six lines", () => {
  test("README opens with the lines that are computed, before any heading", () => {
    const front = readFileSync("README.md", "utf8").split("\n## Two commands")[0];
    const wanted = lines.map(
      ({ about, found, restsOn }, at) => `${at + 1}. **${about}.** ${found} *Rests on: ${restsOn}.*`,
    );
    expect(front?.split("\n").filter((text) => /^\d\. /.test(text))).toEqual(wanted);
    expect(front).toContain("notebooks/pictures/figure-1.png");
  });

  test("notebook 00 shows them before anything else", () => {
    const [first] = readNotebook("notebooks/00-campaign.ipynb").cells;
    expect(first?.tags).toContain("six-lines");
    expect(JSON.stringify(first?.outputs)).toContain(JSON.stringify(linesOf(tableHtml(headlinesTable(lines)))));
  });

  test("each says what it rests on; what rests on made-up women says so", () => {
    expect(lines).toHaveLength(6);
    expect(new Set(lines.map(({ about }) => about)).size).toBe(6);
    for (const about of ["Table 1", "The clock"])
      expect(lines.find((one) => one.about === about)?.restsOn).toMatch(/made-up/);
    expect(line("Table 1")).toMatch(/attainable/i);
  });

  test("Table 1: no number is farther from its printed one than the line says", () => {
    const group = controlGroup(loadUrgentActions(), loadPrisoners());
    const { furthest } = compareWithPrinted(tableOneModels(tableOneData(group)), loadPublished().table1);
    const bound = Number(/within (0\.\d+) of all/.exec(line("Table 1"))?.[1]);
    expect(Math.abs(furthest?.difference ?? Number.NaN)).toBeLessThanOrEqual(bound);
    expect(bound).toBeLessThan(0.04);
  });

  test("Figure 1: every order of that many releases gives the printed p, and one more does not", () => {
    const known = releaseOutcomes(loadFreeThe20(), { clock: "launch" });
    const days = [...new Set([...known.time].filter((_, i) => known.event[i]))].sort((a, b) => a - b);
    const gaps = [0, ...days].map((day, at) => (day + (days[at] ?? 36)) / 2);
    const pWith = (released: readonly number[], early = 0): number => {
      const times = [...Array<number>(early).fill(1e-6), ...released, ...Array<number>(18 - released.length).fill(36)];
      const events = times.map((_, i) => i < early + released.length);
      return logRank({
        time: [...known.time, ...times],
        event: [...known.event, ...events],
        group: [...known.time, ...times].map((_, i) => (i < known.time.length ? "short" : "long")),
      }).pValue;
    };
    const atMost = { two: 2, three: 3 }[/at most (\w+)/.exec(line("Figure 1"))?.[1] ?? ""] ?? Number.NaN;
    // The earliest releases of the others make the largest p.
    const earliest = (count: number): number => pWith(Array<number>(count).fill(gaps[0] ?? 0));
    expect(earliest(atMost)).toBeLessThan(0.0001);
    expect(earliest(atMost + 1)).toBeGreaterThan(0.0001);
    const pairs = gaps.flatMap((a, i) => gaps.slice(i).map((b) => pWith([a, b])));
    expect(Math.max(...pairs)).toBeLessThan(0.0001);
    // Footnote 4: no pair, and no triple of one gap, comes above the highest p of the line.
    const highest = Number(/is (0\.\d+)\.$/.exec(line("Footnote 4"))?.[1]);
    const journalists = loadJournalists().rows.length;
    const added = gaps.flatMap((a, i) => gaps.slice(i).map((b) => pWith([a, b], journalists)));
    expect(Math.max(...added)).toBeLessThan(highest + 0.00005);
    expect(highest).toBeLessThan(0.058 / 10);
  });
});
