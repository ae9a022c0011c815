import { chiSquareUpperTail, InvalidInputError } from "../../statistics";
import { exp, log, square } from "../../statistics/elementary";
import {
  checkFields,
  checkOneOf,
  checkPositive,
  cholesky,
  choleskyInverse,
  dot,
  fillSumTerms,
  identityOrder,
  submatrix,
  sumTerms,
} from "../../statistics/inner";
import { type Grouping, groupRows } from "../groups";
import type { Labels } from "../outcome";
import { type CoxDesign, type CoxInput, countsOf } from "./design";
import { likelihoodOf } from "./engine";
import type { SimpleTies } from "./hazards";
import { maximise, root, SINGULAR } from "./newton";
import { penalised } from "./penalties";
import type { CoxFrailty } from "./types";

/** What is asked for: a random effect for each group. */
export interface FrailtyOptions {
  /** The group of each row. */
  readonly by: Labels;
  /** "gamma": the factor on the hazard is gamma distributed with mean 1; "gaussian": its logarithm is normal with mean 0. */
  readonly distribution: "gamma" | "gaussian";
  /** The variance, where it is not to be estimated; 0 is Cox's model without groups. */
  readonly variance?: number;
}

/** More would be a matrix of a hundred million numbers. */
const MOST_GROUPS = 2000;

/** @param options of cox(), of which some cannot be beside a frailty */
export function checkFrailty(
  input: CoxInput,
  frailty: FrailtyOptions,
  options: Partial<Record<"robust" | "firth" | "ridge" | "profile" | "ties", unknown>>,
): void {
  checkFields("cox", "frailty", frailty, ["by", "distribution", "variance"]);
  checkOneOf("cox", "distribution", frailty.distribution, ["gamma", "gaussian"]);
  if (frailty.variance !== undefined) checkPositive("cox", "variance", frailty.variance, true);
  const fail = (argument: string, message: string) => {
    throw new InvalidInputError(`cox: ${message}`, argument);
  };
  const field = (["cluster", "weights"] as const).find((name) => input[name] !== undefined);
  const reason = "a frailty is a model of what rows of a group share, each counted once";
  if (field !== undefined) fail(field, `${field} and frailty are both given; ${reason}`);
  const other = (["robust", "firth", "ridge", "profile"] as const).find((name) => options[name]);
  if (other !== undefined) fail(other, `${other} and frailty are both asked for; one of them is needed`);
  if (options.ties === "exact") fail("frailty", 'frailty needs ties: "efron" or "breslow", not "exact"');
}

/**
 * Cox's model with a frailty of each group: hazard λ(t)·exp(β·x + ω of the group).
 *
 * For a given variance θ, β and ω maximise the penalised likelihood ℓ(β, ω) − Σ(e^ω − 1 − ω)/θ (gamma) or − Σω²/2θ (gaussian)
 * (Therneau, Grambsch and Pankratz 2003, Journal of Computational and Graphical Statistics 12:156). For gamma frailties the
 * integrated likelihood is that and a term in θ and the groups' events, eq. 8 there, whose derivative in θ is 0 at the
 * estimate; for gaussian ones θ = Σω²/(q − tr V/θ), restricted maximum likelihood (Ripatti and Palmgren 2000, Biometrics
 * 56:1016, eq. 8).
 *
 * @param design the covariates, without those that cannot be estimated
 */
export function fitFrailty(design: CoxDesign, { by, distribution, variance }: FrailtyOptions, ties: SimpleTies) {
  const groups = groupRows("cox", "frailty.by", by, design.n);
  const { labels, code } = groups;
  if (labels.length < 2 || labels.length > MOST_GROUPS) {
    const message = `cox: frailty.by has ${labels.length} ${labels.length === 1 ? "group" : "groups"}; from 2 to ${MOST_GROUPS} are needed`;
    throw new InvalidInputError(message, "frailty.by");
  }
  const fitAt = fitsByVariance(design, groups, distribution, ties);
  const theta = variance ?? estimate(fitAt);
  const { integrated, inverse, df, frailties, ...found } = fitAt(theta);
  const rise = variance === undefined ? Math.max(0, 2 * (integrated - fitAt(0).integrated)) : null;
  const p = design.names.length;
  const size = Math.sqrt(inverse.length);
  const frailty: CoxFrailty = {
    distribution,
    variance: theta,
    estimated: variance === undefined,
    integratedLogLikelihood: integrated,
    test: rise === null ? null : { chiSquare: rise, pValue: rise === 0 ? 1 : chiSquareUpperTail(rise, 1) / 2 },
    df,
    groups: labels.map((label, g) => ({
      label,
      logFrailty: frailties[g],
      standardError: theta === 0 ? 0 : Math.sqrt(inverse[(p + g) * size + p + g]),
    })),
  };
  const logFrailty = Float64Array.from(design.row, (row) => frailties[code[row]]);
  return {
    ...found,
    frailty,
    /** Of the coefficients, from the inverse of the penalised information of coefficients and frailties. */
    covariance: submatrix(inverse, size, identityOrder(p)),
    /** With each position's log frailty in its offset, so that hazards and residuals are those of the fit. */
    design: { ...design, offset: logFrailty.map((value, i) => (design.offset?.[i] ?? 0) + value) },
    logFrailty,
  };
}

/** The penalty of a log frailty, with its slope and its curvature. */
const PENALTIES = {
  gamma(omega: number, theta: number) {
    const factor = exp(omega);
    return [(factor - 1 - omega) / theta, (factor - 1) / theta, factor / theta] as const;
  },
  gaussian: (omega: number, theta: number) => [square(omega) / (2 * theta), omega / theta, 1 / theta] as const,
};

/** The fit as a function of the variance θ of the frailties, each beginning where the one before ended. */
function fitsByVariance(design: CoxDesign, groups: Grouping, distribution: keyof typeof PENALTIES, ties: SimpleTies) {
  const p = design.names.length;
  const alone = likelihoodOf(design, { ties }).plain;
  const together = likelihoodOf(withGroups(design, groups), { ties }).plain;
  const options = { maxIterations: 100, tolerance: 1e-11, events: countsOf(design).events };
  const deaths = new Float64Array(groups.labels.length);
  design.counted.forEach((isEvent, i) => {
    deaths[groups.code[design.row[i]]] += isEvent * (design.counts?.[i] ?? 1);
  });
  let start = new Float64Array(p + deaths.length);
  return (theta: number) => {
    const [plain, from] = theta === 0 ? [alone, start.slice(0, p)] : [together, start];
    // Log frailties stand behind p coefficients.
    const objective = penalised(plain, (omega, j) => (j < p ? [0, 0, 0] : PENALTIES[distribution](omega, theta)));
    const maximum = maximise(objective, from, options);
    const found = Float64Array.from(maximum.coefficients);
    const { information } = objective(found);
    const inverse = choleskyInverse(cholesky(information, found.length, SINGULAR));
    const unpenalised = plain(found);
    const { logLikelihood } = unpenalised;
    const known = { maximum, coefficients: found.slice(0, p), logLikelihood, inverse };
    if (theta === 0) return { ...known, frailties: deaths.map(() => 0), df: p, integrated: logLikelihood, rising: 0 };
    start = found;
    const frailties = found.slice(p);
    const { gain, rising } =
      distribution === "gaussian"
        ? integratedGaussian(theta, frailties, information, inverse)
        : integratedGamma(theta, frailties, deaths);
    const df = dot(inverse, 0, unpenalised.information, 0, inverse.length);
    return { ...known, frailties, df, integrated: logLikelihood + gain, rising };
  };
}

/**
 * What integrating gamma frailties out adds to ℓ: with ν = 1/θ it is νΣω + Σ (d + ν log ν − (ν + d)·log(ν + d) + Σ log(ν + k), k < d),
 * d being a group's events; and its derivative in −ν, which is above 0 where the variance is to be larger.
 */
function integratedGamma(theta: number, frailties: Float64Array, deaths: Float64Array) {
  const nu = 1 / theta;
  const terms = sumTerms();
  const sum = frailties.reduce((total, value) => total + value, 0);
  let gain = nu * sum;
  let slope = sum;
  for (const d of deaths) {
    // (ν + d)·log(ν + d) − ν·log ν by the ratio, whose digits do not cancel where ν is large.
    gain += d - nu * log((nu + d) / nu);
    slope -= log((nu + d) / nu);
    const add = (k: number, times: number) => {
      gain += times * log((nu + k) / (nu + d));
      slope += times / (nu + k);
    };
    if (d > 0) add(0, 1);
    fillSumTerms(terms, d - 1, nu);
    for (let k = 0; k < terms.length; k++) add(terms.at[k], terms.times[k]);
  }
  return { gain, rising: -slope };
}

/** The same of gaussian ones, by Laplace's approximation of ∫ exp ℓ · ∏ N(ω; 0, θ), and the step of restricted maximum likelihood. */
function integratedGaussian(theta: number, frailties: Float64Array, information: Float64Array, inverse: Float64Array) {
  const q = frailties.length;
  const size = Math.sqrt(inverse.length);
  const p = size - q;
  const squares = frailties.reduce((sum, value) => sum + square(value), 0);
  const block = submatrix(information, size, identityOrder(size).subarray(p)).map((value) => theta * value);
  const { factor } = cholesky(block, q, SINGULAR);
  let [trace, logDeterminant] = [0, 0];
  for (let i = 0; i < q; i++) {
    trace += inverse[(p + i) * size + p + i];
    logDeterminant += log(factor[i * q + i]);
  }
  return { gain: -squares / (2 * theta) - logDeterminant / 2, rising: squares / (q - trace / theta) - theta };
}

/** The variance at which the integrated likelihood ends to rise; 0 where it falls from the beginning. */
function estimate(fitAt: ReturnType<typeof fitsByVariance>): number {
  // From 1/4096 to 256 by factors of two: where rising turns to falling there is a maximum.
  const grid: { theta: number; rising: number }[] = [];
  for (let theta = 1 / 4096; theta <= 256; theta *= 2) grid.push({ theta, rising: fitAt(theta).rising });
  const last = grid[grid.length - 1];
  if (last.rising > 0) {
    const message = `cox: the variance of the frailties rises beyond ${last.theta}; rows of a group have nearly one hazard among them, so that strata may be meant`;
    throw new InvalidInputError(message, "frailty.by");
  }
  let best = 0;
  grid.slice(1).forEach(({ theta, rising }, i) => {
    const below = grid[i];
    if (below.rising <= 0 || rising > 0) return;
    const found = root((value) => fitAt(value).rising, below.theta, below.rising, theta, rising);
    if (fitAt(found).integrated >= fitAt(best).integrated) best = found;
  });
  return best;
}

/** The design with a column of 0 and 1 for each group behind its own. */
function withGroups(design: CoxDesign, { code, labels }: Grouping): CoxDesign {
  const { n, names, row } = design;
  const x = new Float64Array(n * (names.length + labels.length));
  x.set(design.x);
  for (let i = 0; i < n; i++) x[(names.length + code[row[i]]) * n + i] = 1;
  const more = (values: Float64Array, value: number) => Float64Array.from([...values, ...labels.map(() => value)]);
  return { ...design, names: [...names, ...labels], x, center: more(design.center, 0), scale: more(design.scale, 1) };
}
