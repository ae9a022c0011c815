import { describe, expect, test } from "vitest";
import { isoDay } from "../../lib/dates";
import {
  analyseCampaign,
  endsFigure,
  loadCampaign,
  releaseFigure,
  reportTable,
  spellsFigure,
  whenComputed,
} from "../../lib/own-campaign";
import { seededRandom } from "../../lib/statistics/random";
import { tableText } from "../../lib/tables";
import { SMALL, small, written } from "./support";

const quiet = { progress: false };

describe("one row", () => {
  test.each([
    ["released", "a,2016-01-01,2016-05-01,yes"],
    ["still held", "a,2016-01-01,,no"],
  ])("%s: what there is is shown, and what there is not has its reason", async (_, row) => {
    const data = await loadCampaign(written("one.csv", small(row)), SMALL, quiet);
    const analysis = await analyseCampaign(data, quiet);
    const { curves, logRank, permutation, balance, proportionalHazards, restrictedMean, competing, models } = analysis;
    expect(curves).toHaveLength(1);
    for (const part of [logRank, permutation, balance, proportionalHazards, restrictedMean, competing]) {
      expect(part.computed).toBe(false);
      expect(part).toMatchObject({ reason: expect.stringMatching(/\w{3,} \w+/) });
    }
    expect(models.map(({ fit, remark }) => [fit, remark !== undefined])).toEqual([[null, true]]);
    expect(releaseFigure(data, analysis)).toHaveProperty("alt");
    expect(spellsFigure(data).alt).toContain("Swimmer plot of 1 person");
    expect(endsFigure(data, analysis)).toMatchObject({
      rows: [["Competing ends of custody", expect.any(String)]],
    });
    const missing = whenComputed("Log-rank test", logRank, () => "drawn");
    expect(typeof missing === "string" ? missing : tableText(missing)).toMatch(/Log-rank test +\S+/);
    expect(tableText(reportTable(data.report, { data }))).toMatch(/rows read +1/);
  });

  test("that ended on the day it began has no curve, and says so", async () => {
    const data = await loadCampaign(written("day.csv", small("a,2016-01-01,2016-01-01,yes")), SMALL, quiet);
    const analysis = await analyseCampaign(data, quiet);
    expect(releaseFigure(data, analysis)).toMatchObject({
      rows: [["Kaplan–Meier curves", "every row ends at time 0"]],
    });
    expect(spellsFigure(data)).toHaveProperty("alt");
  });
});

describe("20,000 rows", () => {
  const random = seededRandom(8);
  const rows = Array.from({ length: 20_000 }, (_, i) => {
    const treated = random.next() < 0.3;
    const detained = 14_000 + random.integer(3000);
    const days = 1 + Math.round(-Math.log(1 - random.next()) * (treated ? 400 : 700));
    const died = random.next() < 0.05;
    const end = detained + days > 17_800 ? "" : isoDay(detained + days);
    return `p${i},${isoDay(detained)},${died ? "" : end},${died ? end : ""},${20 + random.integer(50)},c${random.integer(8)},${treated ? "yes" : "no"}`;
  });
  const text = `id,detained,released,died,age,country,featured\n${rows.join("\n")}\n`;

  test("everything is computed, and figures stay small", async () => {
    const progress: number[] = [];
    const data = await loadCampaign(
      written("many.csv", text),
      {
        ...SMALL,
        columns: { ...SMALL.columns, died: "died", country: "country", covariates: ["age", "country"] },
      },
      { ...quiet, onProgress: (done, total) => progress.push(done / total) },
    );
    expect(data.n).toBe(20_000);
    expect(progress.at(-1)).toBe(1);
    const analysis = await analyseCampaign(data, { ...quiet, permutations: 199 });
    const { logRank, permutation, balance, proportionalHazards, restrictedMean, competing, models } = analysis;
    for (const part of [logRank, permutation, balance, proportionalHazards, restrictedMean, competing]) {
      expect(part).toMatchObject({ computed: true });
    }
    expect(models.map(({ label, n, remark }) => [label, n, remark])).toEqual([
      ["(1)", 20_000, undefined],
      ["(2)", 20_000, undefined],
      // Eight clusters for nine coefficients: the fit says that there are no errors, and nobody calls them too small.
      ["(3)", 20_000, undefined],
    ]);
    expect(models[2].fit?.warnings.map(({ message }) => message).join()).toContain("8 clusters are too few");
    expect(models[0].fit?.terms[0].hazardRatio).toBeCloseTo(700 / 400, 1);
    for (const figure of [releaseFigure(data, analysis), endsFigure(data, analysis), spellsFigure(data)]) {
      expect(JSON.stringify(figure).length).toBeLessThan(400_000);
    }
  });

  test("reading ends when a signal fires", async () => {
    const abort = new AbortController();
    abort.abort(new Error("enough"));
    await expect(loadCampaign(written("many.csv", text), SMALL, { ...quiet, signal: abort.signal })).rejects.toThrow(
      "enough",
    );
  });
});
