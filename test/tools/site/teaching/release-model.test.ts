import { describe, expect, test } from "vitest";
import { kaplanMeier, loadLongList, logRank, releaseOutcomes } from "../../../../lib";
import {
  codingOf,
  countedBy,
  type ReleaseData,
  releaseResult,
} from "../../../../tools/site/teaching/client/release-model";
import { releaseData } from "../../../../tools/site/teaching/release-data";

/** The control of follow-up and coding, as the page computes it: from JSON. */
const data: ReleaseData = JSON.parse(JSON.stringify(releaseData()));

describe("the control of follow-up and coding", () => {
  test("is about the three women of the paper's unclear cases", () => {
    expect(data.unclear.map(({ name }) => name).sort()).toEqual([
      "Liu Xia",
      "María Lourdes Afiuni",
      "Matlyuba Kamilova",
    ]);
  });

  test.each(["strict", "working-paper", "published-article", "broad"] as const)(
    "gives what the notebook gives under the %s coding",
    (coding) => {
      const women = loadLongList({ coding });
      for (const followUpMonths of [6, 24, 36]) {
        const outcomes = releaseOutcomes(women, { clock: "launch", followUpMonths });
        const result = releaseResult(data, { followUpMonths, counted: countedBy(data, coding) });
        expect(result.pValue).toBe(logRank(outcomes).pValue);
        expect(result.coding?.name).toBe(coding);
        const [curve] = kaplanMeier(outcomes, { order: ["short list", "long list"] });
        const drawn = result.figure.data.find((trace) => trace.name === "short list");
        expect(drawn?.y).toEqual([1, ...(curve?.survival ?? [])]);
      }
    },
  );

  test("has an answer for every follow-up and every choice of the three, and an axis that stays", () => {
    const ids = data.unclear.map(({ id }) => id);
    for (let months = 1; months <= 36; months++) {
      for (let chosen = 0; chosen < 8; chosen++) {
        const counted = new Set(ids.filter((_, index) => (chosen >> index) & 1));
        const { figure, pValue, sentence } = releaseResult(data, { followUpMonths: months, counted });
        expect(pValue).toBeGreaterThan(0);
        expect(pValue).toBeLessThanOrEqual(1);
        expect(JSON.stringify(figure.layout)).toContain('"range":[-0.72,36.72]');
        // No label or line stands where nobody was followed.
        const ends = JSON.stringify(figure.layout).matchAll(/"curve-l[^{}]*?"x1?":([\d.]+)/g);
        for (const [, x] of ends) expect(Number(x)).toBeLessThanOrEqual(months + 0.02 * 36 + 1e-9);
        expect(sentence).toContain("synthetic");
        expect(JSON.stringify(figure)).toContain("SYNTHETIC DATA");
      }
    }
  });

  test("calls a choice that is nobody's by no name", () => {
    const kamilova = data.unclear.find(({ name }) => name.startsWith("Matlyuba"))?.id ?? "";
    expect(codingOf(data, new Set([kamilova]))).toBeNull();
    const result = releaseResult(data, { followUpMonths: 36, counted: new Set([kamilova]) });
    expect(result.sentence).toContain("a coding of your own: 16 of 19 featured");
  });
});
