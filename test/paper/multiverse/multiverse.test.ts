import { describe, expect, test } from "vitest";
import {
  type Choice,
  choiceEffects,
  curveTest,
  dealtFits,
  defensible,
  estimatedResults,
  type MultiverseDesign,
  multiverse,
  multiverseSummary,
  specifications,
  specificationText,
} from "../../../lib/paper/multiverse";
import { scorePath, scoreTest } from "../../../lib/paper/multiverse/score-path";
import { seededRandom } from "../../../lib/statistics";
import { cox } from "../../../lib/survival/cox";
import { fc } from "../../support/property";

const choice = (name: string, ...levels: string[]): Choice => ({
  name,
  label: name,
  levels: levels.map((level) => ({ name: level, label: level, reasoning: "" })),
});

/** Sixteen women; who is featured, and a second covariate. */
const time = [3, 5, 5, 8, 9, 12, 14, 15, 18, 20, 21, 25, 30, 36, 36, 36];
const event = [1, 1, 1, 1, 0, 1, 1, 0, 1, 1, 1, 0, 1, 0, 0, 0];
const featured = [1, 1, 1, 0, 1, 0, 1, 1, 0, 1, 0, 0, 1, 0, 0, 0];
const year = [2, 3, 1, 4, 2, 2, 5, 1, 3, 4, 2, 1, 3, 2, 5, 4];
const women = time.map((_, i) => i);

const design: MultiverseDesign = {
  choices: [choice("follow-up", "36", "18"), choice("adjustment", "none", "year"), choice("ties", "efron", "breslow")],
  term: "featured",
  provenance: ["synthetic"],
  analyse: (specification) => {
    const end = Number(specification["follow-up"]);
    return {
      input: {
        time: time.map((value) => Math.min(value, end)),
        event: event.map((value, i) => (time[i] <= end ? value : 0)),
        covariates: { featured, ...(specification.adjustment === "year" && { year }) },
      },
      options: { ties: specification.ties === "breslow" ? "breslow" : "efron" },
      n: time.length,
      women,
      couldBeTreated: women.map(() => true),
      notes: [],
    };
  },
};

describe("specifications", () => {
  test("are all combinations, less those that make no sense, which are counted by reason", () => {
    const choices = [choice("a", "1", "2"), choice("b", "x", "y", "z")];
    const { kept, excluded } = specifications(choices, ({ a, b }) => (a === "2" && b !== "x" ? "only x" : null));
    expect(kept.map((one) => Object.values(one).join(""))).toEqual(["1x", "1y", "1z", "2x"]);
    expect(excluded).toEqual([{ reason: "only x", count: 2 }]);
    expect(specificationText(choices, kept[2])).toBe("1, z");
  });

  test("bad choices are named", () => {
    expect(() => specifications([choice("a")])).toThrow('the choice "a" has no level');
    expect(() => specifications([choice("a", "1", "1")])).toThrow('in the choice "a" the level "1" is there twice');
    expect(() => specifications([choice("a", "1"), choice("a", "2")])).toThrow('the choice "a" is there twice');
    expect(() => specificationText([choice("a", "1")], { a: "9" })).toThrow('has "9" for "a", which has 1');
  });
});

describe("multiverse", () => {
  test("each result is cox() on the rows of its specification", () => {
    const { results } = multiverse(design);
    expect(results).toHaveLength(8);
    const [first] = results;
    const [term] = cox({ time, event, covariates: { featured } }).terms;
    expect(first?.estimate).toBe(term?.coefficient);
    expect(first?.standardError).toBe(term?.standardError);
    expect(first?.pValue).toBe(term?.pValue);
    expect([first?.n, first?.events, first?.treatedEvents]).toEqual([16, 10, 6]);
    expect(Math.exp(first?.upper ?? 0)).toBeCloseTo(term?.upper ?? 0, 12);
  });

  test.each([
    ["no event", { event: event.map(() => 0) }, /no row has the event/],
    [
      "no featured event",
      { event: event.map((value, i) => (featured[i] === 1 ? 0 : value)) },
      /separation.*no featured woman/,
    ],
    [
      "no other event",
      { event: event.map((value, i) => (featured[i] === 0 ? 0 : value)) },
      /separation.*no other woman/,
    ],
    ["nobody featured", { covariates: { featured: featured.map(() => 0) } }, /does not vary/],
    ["nobody", { time: [], event: [], covariates: { featured: [] } }, /nobody is left/],
  ])("a specification with %s has a reason and no estimate", (_, change, reason) => {
    const changed: MultiverseDesign = {
      ...design,
      analyse: (specification) => {
        const analysis = design.analyse(specification);
        return "reason" in analysis ? analysis : { ...analysis, input: { ...analysis.input, ...change } };
      },
    };
    const run = multiverse(changed);
    for (const result of run.results) {
      expect(result.estimate).toBeNull();
      expect(result.pValue).toBeNull();
      expect(result.reason).toMatch(reason);
    }
    const summary = multiverseSummary(run);
    expect(summary.without.reduce((sum, { count }) => sum + count, 0)).toBe(8);
    expect([summary.estimated, summary.median, summary.sameSign]).toEqual([0, null, 0]);
  });

  test("an analysis that cannot be had has its own reason", () => {
    const run = multiverse({ ...design, analyse: () => ({ reason: "no weights" }) });
    expect(multiverseSummary(run).without).toEqual([{ reason: "no weights", count: 8 }]);
  });
});

describe("multiverseSummary and choiceEffects", () => {
  const run = multiverse(design);

  test("shares and extremes are those of the sorted results", () => {
    const sorted = estimatedResults(run);
    const summary = multiverseSummary(run);
    expect(summary.smallest).toBe(sorted[0]?.estimate);
    expect(summary.largest).toBe(sorted[7]?.estimate);
    expect(summary.median).toBeCloseTo(((sorted[3]?.estimate ?? 0) + (sorted[4]?.estimate ?? 0)) / 2, 14);
    expect(summary.sameSign + sorted.filter(({ estimate }) => estimate * summary.sign < 0).length / 8).toBe(1);
  });

  test("estimates that only roundings part stand in the order of their specifications", () => {
    const parted = run.results.map((result, at) => ({ ...result, estimate: 0.5 - at * 1e-14 }));
    expect(estimatedResults({ results: parted }).map(({ index }) => index)).toEqual(
      run.results.map(({ index }) => index),
    );
  });

  test("pairs differ in one choice; on a balanced design the variance adds up to the explained share", () => {
    const { effects, explained } = choiceEffects(run);
    for (const effect of effects) {
      expect(effect.pairs).toBe(4);
      expect(effect.unique).toBeCloseTo(effect.alone, 10);
      const [a, b] = effect.levels.map(({ mean }) => mean ?? 0);
      expect(effect.meanChange).toBeGreaterThanOrEqual(Math.abs(a - b) - 1e-12);
    }
    expect(effects.reduce((sum, { alone }) => sum + alone, 0)).toBeCloseTo(explained, 10);
    const changes = effects.map(({ meanChange }) => meanChange ?? 0);
    expect(changes).toEqual([...changes].sort((a, b) => b - a));
  });

  test("without results nothing is moved", () => {
    const { effects, explained } = choiceEffects({ ...run, results: [] });
    expect(explained).toBe(0);
    expect(effects.map(({ pairs, meanChange }) => [pairs, meanChange])).toEqual([
      [0, null],
      [0, null],
      [0, null],
    ]);
  });
});

describe("the score test and the curve's permutation test", () => {
  test("without other covariates it is the score test of cox()", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.boolean(), fc.boolean(), fc.integer({ min: 0, max: 8 })), {
          minLength: 6,
          maxLength: 20,
        }),
        (rows) => {
          const input = {
            time: rows.map(([t]) => t),
            entry: rows.map(([t, , , e]) => Math.min(e, t - 1)),
            event: rows.map(([, e]) => (e ? 1 : 0)),
            covariates: { featured: rows.map(([, , f]) => (f ? 1 : 0)) },
          };
          const ids = rows.map((_, i) => i);
          const path = scorePath(
            { input, n: rows.length, women: ids, couldBeTreated: ids.map(() => true), notes: [] },
            "featured",
          );
          const test = path === null ? null : scoreTest(path, Uint8Array.from(input.covariates.featured));
          if (!input.event.includes(1)) return;
          const { chiSquare, df } = cox(input).tests.score;
          expect((test?.z ?? 0) ** 2).toBeCloseTo(df === 0 ? 0 : chiSquare, 8);
        },
      ),
      { numRuns: 60, seed: 5 },
    );
  });

  test("the same seed gives the same permutations, and p lies between 1/(B + 1) and 1", () => {
    const of = () => true;
    const [one, two, other] = [1, 1, 2].map((seed) => curveTest(design, { of, permutations: 60, seed }));
    expect(one).toEqual(two);
    expect(other?.medianStep.permuted).not.toEqual(one?.medianStep.permuted);
    expect([one?.specifications, one?.pool, one?.featured]).toEqual([8, 16, 8]);
    for (const statistic of [one?.medianStep, one?.significant, one?.stouffer]) {
      expect(statistic?.pValue).toBeGreaterThanOrEqual(1 / 61);
      expect(statistic?.pValue).toBeLessThanOrEqual(1);
    }
  });

  test("labels drawn at random are seldom far out, labels that are the outcome always are", () => {
    const withLabels = (labels: readonly number[]): MultiverseDesign => ({
      ...design,
      analyse: (specification) => {
        const analysis = design.analyse(specification);
        if ("reason" in analysis) return analysis;
        return {
          ...analysis,
          input: { ...analysis.input, covariates: { ...analysis.input.covariates, featured: labels } },
        };
      },
    });
    const early = time.map((value) => (value < 13 ? 1 : 0));
    expect(curveTest(withLabels(early), { of: () => true, permutations: 99 }).stouffer.pValue).toBeLessThan(0.03);
    const random = seededRandom(4);
    const values = Array.from({ length: 40 }, () => {
      const labels = [...featured];
      random.shuffle(labels);
      return curveTest(withLabels(labels), { of: () => true, permutations: 39 }).stouffer.pValue;
    });
    // Of 40 p values on a grid of 40 about 4 lie at or below 0.1; 12 would be a wonder.
    expect(values.filter((p) => p <= 0.1).length).toBeLessThan(12);
  });

  test("p counts distance from the mean of all dealings, the observed one among them", () => {
    const { centre, permuted, observed, pValue } = curveTest(design, {
      of: () => true,
      permutations: 99,
    }).stouffer;
    const mean = permuted.reduce((sum, value) => sum + value, observed) / 100;
    expect(centre).toBeCloseTo(mean, 12);
    const far = permuted.filter((value) => Math.abs(value - mean) >= Math.abs(observed - mean) - 1e-9);
    expect(pValue).toBe((1 + far.length) / 100);
    const fromZero = permuted.filter((value) => Math.abs(value) >= Math.abs(observed) - 1e-9);
    expect(fromZero.length).not.toBe(far.length);
  });

  test("nothing to test is an error", () => {
    expect(() => curveTest(design, { of: () => false })).toThrow("of 0 chosen specifications none can be tested");
  });
});

describe("dealtFits", () => {
  const specification = { "follow-up": "36", adjustment: "year", ties: "efron" };

  test("each dealing is cox() on the labels that curveTest() deals, and the step U/V has its sign, not its size", () => {
    const of = (one: Readonly<Record<string, string>>) =>
      Object.entries(specification).every(([name, level]) => one[name] === level);
    const fits = dealtFits(design, specification, { dealings: 60, seed: 3 });
    const steps = curveTest(design, { of, permutations: 60, seed: 3 }).medianStep;
    expect(fits.observed).toBe(cox({ time, event, covariates: { featured, year } }).terms[0]?.coefficient);
    expect([fits.dealt.length, fits.without, fits.pool, fits.featured]).toEqual([60, 0, 16, 8]);
    const signs = (values: readonly number[]) => values.map(Math.sign);
    expect(signs(fits.dealt)).toEqual(signs(steps.permuted));
    const apart = fits.dealt.map((value, i) => Math.abs(value - (steps.permuted[i] ?? 0)));
    expect(Math.max(...apart)).toBeGreaterThan(0.1);
    const variance = fits.dealt.reduce((sum, value) => sum + (value - fits.mean) ** 2, 0) / 59;
    expect(fits.standardError).toBeCloseTo(Math.sqrt(variance / 60), 12);
  });

  test("dealings without a finite estimate are counted, and nothing to fit is an error", () => {
    const only = { ...design, analyse: () => ({ reason: "no rows" }) };
    expect(() => dealtFits(only, specification)).toThrow("dealtFits: the specification has no analysis: no rows");
    const few = event.map((value, i) => (i < 4 ? value : 0));
    const rare: MultiverseDesign = {
      ...design,
      analyse: (one) => {
        const analysis = design.analyse(one);
        return "reason" in analysis ? analysis : { ...analysis, input: { ...analysis.input, event: few } };
      },
    };
    const { dealt, without } = dealtFits(rare, { ...specification, adjustment: "none" }, { dealings: 80 });
    expect(without).toBeGreaterThan(0);
    expect(dealt.length + without).toBe(80);
    expect(dealt.every((value) => Math.abs(value) < 10)).toBe(true);
  });
});

test("what is defensible has no wrong level, in the choices and in the results", () => {
  const marked: MultiverseDesign = {
    ...design,
    choices: design.choices.map((one) =>
      one.name === "ties"
        ? { ...one, levels: one.levels.map((l) => (l.name === "breslow" ? { ...l, wrong: true } : l)) }
        : one,
    ),
  };
  const run = defensible(multiverse(marked));
  expect(run.results.map(({ index }) => index)).toEqual([0, 2, 4, 6]);
  expect(multiverse(defensible(marked)).results.map(({ estimate }) => estimate)).toEqual(
    run.results.map(({ estimate }) => estimate),
  );
  const all = marked.choices.map((one) => ({
    ...one,
    levels: one.levels.map((l) => ({ ...l, wrong: true as const })),
  }));
  expect(() => defensible({ choices: all })).toThrow('defensible: the choice "follow-up" has no level');
});
