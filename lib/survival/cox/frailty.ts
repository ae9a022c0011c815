import { chiSquareUpperTail, InvalidInputError } from "../../statistics";
import { exp, log, square } from "../../statistics/elementary";
import {
  checkFields,
  checkOneOf,
  checkPositive,
  cholesky,
  choleskyInverse,
  fillSumTerms,
  sumTerms,
} from "../../statistics/inner";
import { type Grouping, groupRows } from "../groups";
import type { Labels } from "../outcome";
import type { CoxDesign, CoxInput } from "./design";
import { likelihoodOf } from "./engine";
import { type Maximum, maximise, root, SINGULAR } from "./newton";
import type { Evaluation, Objective } from "./partial-likelihood";
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

const powerOfTwo = (k: number): number => (k < 0 ? 1 / (1 << -k) : 1 << k);

/** What a fit with frailties found, on the design's columns. */
export interface FrailtySolution {
  readonly frailty: CoxFrailty;
  readonly coefficients: Float64Array;
  /** Of the coefficients, from the inverse of the penalised information of coefficients and frailties. */
  readonly covariance: Float64Array;
  /** With each position's log frailty in its offset, so that hazards and residuals are those of the fit. */
  readonly design: CoxDesign;
  readonly logFrailty: Float64Array;
  /** Partial log likelihood, without the penalty, at the fit. */
  readonly logLikelihood: number;
  readonly maximum: Maximum;
}

/** More would be a matrix of a hundred million numbers. */
const MOST_GROUPS = 2000;

/** What a fit with frailties cannot have beside them. */
export interface BesideFrailty {
  readonly ties?: "efron" | "breslow" | "exact";
  readonly robust?: boolean;
  readonly firth?: boolean;
  readonly ridge?: number;
  readonly profile?: boolean;
}

export function checkFrailty(input: CoxInput, frailty: FrailtyOptions, options: BesideFrailty): void {
  const fail = (argument: string, message: string) => {
    throw new InvalidInputError(`cox: ${message}`, argument);
  };
  checkFields("cox", "frailty", frailty, ["by", "distribution", "variance"]);
  checkOneOf("cox", "distribution", frailty.distribution, ["gamma", "gaussian"]);
  if (frailty.variance !== undefined) checkPositive("cox", "variance", frailty.variance, true);
  for (const field of ["cluster", "weights"] as const) {
    if (input[field] === undefined) continue;
    fail(
      field,
      `${field} and frailty are both given; a frailty is a model of what rows of a group share, each counted once`,
    );
  }
  for (const other of ["robust", "firth", "ridge", "profile"] as const) {
    if (options[other]) fail(other, `${other} and frailty are both asked for; one of them is needed`);
  }
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
export function fitFrailty(
  design: CoxDesign,
  { by, distribution, variance }: FrailtyOptions,
  ties: "efron" | "breslow",
): FrailtySolution {
  const groups = groupRows("cox", "frailty.by", by, design.n);
  if (groups.labels.length < 2 || groups.labels.length > MOST_GROUPS) {
    const message = `cox: frailty.by has ${groups.labels.length} ${groups.labels.length === 1 ? "group" : "groups"}; from 2 to ${MOST_GROUPS} are needed`;
    throw new InvalidInputError(message, "frailty.by");
  }
  const model = new FrailtyModel(design, groups, distribution, ties);
  const theta = variance ?? model.estimate();
  const at = model.at(theta);
  const rise = variance === undefined ? Math.max(0, 2 * (at.integrated - model.at(0).integrated)) : null;
  const p = design.names.length;
  const inverse = at.inverse;
  const size = p + groups.labels.length;
  const covariance = new Float64Array(p * p);
  for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) covariance[i * p + j] = inverse[i * size + j];
  const logFrailty = Float64Array.from(design.row, (row) => at.frailties[groups.code[row]]);
  const offset = logFrailty.map((value, i) => (design.offset?.[i] ?? 0) + value);
  return {
    frailty: {
      distribution,
      variance: theta,
      estimated: variance === undefined,
      integratedLogLikelihood: at.integrated,
      test: rise === null ? null : { chiSquare: rise, pValue: rise === 0 ? 1 : chiSquareUpperTail(rise, 1) / 2 },
      df: at.df,
      groups: groups.labels.map((label, g) => ({
        label,
        logFrailty: at.frailties[g],
        standardError: theta === 0 ? 0 : Math.sqrt(inverse[(p + g) * size + p + g]),
      })),
    },
    coefficients: at.maximum.coefficients.slice(0, p),
    covariance,
    design: { ...design, offset },
    logFrailty,
    logLikelihood: at.plain.logLikelihood,
    maximum: at.maximum,
  };
}

/** The fit at one variance. */
interface AtVariance {
  readonly maximum: Maximum;
  readonly frailties: Float64Array;
  readonly plain: Evaluation;
  /** Of the penalised information of coefficients and frailties. */
  readonly inverse: Float64Array;
  readonly integrated: number;
  readonly df: number;
  /** Above 0 where the variance is to be larger. */
  readonly rising: number;
}

class FrailtyModel {
  private readonly p: number;
  private readonly q: number;
  private readonly size: number;
  private readonly plain: Objective;
  private readonly events: number;
  /** Events of each group. */
  private readonly deaths: Float64Array;
  /** Whether rows are counted, so that a group may have millions of events. */
  private readonly isCounted: boolean;
  private start: Float64Array;

  constructor(
    design: CoxDesign,
    groups: Grouping,
    private readonly distribution: "gamma" | "gaussian",
    ties: "efron" | "breslow",
  ) {
    this.p = design.names.length;
    this.q = groups.labels.length;
    this.size = this.p + this.q;
    this.plain = likelihoodOf(withGroups(design, groups), { ties }).plain;
    this.deaths = new Float64Array(this.q);
    design.counted.forEach((isEvent, i) => {
      this.deaths[groups.code[design.row[i]]] += isEvent * (design.counts?.[i] ?? 1);
    });
    this.events = this.deaths.reduce((sum, value) => sum + value, 0);
    this.isCounted = design.counts !== null;
    this.start = new Float64Array(this.size);
  }

  at(theta: number): AtVariance {
    const { size, p, events } = this;
    const objective = theta === 0 ? this.withoutFrailties() : this.penalised(theta);
    const start = theta === 0 ? this.start.map((value, j) => (j < p ? value : 0)) : this.start;
    const maximum = maximise(objective, start, { maxIterations: 100, tolerance: 1e-11, events });
    if (theta > 0) this.start = maximum.coefficients;
    const plain = this.plain(maximum.coefficients);
    const frailties = maximum.coefficients.slice(p);
    const inverse = choleskyInverse(cholesky(objective(maximum.coefficients).information, size, SINGULAR));
    let df = 0;
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++) df += inverse[i * size + j] * plain.information[j * size + i];
    const known = { maximum, frailties, plain, inverse, df };
    if (theta === 0) return { ...known, df: p, integrated: plain.logLikelihood, rising: 0 };
    return { ...known, ...(this.distribution === "gamma" ? this.gamma(theta, known) : this.gaussian(theta, known)) };
  }

  /** ℓ − Σ(e^ω − 1 − ω)/θ, or ℓ − Σω²/2θ. */
  private penalised(theta: number): Objective {
    const { p, size } = this;
    return (coefficients) => {
      const { logLikelihood, score, information } = this.plain(coefficients);
      let penalty = 0;
      for (let j = p; j < size; j++) {
        const omega = coefficients[j];
        const factor = this.distribution === "gamma" ? exp(omega) : 1;
        penalty += this.distribution === "gamma" ? factor - 1 - omega : square(omega) / 2;
        score[j] -= (this.distribution === "gamma" ? factor - 1 : omega) / theta;
        information[j * size + j] += factor / theta;
      }
      return { logLikelihood: logLikelihood - penalty / theta, score, information };
    };
  }

  /** The groups' columns left out: their score is 0, and their information 1. */
  private withoutFrailties(): Objective {
    const { p, size } = this;
    return (coefficients) => {
      const { logLikelihood, score, information } = this.plain(coefficients);
      for (let i = 0; i < size; i++) {
        for (let j = 0; j < size; j++) if (i >= p || j >= p) information[i * size + j] = i === j ? 1 : 0;
        if (i >= p) score[i] = 0;
      }
      return { logLikelihood, score, information };
    };
  }

  /** With ν = 1/θ: ℓ + νΣω + Σ (d + ν log ν − (ν + d)·log(ν + d) + Σ log(ν + k), k < d), and its derivative in −ν. */
  private gamma(theta: number, { plain, frailties }: Pick<AtVariance, "plain" | "frailties">) {
    const nu = 1 / theta;
    const terms = sumTerms();
    const sum = frailties.reduce((total, value) => total + value, 0);
    let integrated = plain.logLikelihood + nu * sum;
    let slope = sum;
    for (const d of this.deaths) {
      // (ν + d)·log(ν + d) − ν·log ν by the ratio, whose digits do not cancel where ν is large.
      integrated += d;
      const add = (k: number, times: number) => {
        integrated += times * log((nu + k) / (nu + d));
        slope += times / (nu + k);
      };
      if (d > 0) add(0, 1);
      if (this.isCounted && d > 1) {
        fillSumTerms(terms, d - 1, nu);
        for (let k = 0; k < terms.length; k++) add(terms.at[k], terms.times[k]);
      } else {
        for (let k = 1; k < d; k++) add(k, 1);
      }
      integrated -= nu * log((nu + d) / nu);
      slope -= log((nu + d) / nu);
    }
    return { integrated, rising: -slope };
  }

  /** Laplace's approximation of ∫ exp ℓ · ∏ N(ω; 0, θ), and the step of restricted maximum likelihood. */
  private gaussian(
    theta: number,
    { maximum, plain, frailties, inverse }: Omit<AtVariance, "integrated" | "rising" | "df">,
  ) {
    const { p, q, size } = this;
    const squares = frailties.reduce((sum, value) => sum + square(value), 0);
    let trace = 0;
    for (let j = p; j < size; j++) trace += inverse[j * size + j];
    const block = new Float64Array(q * q);
    const { information } = this.penalised(theta)(maximum.coefficients);
    for (let i = 0; i < q; i++)
      for (let j = 0; j < q; j++) block[i * q + j] = theta * information[(p + i) * size + p + j];
    const { factor } = cholesky(block, q, SINGULAR);
    let logDeterminant = 0;
    for (let i = 0; i < q; i++) logDeterminant += log(factor[i * q + i]);
    const integrated = plain.logLikelihood - squares / (2 * theta) - logDeterminant / 2;
    return { integrated, rising: squares / (q - trace / theta) - theta };
  }

  /** The variance at which the integrated likelihood ends to rise; 0 where it falls from the beginning. */
  estimate(): number {
    let below = 0;
    let risingBelow = 0;
    let best = 0;
    let highest = this.at(0).integrated;
    // From 1/4096 to 256 by factors of two: where rising turns to falling there is a maximum.
    for (let k = -12; k <= 8; k++) {
      const above = powerOfTwo(k);
      const { rising } = this.at(above);
      const isRising = rising > 0;
      if (!isRising && below > 0) {
        const found = root((theta) => this.at(theta).rising, below, risingBelow, above, rising);
        const { integrated } = this.at(found);
        if (integrated >= highest) [best, highest] = [found, integrated];
      }
      below = isRising ? above : 0;
      risingBelow = rising;
      if (isRising && k === 8) {
        const message = `cox: the variance of the frailties rises beyond ${above}; rows of a group have nearly one hazard among them, so that strata may be meant`;
        throw new InvalidInputError(message, "frailty.by");
      }
    }
    return best;
  }
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
