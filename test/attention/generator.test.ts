import { describe, expect, it } from "vitest";
import { attentionSeries, parseAttention, rescaled } from "../../lib/attention";
import { interruptedTimeSeries } from "../../lib/time-series";
import { ATTENTION, attentionFiles } from "../../tools/data/attention";

const launch = "2015-09-01";
/** p of the pulse and of the level that stays, in the coverage that the generator makes. */
function coverage(assumptions: Partial<typeof ATTENTION>): { rise: number; lasting: number; half: number } {
  const text = attentionFiles({ ...ATTENTION, ...assumptions })["media-cloud-synthetic.csv"];
  const share = rescaled(attentionSeries(parseAttention(text, { file: "made.csv" }), "ratio"), 100_000, "");
  const { terms, halfLife } = interruptedTimeSeries(share, {
    intervention: launch,
    model: "pulse and level",
  });
  const p = (name: string) => terms.find(({ term }) => term === name)?.pValue ?? Number.NaN;
  return { rise: p("pulse"), lasting: p("level"), half: halfLife?.estimate ?? Number.NaN };
}

describe("the synthetic series of attention", () => {
  it("were not picked for their result: twelve other seeds show a rise, and seldom a level that stays", () => {
    const seeds = Array.from({ length: 12 }, (_, i) => coverage({ seed: i + 1 }));
    expect(seeds.every(({ rise }) => rise < 1e-4)).toBe(true);
    expect(seeds.filter(({ lasting }) => lasting > 0.05).length).toBeGreaterThanOrEqual(9);
    const middle = seeds.map(({ half }) => half).sort((a, b) => a - b)[6];
    expect(Math.abs(middle - ATTENTION.halfLife.coverage)).toBeLessThan(2);
  });

  it("a level that stays would be found", () => {
    expect(coverage({ lasting: 0.5 }).lasting).toBeLessThan(0.001);
  });

  it("no series is about a woman by name, and all names that a format has say that they are synthetic", () => {
    for (const [file, text] of Object.entries(attentionFiles())) {
      const { format, series } = parseAttention(text, { file });
      if (format === "media-cloud" || format === "gdelt-timeline") continue;
      for (const { name } of series) expect(name).toMatch(/synthetic/i);
    }
  });

  it("page views begin in July 2015, and GDELT in January 2017, as the services do", () => {
    const files = attentionFiles();
    const first = (file: string) => parseAttention(files[file], { file }).series[0].from;
    expect(first("pageviews-synthetic.csv")).toBe("2015-07-01");
    expect(first("pageviews-api-synthetic.json") >= "2015-07-01").toBe(true);
    expect(first("gdelt-synthetic.csv")).toBe("2017-01-01");
  });
});
