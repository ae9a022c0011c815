import { describe, expect, it } from "vitest";
import { InvalidInputError } from "../../../lib/statistics";
import { kaplanMeier } from "../../../lib/survival";
import { type CoxInput, cox, type TimeTransform } from "../../../lib/survival/cox";
import {
  coefficientOverTime,
  eventsPerCovariate,
  leaveClusterOut,
  logMinusLog,
  tiedEvents,
  wildScoreTest,
} from "../../../lib/survival/diagnostics";
import { expectAllClose, readGolden } from "../golden";

interface Line {
  readonly estimate: number[];
  readonly lower: number[];
  readonly upper: number[];
}

const golden = readGolden<{
  readonly smooths: readonly {
    readonly name: string;
    readonly ties: "efron" | "breslow";
    readonly input: CoxInput;
    readonly smooths: readonly {
      readonly transform: TimeTransform;
      readonly df: number;
      readonly points: number;
      readonly x: number[];
      readonly terms: readonly Line[];
    }[];
  }[];
  readonly clusters: {
    readonly input: CoxInput & { readonly cluster: string[] };
    readonly labels: string[];
    readonly coefficients: number[][];
    readonly standardErrors: number[];
  };
  readonly wild: { readonly scores: number[]; readonly z: number; readonly pValue: number };
  readonly logMinusLog: {
    readonly group: number[];
    readonly curves: readonly { readonly time: number[]; readonly value: number[] }[];
  };
}>("diagnostics");

describe.each(golden.smooths)("the smooth of plot.cox.zph: $name", ({ input, ties, smooths }) => {
  const fit = cox(input, { ties });
  it.each(smooths)("$transform, df $df", ({ transform, df, points, x, terms }) => {
    const found = coefficientOverTime(fit, { transform, df, points });
    expect(found.map(({ name }) => name)).toEqual(Object.keys(input.covariates));
    terms.forEach((term, j) => {
      const { smooth } = found[j];
      const where = `${transform} ${found[j].name}`;
      expectAllClose(
        smooth.map((at) => at.x),
        x,
        `${where} x`,
      );
      // A smooth crosses zero, where relative digits are lost: 1e-8 of the band's width.
      const scale = Math.max(...term.upper) - Math.min(...term.lower);
      for (const line of ["estimate", "lower", "upper"] as const) {
        const apart = smooth.map((at, k) => Math.abs(at[line] - term[line][k]) / scale);
        expect(Math.max(...apart), `${where} ${line}`).toBeLessThan(1e-8);
      }
    });
  });
});

describe("a fit without each cluster", () => {
  const { input, labels, coefficients, standardErrors } = golden.clusters;
  const found = leaveClusterOut(input);

  it("is coxph's without those rows, and the jackknife is that of R", () => {
    // R has labels that are numbers in the order of the alphabet.
    expect(found.clusters.map(({ cluster }) => cluster).sort()).toEqual([...labels].sort());
    found.clusters.forEach((one) => {
      expectAllClose(one.coefficients, coefficients[labels.indexOf(one.cluster)], `without ${one.cluster}`);
      expect(one.reason).toBeNull();
    });
    expectAllClose(found.standardErrors, standardErrors, "jackknife");
  });

  it("counts what it leaves out", () => {
    const rows = found.clusters.reduce((sum, one) => sum + one.rows, 0);
    const events = found.clusters.reduce((sum, one) => sum + one.events, 0);
    expect([rows, events]).toEqual([found.fit.n, found.fit.events]);
  });

  it("says which coefficient is lost and why", () => {
    const rare = {
      time: [1, 2, 3, 4, 5, 6, 7, 8],
      event: [1, 1, 1, 1, 1, 1, 0, 1],
      covariates: { only: [1, 0, 0, 1, 0, 0, 0, 0], other: [0, 1, 0, 1, 1, 0, 1, 0] },
      cluster: ["a", "b", "b", "a", "c", "c", "b", "c"],
    };
    const { clusters, standardErrors: errors } = leaveClusterOut(rare);
    expect(clusters[0]?.coefficients[0]).toBeNull();
    expect(clusters[0]?.reason).toContain('"only" is the same for all rows at risk');
    expect(errors[0]).toBeNull();
    expect(clusters[1]?.rows).toBe(3);
  });

  it("refuses a single cluster and a label too few", () => {
    const { cluster, ...rest } = input;
    expect(() => leaveClusterOut({ ...rest, cluster: cluster.map(() => "x") })).toThrow(/one label only, "x"/);
    expect(() => leaveClusterOut({ ...rest, cluster: ["x"] })).toThrow(InvalidInputError);
  });
});

describe("log(-log S)", () => {
  it("is that of survfit at the times of events", () => {
    const { input } = golden.clusters;
    const { time, event } = input;
    const curves = kaplanMeier({ time, event, group: golden.logMinusLog.group }).map(logMinusLog);
    curves.forEach((curve, g) => {
      expectAllClose(curve.time, golden.logMinusLog.curves[g]?.time ?? [], "time");
      expectAllClose(curve.value, golden.logMinusLog.curves[g]?.value ?? [], "value");
    });
  });

  it("is empty where all have their event at once", () => {
    const [curve] = kaplanMeier({ time: [2, 2], event: [1, 1] });
    expect(logMinusLog(curve)).toEqual({ label: "all", time: [], value: [] });
  });
});

describe("ties and events", () => {
  it("finds events at one time, rounding apart", () => {
    const tied = tiedEvents({ time: [0.1 + 0.2, 5, 0.3, 5, 5, 7], event: [1, 1, 1, 0, 1, 1] });
    expect(tied.map(({ rows }) => rows)).toEqual([
      [0, 2],
      [1, 4],
    ]);
    expect(tiedEvents({ time: [1, 2], event: [0, 1] })).toEqual([]);
  });

  it("counts events by value of a binary covariate", () => {
    const counts = eventsPerCovariate({
      time: [1, 2, 3, 4, 5],
      event: [1, 0, 1, 1, 0],
      covariates: { a: [1, 1, 0, 0, 0], age: [30, 40, 50, 60, 70], never: [0, 0, 0, 0, 0] },
    });
    expect(counts).toMatchObject({ events: 3, covariates: 3, ratio: 1 });
    expect(counts.binary).toEqual([
      {
        name: "a",
        rows: { one: 2, zero: 3 },
        events: { one: 1, zero: 2 },
        leastStandardError: Math.sqrt(1.5),
      },
      { name: "never", rows: { one: 0, zero: 5 }, events: { one: 0, zero: 3 }, leastStandardError: null },
    ]);
    expect(() => eventsPerCovariate({ time: [1], event: [1], covariates: {} })).toThrow(/covariates is empty/);
    expect(() => eventsPerCovariate({ time: [1], event: [1], covariates: { a: [1, 0] } })).toThrow(
      /covariates\.a has 2 elements and time has 1/,
    );
  });
});

describe("what a smooth refuses", () => {
  const fit = cox({ time: [1, 2, 3, 4], event: [1, 1, 0, 1], covariates: { a: [0, 1, 1, 0] } });
  it("too few times for the spline, settings that mean nothing, exact ties", () => {
    expect(() => coefficientOverTime(fit)).toThrow(/events have 3 distinct times; a spline with df = 4/);
    expect(() => coefficientOverTime(fit, { df: 1 })).toThrow(/df is 1; a whole number of at least 2/);
    expect(() => coefficientOverTime(fit, { df: 2, points: 1.5 })).toThrow(/points is 1.5/);
    const exact = cox({ time: [1, 2, 3, 4], event: [1, 1, 0, 1], covariates: { a: [0, 1, 1, 0] } }, { ties: "exact" });
    expect(() => coefficientOverTime(exact)).toThrow(/exact ties/);
  });
});

describe("the wild score bootstrap", () => {
  const { input } = golden.clusters;

  it("has R's efficient scores of hospitals, and the exact share of sign vectors", () => {
    const { clusters, z, pValue, combinations } = wildScoreTest(input, "women");
    expectAllClose(
      clusters.map(({ score }) => score),
      golden.wild.scores,
      "scores",
    );
    expectAllClose([z, pValue], [golden.wild.z, golden.wild.pValue], "test");
    expect(combinations).toBe(2 ** (golden.clusters.labels.length - 1));
  });

  it("does not know units, order of rows, or what clusters are called; a mirrored covariate has the mirrored z", () => {
    const four = { ...input, cluster: input.cluster.map((label) => String(Number(label) % 5)) };
    const { z, pValue } = wildScoreTest(four, "women");
    const { women, ...others } = input.covariates;
    const column = Array.from(women, Number);
    const changed = wildScoreTest(
      {
        ...four,
        covariates: { ...others, women: column.map((value) => 7 - 3 * value) },
        cluster: four.cluster.map((label) => `hospital ${9 - Number(label)}`),
      },
      "women",
    );
    expect(changed.z).toBeCloseTo(-z, 8);
    expect(changed.pValue).toBe(pValue);
    expect(pValue * 16).toBe(Math.round(pValue * 16));
  });

  it("with scores of one sign in all clusters p is the least there is", () => {
    const time = [1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3];
    const x = [1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0];
    const cluster = time.map((_, i) => "abcd"[Math.floor(i / 3)]);
    expect(wildScoreTest({ time, event: time.map(() => 1), covariates: { x }, cluster }, "x").pValue).toBe(1 / 8);
  });

  it("too few or too many clusters and an unknown covariate are refused", () => {
    const with2 = { ...input, cluster: input.cluster.map((_, i) => String(i % 2)) };
    expect(() => wildScoreTest(with2, "women")).toThrow("wildScoreTest: there are 2 clusters; 3 to 22 are needed");
    expect(() => wildScoreTest(input, "men")).toThrow(
      'wildScoreTest: no covariate is named "men"; there are age, women, ecog',
    );
  });
});
