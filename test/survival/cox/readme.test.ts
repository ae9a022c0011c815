import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { normalQuantile } from "../../../lib/statistics";
import { cholesky, choleskyInverse } from "../../../lib/statistics/inner";
import { type CoxDesign, type CoxInput, coxDesign } from "../../../lib/survival/cox/design";
import { likelihoodOf, memberScores, solutionOf } from "../../../lib/survival/cox/engine";
import { findSeparation } from "../../../lib/survival/cox/estimable";
import { fillRiskSums, type RiskSums, riskSumsFor } from "../../../lib/survival/cox/hazards";
import {
  baselineHazard,
  cox,
  influence,
  predictSurvival,
  proportionalHazards,
  residuals,
} from "../../../lib/survival/cox/index";
import { maximise, profileLimits } from "../../../lib/survival/cox/newton";
import { evaluate, information, type Objective } from "../../../lib/survival/cox/partial-likelihood";
import { atRiskAt, riskSets } from "../../../lib/survival/cox/risk-sets";
import { robustCovariance, scoreProducts, scoreResiduals } from "../../../lib/survival/cox/score-residuals";
import { expectAllClose, expectClose } from "../golden";

const folder = "lib/survival/cox";
const text = readFileSync(path.join(folder, "README.md"), "utf8");
const tested: string[] = [];

/** A test of the formula that stands behind a label of the README. */
function formula(label: string, test: () => void): void {
  tested.push(label);
  it(`(${label})`, test);
}

const n = 24;
const rows = Array.from({ length: n }, (_, i) => i);
const plain: CoxInput = {
  time: rows.map((i) => 2 + ((i * 7) % 9)),
  event: rows.map((i) => (i % 4 === 1 ? 0 : 1)),
  covariates: { a: rows.map((i) => Math.sin(3 * i)), year: rows.map((i) => 2010 + ((i * i) % 7)) },
};
const everything: CoxInput = {
  ...plain,
  entry: rows.map((i) => ((i * 5) % 4) / 2),
  weights: rows.map((i) => 1 + (i % 3) / 2),
  strata: rows.map((i) => i % 2),
  offset: rows.map((i) => ((i * 11) % 5) / 10),
};
/** Everybody has left before the last events. */
const gap: CoxInput = { ...plain, entry: rows.map((i) => (i % 3 === 0 ? 0 : ((i * 7) % 9) + 1.5)) };
const inputs = { plain, everything, gap };
const beta = Float64Array.of(0.3, -0.2);

/** One factor of the partial likelihood: the rows at risk with r·φ, where φ = 1 − f for the d that have their event. */
interface Term {
  readonly stratum: number;
  readonly time: number;
  readonly f: number;
  readonly weight: number;
  readonly dying: readonly number[];
  readonly atRisk: readonly { readonly i: number; readonly r: number; readonly phi: number }[];
}

const weightOf = (design: CoxDesign, i: number): number => design.weights?.[i] ?? 1;
const positions = (design: CoxDesign): number[] => Array.from(design.row.keys());
const covariate = (design: CoxDesign, j: number, i: number): number => design.x[j * design.n + i];
const stratumOf = (design: CoxDesign, i: number): number => design.strata.findLastIndex((from) => from <= i);
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const columns = (design: CoxDesign): number[] => design.names.map((_, j) => j);
const isAtRisk = (design: CoxDesign, i: number, stratum: number, time: number): boolean =>
  stratumOf(design, i) === stratum && (design.entry?.[i] ?? -Infinity) < time && time <= design.time[i];

function etaOf(design: CoxDesign, at: ArrayLike<number>, i: number): number {
  return (design.offset?.[i] ?? 0) + sum(columns(design).map((j) => at[j] * covariate(design, j, i)));
}

function termsOf(design: CoxDesign, at: ArrayLike<number>, ties: "efron" | "breslow"): Term[] {
  const events = positions(design).filter((i) => design.event[i] === 1);
  const keys = [...new Set(events.map((i) => `${stratumOf(design, i)} ${design.time[i]}`))];
  return keys.flatMap((key) => {
    const [stratum, time] = key.split(" ").map(Number);
    const dying = events.filter((i) => stratumOf(design, i) === stratum && design.time[i] === time);
    const total = sum(dying.map((i) => weightOf(design, i)));
    const count = ties === "efron" ? dying.length : 1;
    return Array.from({ length: count }, (_, k) => ({
      stratum,
      time,
      f: k / count,
      weight: total / count,
      dying,
      atRisk: positions(design)
        .filter((i) => isAtRisk(design, i, stratum, time))
        .map((i) => ({
          i,
          r: weightOf(design, i) * Math.exp(etaOf(design, at, i)),
          phi: dying.includes(i) ? 1 - k / count : 1,
        })),
    }));
  });
}

/** S₀ − f·D₀ and the like. */
const over = ({ atRisk }: Term, value: (i: number) => number): number =>
  sum(atRisk.map(({ i, r, phi }) => r * phi * value(i)));
const total = (term: Term): number => over(term, () => 1);
const meanOf = (design: CoxDesign, term: Term, j: number): number =>
  over(term, (i) => covariate(design, j, i)) / total(term);
const fromEvents = (design: CoxDesign, value: (i: number) => number): number =>
  sum(positions(design).map((i) => weightOf(design, i) * design.event[i] * value(i)));

function logLikelihood(design: CoxDesign, at: ArrayLike<number>, ties: "efron" | "breslow"): number {
  const logs = termsOf(design, at, ties).map((term) => term.weight * Math.log(total(term)));
  return fromEvents(design, (i) => etaOf(design, at, i)) - sum(logs);
}

function scoreAt(design: CoxDesign, at: ArrayLike<number>, ties: "efron" | "breslow"): number[] {
  const terms = termsOf(design, at, ties);
  return columns(design).map(
    (j) =>
      fromEvents(design, (i) => covariate(design, j, i)) -
      sum(terms.map((term) => term.weight * meanOf(design, term, j))),
  );
}

/** Σ of the terms' variances times a factor at their time, row-major. */
function informationAt(design: CoxDesign, terms: readonly Term[], factor = (_: number) => 1): number[] {
  return columns(design).flatMap((j) =>
    columns(design).map((k) =>
      sum(
        terms.map((term) => {
          const second = over(term, (i) => covariate(design, j, i) * covariate(design, k, i)) / total(term);
          const variance = second - meanOf(design, term, j) * meanOf(design, term, k);
          return factor(term.time) * term.weight * variance;
        }),
      ),
    ),
  );
}

/** The terms that row i is at risk for, and how much it counts there: φ·w̄/(S₀ − f·D₀). */
function increments(terms: readonly Term[], i: number) {
  return terms.flatMap((term) => {
    const own = term.atRisk.find((one) => one.i === i);
    return own === undefined ? [] : [{ term, change: (own.phi * term.weight) / total(term) }];
  });
}

const inverse = (matrix: ArrayLike<number>, p: number): Float64Array =>
  choleskyInverse(cholesky(Float64Array.from(matrix), p));

function sumsAt(design: CoxDesign, ties: "efron" | "breslow", at: Float64Array): RiskSums {
  const sums = riskSumsFor(design, ties);
  fillRiskSums(sums, at);
  return sums;
}

/** Runs a check on each of the inputs, with both methods for ties. */
function each(check: (design: CoxDesign, ties: "efron" | "breslow", where: string) => void): void {
  for (const [name, input] of Object.entries(inputs))
    for (const ties of ["efron", "breslow"] as const) check(coxDesign("test", input), ties, `${name} ${ties}`);
}

function expectMatrix(actual: ArrayLike<number>, expected: readonly number[], where: string): void {
  expectAllClose(
    Array.from(actual, (v) => v + 10),
    expected.map((v) => v + 10),
    where,
    1e-10,
  );
}

describe("the formulas of lib/survival/cox/README.md, by the letter", () => {
  formula("risk set", () => {
    each((design, _, where) => {
      const sets = riskSets(design);
      for (let s = 0; s + 1 < sets.strata.length; s++) {
        const walked = new Set<number>();
        for (let e = sets.strata[s + 1] - 1; e >= sets.strata[s]; e--) {
          const time = design.time[sets.first[e]];
          const members = positions(design).filter((i) => isAtRisk(design, i, s, time));
          const stayed = [...walked];
          for (let i = sets.first[e]; i < sets.until[e]; i++) walked.add(i);
          for (let k = sets.leave[e]; k < sets.leaveUntil[e]; k++) walked.delete(sets.leaving?.[k] ?? -1);
          expect(
            [...walked].sort((a, b) => a - b),
            where,
          ).toEqual(members);
          expect(sets.fresh[e], where).toBe(stayed.some((i) => walked.has(i)) ? 0 : 1);
          expect(atRiskAt(design, sets, s, e)).toEqual(members);
          const dying = members.filter((i) => design.time[i] === time && design.event[i] === 1);
          expect(sets.deaths[e]).toBe(dying.length);
          expectClose(sets.weight[e], sum(dying.map((i) => weightOf(design, i))), where);
        }
      }
    });
  });

  for (const [label, ties] of [
    ["Breslow", "breslow"],
    ["Efron", "efron"],
  ] as const) {
    formula(label, () => {
      for (const input of Object.values(inputs)) {
        const design = coxDesign("test", input);
        const expected = logLikelihood(design, beta, ties);
        expectClose(fillRiskSums(riskSumsFor(design, ties), beta), expected, label);
        expectClose(likelihoodOf(design, { ties }).plain(beta).logLikelihood, expected, label);
      }
    });
  }

  formula("score", () => {
    each((design, ties, where) => {
      expectMatrix(evaluate(riskSumsFor(design, ties), beta).score, scoreAt(design, beta, ties), where);
    });
  });

  formula("information", () => {
    each((design, ties, where) => {
      const expected = informationAt(design, termsOf(design, beta, ties));
      expectMatrix(evaluate(riskSumsFor(design, ties), beta).information, expected, where);
    });
  });

  formula("expected", () => {
    each((design, ties, where) => {
      const terms = termsOf(design, beta, ties);
      const expected = positions(design).map((i) => {
        const r = weightOf(design, i) * Math.exp(etaOf(design, beta, i));
        return r * sum(increments(terms, i).map(({ change }) => change));
      });
      expectMatrix(sumsAt(design, ties, beta).expected, expected, where);
    });
  });

  formula("products", () => {
    each((design, ties, where) => {
      const sums = sumsAt(design, ties, beta);
      const terms = termsOf(design, beta, ties);
      const x = (j: number, i: number) => covariate(design, j, i);
      const martingale = (i: number) => weightOf(design, i) * design.event[i] - sums.expected[i];
      const score = columns(design).map((j) => sum(positions(design).map((i) => martingale(i) * x(j, i))));
      expectMatrix(score, scoreAt(design, beta, ties), where);
      const products = columns(design).flatMap((j) =>
        columns(design).map((k) => {
          const ofRows = positions(design).map((i) => sums.expected[i] * x(j, i) * x(k, i));
          const ofMeans = terms.map((t) => t.weight * meanOf(design, t, j) * meanOf(design, t, k));
          return sum(ofRows) - sum(ofMeans);
        }),
      );
      expectMatrix(information(sums), products, where);
    });
  });

  formula("two rows", () => {
    each((design, ties, where) => {
      const { sets, squares, efron, shift } = sumsAt(design, ties, beta);
      const terms = termsOf(design, beta, ties);
      const scale = Math.exp(-2 * shift); // the sums' exponentials are divided by the largest
      for (let e = 0; e < sets.count; e++) {
        const time = design.time[sets.first[e]];
        const own = terms.filter((t) => t.time === time && t.stratum === stratumOf(design, sets.first[e]));
        const [whole] = own; // f = 0
        const ofDying = (value: (i: number) => number) =>
          sum(whole.atRisk.filter(({ i }) => whole.dying.includes(i)).map(({ i, r }) => r * value(i)));
        const a = squares[e] * scale;
        const b = (efron?.crossSquares[e] ?? 0) * scale;
        const c = (efron?.dyingSquares[e] ?? 0) * scale;
        for (const j of columns(design)) {
          for (const k of columns(design)) {
            const [xj, xk] = [j, k].map((column) => (i: number) => covariate(design, column, i));
            const [s, d] = [(x: typeof xj) => over(whole, x), ofDying];
            const first = (s(xj) - (b / a) * d(xj)) * (s(xk) - (b / a) * d(xk));
            const products = own.map((t) => t.weight * meanOf(design, t, j) * meanOf(design, t, k));
            expectMatrix([a * first + (c - b ** 2 / a) * d(xj) * d(xk)], [sum(products)], where);
          }
        }
      }
    });
  });

  const counts = rows.map((i) => 1 + ((i * i * 37) % 150));
  const copies = (values: ArrayLike<number> | undefined) =>
    values && rows.flatMap((i) => new Array<number>(counts[i]).fill(values[i]));

  formula("counted terms", () => {
    for (const input of Object.values(inputs)) {
      const design = coxDesign("test", { ...input, counts });
      const sums = sumsAt(design, "efron", beta);
      const { sets, efron, increment, squares, shift } = sums;
      const mass = (i: number) => weightOf(design, i) * Math.exp(etaOf(design, beta, i) - shift);
      for (const { stratum, time, dying, atRisk } of termsOf(design, beta, "breslow")) {
        const e = Array.from(sets.first).findIndex((i) => design.time[i] === time && stratumOf(design, i) === stratum);
        const d = sum(dying.map((i) => design.counts?.[i] ?? 1));
        const w = sum(dying.map((i) => weightOf(design, i))) / d;
        const [s0, d0] = [sum(atRisk.map(({ i }) => mass(i))), sum(dying.map(mass))];
        const r0 = s0 - d0;
        const q = Array.from({ length: d }, (_, k) => r0 + ((k + 1) / d) * d0); // m = k + 1
        expect(sets.events[e]).toBe(d);
        expectClose(sums.atRisk[e], s0, "S₀");
        expectClose(increment[e], sum(q.map((value) => w / value)), "increment");
        expectClose(efron?.increment[e] ?? 0, sum(q.map((value, k) => ((k + 1) / d) * (w / value))), "of the dying");
        expectClose(squares[e], sum(q.map((value) => w / value ** 2)), "squares");
      }
      const time = copies(input.time) ?? [];
      const rowsOfAll: CoxInput = {
        time,
        event: copies(Array.from(input.event, Number)) ?? [],
        covariates: Object.fromEntries(
          Object.entries(input.covariates).map(([name, values]) => [name, copies(values) ?? []]),
        ),
        ...(input.entry && { entry: copies(input.entry) }),
        ...(input.weights && { weights: copies(input.weights) }),
        ...(input.strata && { strata: copies(Array.from(input.strata, Number)) }),
        ...(input.offset && { offset: copies(input.offset) }),
      };
      const whole = coxDesign("test", rowsOfAll);
      expect(whole.n).toBe(sum(counts));
      for (const ties of ["efron", "breslow"] as const) {
        const [a, b] = [design, whole].map((one) => evaluate(riskSumsFor(one, ties), beta));
        expectClose(a.logLikelihood, b.logLikelihood, "log likelihood of the copies", 1e-12);
        expectAllClose(Array.from(a.score), Array.from(b.score), "score", 1e-10);
        expectAllClose(Array.from(a.information), Array.from(b.information), "information", 1e-11);
      }
    }
  });

  formula("counted sandwich", () => {
    for (const input of Object.values(inputs)) {
      const design = coxDesign("test", { ...input, counts });
      const residual = scoreResiduals(sumsAt(design, "efron", beta));
      const b = columns(design).flatMap((j) =>
        columns(design).map((k) =>
          sum(
            positions(design).map((i) => {
              const n = design.counts?.[i] ?? 1;
              const w = weightOf(design, i) / n;
              return n * w * residual[j * design.n + i] * (w * residual[k * design.n + i]);
            }),
          ),
        ),
      );
      expectMatrix(scoreProducts(design, residual), b, "B");
    }
  });

  formula("counted sets", () => {
    const { weights: _, ...unweighted } = everything;
    const small = rows.map((i) => 1 + (i % 5));
    for (const input of [plain, unweighted, gap]) {
      const design = coxDesign("test", { ...input, counts: small });
      const { objective } = likelihoodOf(design, { ties: "exact" });
      const n = (i: number) => design.counts?.[i] ?? 1;
      const logs = termsOf(design, beta, "breslow").map(({ dying, atRisk }) => {
        const eta = (i: number) => etaOf(design, beta, i);
        // The polynomial's coefficients, a factor 1 + exp(η)·z after the other.
        let polynomial = [1];
        for (const { i } of atRisk) {
          for (let copy = 0; copy < n(i); copy++) {
            const risk = Math.exp(eta(i));
            polynomial = [...polynomial, 0].map((value, k) => value + (k === 0 ? 0 : risk * polynomial[k - 1]));
          }
        }
        const d = sum(dying.map(n));
        return sum(dying.map((i) => n(i) * eta(i))) - Math.log(polynomial[d]);
      });
      expectClose(objective(beta).logLikelihood, sum(logs), "counted sets");
      expectDerivatives(objective, beta, "counted sets");
    }
  });

  formula("Newton", () => {
    each((design, ties, where) => {
      const { objective } = likelihoodOf(design, { ties });
      const once = maximise(objective, beta, { maxIterations: 1, tolerance: 1e-30, events: 1 });
      const inverted = inverse(informationAt(design, termsOf(design, beta, ties)), 2);
      const score = scoreAt(design, beta, ties);
      const step = [0, 1].map((j) => sum([0, 1].map((k) => inverted[2 * j + k] * score[k])));
      expect(once.halvings).toBe(0);
      expectMatrix(
        once.coefficients,
        step.map((value, j) => beta[j] + value),
        where,
      );
      const length = Math.sqrt(sum(step.map((value, j) => value * score[j])));
      for (const [tolerance, converged] of [
        [length * 1.01, true],
        [length * 0.99, false],
      ] as const) {
        const found = maximise(objective, beta, { maxIterations: 0, tolerance: tolerance / 3, events: 9 });
        expect(found.converged, where).toBe(converged);
      }
    });
  });

  formula("separation", () => {
    for (const input of Object.values(inputs)) {
      const bySize = Array.from(input.time, (time) => -time);
      const design = coxDesign("test", { ...input, covariates: { ...input.covariates, bySize } });
      const sets = riskSets(design);
      for (const direction of [Float64Array.of(0, 0, 5), Float64Array.of(0, 5, 0), Float64Array.of(0, 0, -5)]) {
        const gamma = (i: number) => sum(columns(design).map((j) => direction[j] * covariate(design, j, i)));
        const pairs = termsOf(design, [0, 0, 0], "breslow").flatMap(({ dying, atRisk }) =>
          dying.flatMap((event) => atRisk.map(({ i }) => gamma(event) - gamma(i))),
        );
        const separates = pairs.every((d) => d > -1e-9) && pairs.some((d) => d > 1e-9);
        expect(findSeparation(design, sets, direction) !== null).toBe(separates);
        expect(separates).toBe(direction[2] > 0);
      }
    }
  });

  formula("ridge", () => {
    each((design, ties, where) => {
      const penalty = sum(
        columns(design).map((j) => {
          const values = positions(design).map((i) => covariate(design, j, i));
          const mean = sum(values) / design.n;
          const variance = sum(values.map((value) => (value - mean) ** 2)) / (design.n - 1);
          return (0.7 / 2) * variance * beta[j] ** 2;
        }),
      );
      const { objective } = likelihoodOf(design, { ties, ridge: 0.7 });
      expectClose(objective(beta).logLikelihood, logLikelihood(design, beta, ties) - penalty, where);
      expectDerivatives(objective, beta, where);
    });
  });

  formula("Firth", () => {
    each((design, ties, where) => {
      const { objective } = likelihoodOf(design, { ties, firth: true });
      const at = (b: Float64Array) => informationAt(design, termsOf(design, b, ties));
      const [a, b, c, d] = at(beta);
      const found = objective(beta);
      const expected = logLikelihood(design, beta, ties) + Math.log(a * d - b * c) / 2;
      expectClose(found.logLikelihood, expected, where);
      const v = inverse(at(beta), 2);
      const score = scoreAt(design, beta, ties).map((value, j) => {
        const moved = (by: number) => at(beta.map((x, k) => (k === j ? x + by : x)));
        const [up, down] = [moved(1e-5), moved(-1e-5)];
        const change = up.map((value_, k) => (value_ - down[k]) / 2e-5);
        return value + sum([0, 1, 2, 3].map((k) => v[k] * change[k])) / 2;
      });
      expectAllClose(Array.from(found.score), score, where, 1e-6);
    });
  });

  formula("exact", () => {
    const { weights: _, ...unweighted } = everything;
    for (const input of [plain, unweighted, gap]) {
      const design = coxDesign("test", input);
      const { objective } = likelihoodOf(design, { ties: "exact" });
      const logs = termsOf(design, beta, "breslow").map(({ dying, atRisk }) => {
        const eta = (i: number) => etaOf(design, beta, i);
        const sets = subsets(
          atRisk.map(({ i }) => i),
          dying.length,
        );
        return sum(dying.map(eta)) - Math.log(sum(sets.map((members) => Math.exp(sum(members.map(eta))))));
      });
      expectClose(objective(beta).logLikelihood, sum(logs), "exact");
      expectDerivatives(objective, beta, "exact");
    }
  });

  formula("profile", () => {
    each((design, ties, where) => {
      const { objective } = likelihoodOf(design, { ties });
      const found = maximise(objective, new Float64Array(2), {
        maxIterations: 30,
        tolerance: 1e-12,
        events: 1,
      });
      const { coefficients, decomposition, evaluation } = found;
      const naive = choleskyInverse(decomposition);
      const fitted = { objective, coefficients, naive, maximum: evaluation.logLikelihood, events: 15 };
      const { lower, upper } = profileLimits(fitted, 0, 0.9);
      for (const b of [lower, upper]) {
        // The best second coefficient, where the derivative crosses 0.
        let [low, high] = [-20, 20];
        for (let k = 0; k < 60; k++) {
          const middle = (low + high) / 2;
          if (scoreAt(design, [b ?? Number.NaN, middle], ties)[1] > 0) low = middle;
          else high = middle;
        }
        const best = logLikelihood(design, [b ?? Number.NaN, low], ties);
        const fall = 2 * (logLikelihood(design, coefficients, ties) - best);
        expectClose(fall, normalQuantile(0.95) ** 2, where, 1e-7);
      }
    });
  });

  formula("score residual", () => {
    each((design, ties, where) => {
      const expected = scoreResidualsOf(design, beta, ties);
      const found = scoreResiduals(sumsAt(design, ties, beta));
      expectMatrix(found, expected.flat(), where);
      const sums = expected.map((column) => sum(column.map((value, i) => weightOf(design, i) * value)));
      expectMatrix(sums, scoreAt(design, beta, ties), where);
    });
  });

  formula("sandwich", () => {
    for (const input of Object.values(inputs)) {
      const cluster = rows.map((i) => i % 7);
      const design = coxDesign("test", { ...input, cluster });
      const v = inverse(informationAt(design, termsOf(design, beta, "efron")), 2);
      const residual = scoreResidualsOf(design, beta, "efron");
      const b = [0, 0, 0, 0];
      for (const g of new Set(cluster)) {
        const own = positions(design).filter((i) => cluster[design.row[i]] === g);
        const [u0, u1] = residual.map((column) => sum(own.map((i) => weightOf(design, i) * column[i])));
        [u0 * u0, u0 * u1, u1 * u0, u1 * u1].forEach((product, k) => {
          b[k] += product;
        });
      }
      const product = (l: ArrayLike<number>, r: ArrayLike<number>) =>
        [0, 1].flatMap((i) => [0, 1].map((j) => l[2 * i] * r[j] + l[2 * i + 1] * r[2 + j]));
      const found = robustCovariance(design, scoreResiduals(sumsAt(design, "efron", beta)), v);
      expectMatrix(found, product(product(v, b), v), "sandwich");
    }
  });

  formula("dfbeta", () => {
    for (const input of Object.values(inputs)) {
      const fit = cox(input);
      const { design, coefficients, naive } = solutionOf("test", fit);
      const residual = scoreResidualsOf(design, coefficients, "efron");
      const dfbeta = residuals(fit, "dfbeta");
      const all = influence(fit);
      for (const i of positions(design)) {
        const expected = [0, 1].map((j) => {
          const change = residual[0][i] * naive[j] + residual[1][i] * naive[2 + j];
          return (weightOf(design, i) * change) / design.scale[j];
        });
        expectMatrix(dfbeta[design.row[i]], expected, "dfbeta");
        expectMatrix(all[design.row[i]].dfbeta, expected, "influence");
      }
    }
  });

  formula("martingale", () => {
    for (const input of Object.values(inputs)) {
      const fit = cox(input);
      const { design, martingale } = martingaleOf(fit);
      const found = residuals(fit, "martingale");
      expectMatrix(
        positions(design).map((i) => found[design.row[i]]),
        martingale,
        "martingale",
      );
    }
  });

  formula("deviance", () => {
    for (const input of Object.values(inputs)) {
      const fit = cox(input);
      const { design, martingale } = martingaleOf(fit);
      const found = residuals(fit, "deviance");
      const expected = martingale.map((m, i) => {
        const event = design.event[i];
        return Math.sign(m) * Math.sqrt(-2 * (m + (event === 0 ? 0 : event * Math.log(event - m))));
      });
      expectMatrix(
        positions(design).map((i) => found[design.row[i]]),
        expected,
        "deviance",
      );
    }
  });

  formula("Schoenfeld", () => {
    for (const input of Object.values(inputs)) {
      const fit = cox(input, { robust: false });
      const { design, coefficients } = solutionOf("test", fit);
      const schoenfeld = residuals(fit, "schoenfeld");
      const scaled = residuals(fit, "scaledSchoenfeld");
      schoenfeld.row.forEach((row, at) => {
        const i = design.row.indexOf(row);
        const s = columns(design).map((j) => covariate(design, j, i) - meanAt(design, coefficients, i, j));
        const inUnits = s.map((value, j) => value * design.scale[j]);
        expectMatrix(schoenfeld.values[at], inUnits, "Schoenfeld");
        const expected = fit.terms.map(
          ({ coefficient }, j) =>
            coefficient + fit.events * sum(inUnits.map((value, k) => (fit.covariance?.[j][k] ?? Number.NaN) * value)),
        );
        expectMatrix(scaled.values[at], expected, "scaled");
      });
    }
  });

  formula("drift", () => {
    for (const input of Object.values(inputs)) {
      const fit = cox(input);
      const { u, adjusted } = driftOf(fit);
      const { terms } = proportionalHazards(fit, { transform: "identity" });
      terms.forEach(({ chiSquare }, j) => {
        expectClose(chiSquare, u[j] ** 2 / adjusted[2 * j + j], "drift", 1e-8);
      });
    }
  });

  formula("score test of proportionality", () => {
    for (const input of Object.values(inputs)) {
      const fit = cox(input);
      const { u, adjusted } = driftOf(fit);
      const v = inverse(adjusted, 2);
      const expected = sum([0, 1].flatMap((j) => [0, 1].map((k) => u[j] * v[2 * j + k] * u[k])));
      const { global } = proportionalHazards(fit, { transform: "identity" });
      expectClose(global.chiSquare, expected, "global", 1e-8);
      expect(global.df).toBe(2);
    }
  });

  formula("baseline", () => {
    for (const input of Object.values(inputs)) {
      const fit = cox(input);
      const { design, coefficients } = solutionOf("test", fit);
      const terms = termsOf(design, coefficients, "efron");
      const atZero = Math.exp(-sum(columns(design).map((j) => (coefficients[j] * design.center[j]) / design.scale[j])));
      baselineHazard(fit, { centered: false }).forEach(({ time, hazard }, s) => {
        const expected = time.map((t) =>
          sum(
            terms
              .filter((term) => term.stratum === s && term.time <= t)
              .map((term) => (atZero * term.weight) / total(term)),
          ),
        );
        expectAllClose(hazard, expected, "baseline", 1e-9);
      });
    }
  });

  formula("survival", () => {
    for (const input of Object.values(inputs)) {
      const fit = cox(input);
      const { design, coefficients, variance } = solutionOf("test", fit);
      const terms = termsOf(design, coefficients, "efron");
      const row = { a: 0.4, year: 2013 };
      const x = design.names.map((name, j) => {
        const value = Object.entries(row).find(([column]) => column === name)?.[1] ?? Number.NaN;
        return (value - design.center[j]) / design.scale[j];
      });
      const risk = Math.exp(sum(x.map((value, j) => value * coefficients[j])));
      predictSurvival(fit, [row]).forEach(({ time, survival, standardError }, s) => {
        time.forEach((t, at) => {
          const past = terms.filter((term) => term.stratum === s && term.time <= t);
          const expected = Math.exp(-risk * sum(past.map((term) => term.weight / total(term))));
          expectClose(survival[at], expected, "survival", 1e-10);
          const q = x.map((value, j) =>
            sum(past.map((term) => ((value - meanOf(design, term, j)) * term.weight) / total(term))),
          );
          const ofBaseline = sum(past.map((term) => term.weight / total(term) ** 2));
          const form = sum(
            [0, 1].flatMap((j) => [0, 1].map((k) => q[j] * (variance?.[2 * j + k] ?? Number.NaN) * q[k])),
          );
          const log = (standardError[at] ?? Number.NaN) / survival[at];
          expectClose(log, Math.sqrt(risk ** 2 * (ofBaseline + form)), "variance", 1e-9);
        });
      });
    }
  });

  formula("members", () => {
    for (const input of [plain, gap]) {
      const fit = cox(input);
      const memberOf = Int32Array.from(rows, (i) => (i % 5 === 4 ? -1 : i % 5));
      const { residual, information: w } = memberScores(fit, input.covariates, memberOf, 4);
      // The same by the formulas above, with the members' indicators as columns beside the covariates.
      const members = [0, 1, 2, 3];
      const x = members.map((m) => rows.map((i) => (memberOf[i] === m ? 1 : 0)));
      const { design, coefficients } = solutionOf("test", fit);
      const terms = termsOf(design, coefficients, "efron");
      const column = (j: number, i: number) => (j < 4 ? x[j][design.row[i]] : covariate(design, j - 4, i));
      const mean = (term: Term, j: number) => over(term, (i) => column(j, i)) / total(term);
      const block = (j: number, k: number) =>
        sum(
          terms.map((term) => {
            const second = over(term, (i) => column(j, i) * column(k, i)) / total(term);
            return term.weight * (second - mean(term, j) * mean(term, k));
          }),
        );
      const zz = inverse([block(4, 4), block(4, 5), block(5, 4), block(5, 5)], 2);
      const { martingale } = martingaleOf(fit);
      for (const a of members) {
        expectMatrix([residual[a]], [sum(martingale.map((m, i) => m * column(a, i)))], "U");
        for (const b of members) {
          const taken = [0, 1].flatMap((j) => [0, 1].map((k) => block(a, 4 + j) * zz[2 * j + k] * block(4 + k, b)));
          expectMatrix([w[4 * a + b]], [block(a, b) - sum(taken)], "W");
        }
      }
    }
  });
});

describe("the README", () => {
  it("has a test for each of its formulas, and a formula for each test", () => {
    // "score" stands in the first paragraph, too.
    const labels = new Set(Array.from(text.matchAll(/\*\*\(([^)]+)\)\*\*/g), ([, label]) => label));
    expect([...labels].sort()).toEqual([...tested].sort());
  });

  it("names functions and files that there are", () => {
    const source = [folder, "lib/statistics"]
      .flatMap((at) => readdirSync(at).map((name) => path.join(at, name)))
      .filter((name) => name.endsWith(".ts"))
      .map((name) => readFileSync(name, "utf8"))
      .join("\n");
    const named = new Set(Array.from(text.matchAll(/`([^`\n]+)`/g), ([, name]) => name));
    for (const name of named) {
      if (name.endsWith(".ts")) expect(existsSync(path.join(folder, name)) || existsSync(name), name).toBe(true);
      else if (/^[a-z]\w+$/i.test(name)) expect(source, name).toMatch(new RegExp(`export function ${name}\\b`));
    }
    expect(named.size).toBeGreaterThan(30);
  });
});

function expectDerivatives(objective: Objective, at: Float64Array, where: string): void {
  const { score, information: found } = objective(at);
  const step = 1e-5;
  for (let j = 0; j < at.length; j++) {
    const moved = (by: number) => objective(at.map((value, k) => (k === j ? value + by : value)));
    const [up, down] = [moved(step), moved(-step)];
    expectClose((up.logLikelihood - down.logLikelihood) / (2 * step), score[j], where, 1e-6);
    for (let k = 0; k < at.length; k++) {
      expectClose((down.score[k] - up.score[k]) / (2 * step), found[k * at.length + j], where, 1e-6);
    }
  }
}

function subsets(members: readonly number[], size: number): number[][] {
  if (size === 0) return [[]];
  return members.flatMap((first, at) => subsets(members.slice(at + 1), size - 1).map((rest) => [first, ...rest]));
}

/** The mean over the terms of an event's time. */
function meanAt(design: CoxDesign, at: ArrayLike<number>, i: number, j: number): number {
  const own = termsOf(design, at, "efron").filter(
    (term) => term.stratum === stratumOf(design, i) && term.time === design.time[i],
  );
  return sum(own.map((term) => meanOf(design, term, j))) / own.length;
}

/** A column for each covariate. */
function scoreResidualsOf(design: CoxDesign, at: ArrayLike<number>, ties: "efron" | "breslow"): number[][] {
  const terms = termsOf(design, at, ties);
  return columns(design).map((j) =>
    positions(design).map((i) => {
      const x = covariate(design, j, i);
      const own = terms.filter((t) => t.stratum === stratumOf(design, i) && t.time === design.time[i]);
      const atEvent = design.event[i] === 1 ? x - sum(own.map((t) => meanOf(design, t, j))) / own.length : 0;
      const lost = increments(terms, i).map(({ term, change }) => (x - meanOf(design, term, j)) * change);
      return atEvent - Math.exp(etaOf(design, at, i)) * sum(lost);
    }),
  );
}

function martingaleOf(fit: ReturnType<typeof cox>) {
  const { design, coefficients } = solutionOf("test", fit);
  const terms = termsOf(design, coefficients, "efron");
  const martingale = positions(design).map((i) => {
    const hazard = sum(increments(terms, i).map(({ change }) => change));
    return design.event[i] - Math.exp(etaOf(design, coefficients, i)) * hazard;
  });
  return { design, martingale };
}

/** U_θ and I₂₂ − I₂₁·I₁₁⁻¹·I₁₂ for g(t) = t. */
function driftOf(fit: ReturnType<typeof cox>) {
  const { design, coefficients } = solutionOf("test", fit);
  const events = positions(design).filter((i) => design.event[i] === 1);
  const center = sum(events.map((i) => design.time[i])) / events.length;
  const g = (time: number) => time - center;
  const u = columns(design).map((j) =>
    fromEvents(design, (i) =>
      design.event[i] === 1 ? g(design.time[i]) * (covariate(design, j, i) - meanAt(design, coefficients, i, j)) : 0,
    ),
  );
  const terms = termsOf(design, coefficients, "efron");
  const v = inverse(informationAt(design, terms), 2);
  const crossed = informationAt(design, terms, g);
  const squared = informationAt(design, terms, (time) => g(time) ** 2);
  const adjusted = squared.map((value, at) => {
    const [i, j] = [at >> 1, at & 1];
    const taken = [0, 1].flatMap((k) => [0, 1].map((l) => crossed[2 * i + k] * v[2 * k + l] * crossed[2 * l + j]));
    return value - sum(taken);
  });
  return { u, adjusted };
}
