import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  beliefSensitivity,
  decibels,
  equalPriors,
  HYPOTHESIS_IDS,
  type Judged,
  likelihoodsFromWords,
  loadEvidence,
  probabilityIfFalse,
  processTracingTest,
  updateBeliefs,
  wordScale,
} from "../../../lib/paper/mechanisms";
import { fc } from "../../support/property";

interface Golden {
  rows: number;
  cases: { prior: number[]; expected: number; weight: number; posterior: number[] }[];
  decibels: { p: number; q: number; weight: number }[];
}
const golden: Golden = JSON.parse(readFileSync("test/golden/mechanisms.json", "utf8"));

const wet: Judged<"rain" | "sprinkler"> = {
  id: "wet",
  label: "Wet street",
  likelihoods: { rain: 0.9, sprinkler: 0.1 },
};
const even = { rain: 1, sprinkler: 1 };

describe("Bayes' rule against R", () => {
  const { rows } = loadEvidence();
  test.each(golden.cases)("priors $prior, expected $expected, weight $weight", (one) => {
    expect(rows).toHaveLength(golden.rows);
    const [shaming = 0, thirdParties = 0, deadlock = 0, inducements = 0, otherCauses = 0] = one.prior;
    const priors = { shaming, thirdParties, deadlock, inducements, otherCauses };
    const judged = likelihoodsFromWords(rows, wordScale(one.expected));
    const { posterior } = updateBeliefs(priors, judged, { weight: one.weight });
    HYPOTHESIS_IDS.forEach((id, at) => {
      const expected = one.posterior[at] ?? Number.NaN;
      expect(Math.abs(posterior[id] - expected)).toBeLessThanOrEqual(1e-12 * expected);
    });
  });

  test.each(golden.decibels)("weight of $p against $q", ({ p, q, weight }) => {
    expect(decibels(p, q)).toBeCloseTo(weight, 12);
  });
});

const open = { min: 0.01, max: 1, noNaN: true };

describe("updateBeliefs", () => {
  const priors = fc.record({ a: fc.double(open), b: fc.double(open), c: fc.double(open) });
  const pieces = fc.array(fc.record({ a: fc.double(open), b: fc.double(open), c: fc.double(open) }), {
    minLength: 1,
    maxLength: 30,
  });
  const judged = (all: readonly Record<"a" | "b" | "c", number>[]): Judged<"a" | "b" | "c">[] =>
    all.map((likelihoods, i) => ({ id: `e${i}`, label: `e${i}`, likelihoods }));

  test("beliefs add up to one at every step, and the order of the evidence does not matter", () => {
    fc.assert(
      fc.property(priors, pieces, (prior, all) => {
        const forwards = updateBeliefs(prior, judged(all));
        const backwards = updateBeliefs(prior, judged(all).reverse());
        for (const { posterior } of forwards.steps) expect(posterior.a + posterior.b + posterior.c).toBeCloseTo(1, 12);
        for (const h of ["a", "b", "c"] as const) expect(forwards.posterior[h]).toBeCloseTo(backwards.posterior[h], 10);
      }),
    );
  });

  test("evidence that is as likely under every hypothesis changes nothing", () => {
    fc.assert(
      fc.property(priors, fc.double(open), (prior, p) => {
        const { posterior, priors: before } = updateBeliefs(prior, judged([{ a: p, b: p, c: p }]));
        for (const h of ["a", "b", "c"] as const) expect(posterior[h]).toBeCloseTo(before[h], 12);
      }),
    );
  });

  test("a thousand pieces do not underflow", () => {
    const many = Array.from({ length: 1000 }, (_, i) => ({ ...wet, id: `w${i}` }));
    const { posterior, logPosterior, ranking } = updateBeliefs(even, many);
    expect(posterior).toEqual({ rain: 1, sprinkler: 0 });
    expect(logPosterior.sprinkler).toBeCloseTo(-1000 * Math.log(9), 6);
    expect(ranking).toEqual(["rain", "sprinkler"]);
  });

  test("a weight of one half is the square root of every likelihood, of zero nothing", () => {
    expect(updateBeliefs(even, [wet], { weight: 0.5 }).posterior.rain).toBeCloseTo(0.75, 12);
    expect(updateBeliefs(even, [wet], { weight: 0 }).posterior.rain).toBe(0.5);
  });

  test("zero likelihoods and zero priors stay zero", () => {
    const never = { ...wet, likelihoods: { rain: 0.5, sprinkler: 0 } };
    expect(updateBeliefs(even, [never]).posterior).toEqual({ rain: 1, sprinkler: 0 });
    expect(updateBeliefs({ rain: 0, sprinkler: 2 }, [wet]).posterior).toEqual({ rain: 0, sprinkler: 1 });
  });

  test.each([
    ["a negative prior", () => updateBeliefs({ rain: -1, sprinkler: 1 }, [wet]), 'the prior of "rain" is -1'],
    ["a prior that is no number", () => updateBeliefs({ ...even, rain: Number.NaN }, [wet]), '"rain" is NaN'],
    ["priors of zero", () => updateBeliefs({ rain: 0, sprinkler: 0 }, [wet]), "add up to 0"],
    ["one hypothesis", () => updateBeliefs({ rain: 1 }, []), "at least two hypotheses"],
    [
      "a likelihood above one",
      () => updateBeliefs(even, [{ ...wet, likelihoods: { rain: 90, sprinkler: 0.1 } }]),
      'of "wet" under "rain" is 90',
    ],
    [
      "a likelihood that is missing",
      // @ts-expect-error the type check knows the hypotheses
      () => updateBeliefs(even, [{ ...wet, likelihoods: { rain: 0.9 } }]),
      'under "sprinkler" is undefined',
    ],
    [
      "a likelihood too many",
      // @ts-expect-error the type check knows the hypotheses
      () => updateBeliefs(even, [{ ...wet, likelihoods: { rain: 0.9, sprinkler: 0.1, hose: 0.2 } }]),
      'has a likelihood for "hose"',
    ],
    ["a piece twice", () => updateBeliefs(even, [wet, wet]), '"wet" stands twice'],
    [
      "evidence that nothing allows",
      () => updateBeliefs(even, [{ ...wet, likelihoods: { rain: 0, sprinkler: 0 } }]),
      '"wet" is impossible under every hypothesis',
    ],
    ["a weight above one", () => updateBeliefs(even, [wet], { weight: 2 }), "the weight is 2"],
  ])("%s is an error that names it", (_, run, message) => {
    expect(run).toThrow(message);
  });
});

describe("beliefSensitivity", () => {
  const { rows } = loadEvidence();
  const beliefs = updateBeliefs(equalPriors(), likelihoodsFromWords(rows));
  const sensitivity = beliefSensitivity(beliefs);

  test("the prior that it names makes the two draw level, to the last digits", () => {
    for (const { hypothesis, priorToDrawLevel } of sensitivity.priors) {
      expect(priorToDrawLevel).not.toBeNull();
      const share = priorToDrawLevel ?? 0;
      const others = (1 - share) / (HYPOTHESIS_IDS.length - 1);
      const priors = { ...equalPriors() };
      for (const id of HYPOTHESIS_IDS) priors[id] = id === hypothesis ? share : others;
      const { posterior } = updateBeliefs(priors, beliefs.evidence);
      expect(posterior[hypothesis] / posterior[sensitivity.leader]).toBeCloseTo(1, 9);
    }
  });

  test("so does the likelihood under the leader", () => {
    for (const { id, leaderLikelihood } of sensitivity.pieces) {
      const changed = beliefs.evidence.map((piece) =>
        piece.id === id
          ? { ...piece, likelihoods: { ...piece.likelihoods, [sensitivity.leader]: leaderLikelihood } }
          : piece,
      );
      const { posterior } = updateBeliefs(equalPriors(), changed);
      expect(posterior[sensitivity.leader] / posterior[sensitivity.runnerUp]).toBeCloseTo(1, 9);
    }
  });

  test("weights of the pieces and of the priors add up to the gap", () => {
    const sum = sensitivity.pieces.reduce((total, { weight }) => total + weight, 0);
    expect(sum).toBeCloseTo(sensitivity.gap, 9);
    const half = beliefSensitivity(updateBeliefs(equalPriors(), beliefs.evidence, { weight: 0.5 }));
    expect(half.gap).toBeCloseTo(sensitivity.gap / 2, 9);
  });

  test("a rival that no probability can lift has none", () => {
    const close = beliefSensitivity(updateBeliefs(even, [{ ...wet, likelihoods: { rain: 0.5, sprinkler: 0.4 } }]));
    expect(close.pieces[0]?.rivalLikelihood.sprinkler).toBeCloseTo(0.5, 12);
    expect(close.pieces[0]?.rivalLikelihood.rain).toBeNull();
    const far = beliefSensitivity(updateBeliefs({ rain: 99, sprinkler: 1 }, [wet]));
    expect(far.pieces[0]?.rivalLikelihood.sprinkler).toBeNull();
    expect(() => beliefSensitivity(updateBeliefs({ rain: 1, sprinkler: 0 }, [wet]))).toThrow("only one hypothesis");
  });
});

describe("process-tracing tests", () => {
  test.each([
    [0.95, 0.5, "hoop"],
    [0.4, 0.05, "smoking gun"],
    [0.95, 0.05, "doubly decisive"],
    [0.6, 0.4, "straw in the wind"],
    [0.9, 0.1, "doubly decisive"],
    [0.05, 0.08, "straw in the wind"],
  ] as const)("%d against %d is a %s", (ifTrue, ifFalse, kind) => {
    expect(processTracingTest(ifTrue, ifFalse).kind).toBe(kind);
  });

  test("passing a hoop says little, failing it much; with a smoking gun it is the other way round", () => {
    const hoop = processTracingTest(0.95, 0.5);
    expect(hoop.passing).toBeCloseTo(2.788, 3);
    expect(hoop.failing).toBeCloseTo(-10, 6);
    const gun = processTracingTest(0.4, 0.04);
    expect(gun.passing).toBeCloseTo(10, 9);
    expect(Math.abs(gun.failing)).toBeLessThan(2.1);
    expect(processTracingTest(0.5, 0).passing).toBe(Infinity);
    expect(processTracingTest(0, 0).passing).toBe(0);
  });

  test("what a test is depends on the rivals", () => {
    const likelihoods = { a: 0.9, b: 0.2, c: 0.7 };
    expect(probabilityIfFalse({ a: 1, b: 1, c: 0 }, likelihoods, "a")).toBeCloseTo(0.2, 12);
    expect(probabilityIfFalse({ a: 1, b: 1, c: 1 }, likelihoods, "a")).toBeCloseTo(0.45, 12);
    expect(() => probabilityIfFalse({ a: 1, b: 0, c: 0 }, likelihoods, "a")).toThrow('no rival of "a"');
  });

  test("what is no probability, and limits that cross, are errors", () => {
    expect(() => processTracingTest(1.2, 0.5)).toThrow("ifTrue is 1.2");
    expect(() => processTracingTest(0.5, Number.NaN)).toThrow("ifFalse is NaN");
    expect(() => processTracingTest(0.5, 0.5, { certain: 0.4 })).toThrow("certain 0.4");
    expect(() => wordScale(0.4)).toThrow("from 0.5 to below 1");
    const { rows } = loadEvidence();
    expect(() => likelihoodsFromWords(rows, { expected: 0.4, possible: 0.5, unexpected: 0.3 })).toThrow("must rise");
  });
});
