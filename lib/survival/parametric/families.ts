import gammaln from "@stdlib/math-base-special-gammaln";
import { logChiSquareUpperTail, logNormalUpperTail } from "../../statistics";
import { exp, expm1, log1p } from "../../statistics/elementary";

/** The forms of the baseline that parametric() and splitPopulation() know. */
export type Distribution = "exponential" | "weibull" | "lognormal" | "loglogistic" | "gompertz" | "gamma";

/** A value with its first and second derivative. */
export type Triple = readonly [value: number, first: number, second: number];

/** A function of the predictor η and of the shape κ, with its slopes by both and its curvatures by η, by both and by κ. */
export interface Derivatives {
  readonly value: number;
  readonly slopes: readonly [eta: number, shape: number];
  readonly curvatures: readonly [eta: number, mixed: number, shape: number];
}

/** A distribution of times that covariates stretch or shorten: T = exp(η)·T₀, with a T₀ whose form κ decides. */
export interface Family {
  /** What the last term of a fit is; null where the form has no parameter. */
  readonly shape: "log(scale)" | "log(shape)" | "shape" | null;
  /** The logarithm of t·h(t), and the cumulative hazard, at u = log t − η. */
  at(u: number, shape: number): { readonly logHazard: Derivatives; readonly cumulative: Derivatives };
}

/** log λ and Λ of a standard distribution at z, with λ = Λ′, and their first and second derivatives. */
export interface Standard {
  readonly logHazard: Triple;
  readonly cumulative: Triple;
}

/** log T = η + σ·Z, κ = log σ (Kalbfleisch and Prentice 2002, The Statistical Analysis of Failure Time Data, ch. 3). */
function locationScale(standard: (z: number) => Standard, hasScale = true): Family {
  return {
    shape: hasScale ? "log(scale)" : null,
    at(u, shape) {
      const rate = exp(-shape);
      const z = u * rate;
      const { logHazard, cumulative } = standard(z);
      const { value, slopes, curvatures } = ofScaled(logHazard, z, rate);
      return {
        logHazard: { value: value - shape, slopes: [slopes[0], slopes[1] - 1], curvatures },
        cumulative: ofScaled(cumulative, z, rate),
      };
    },
  };
}

/** f(z) at z = (log t − η)·exp(−κ). */
function ofScaled([value, first, second]: Triple, z: number, rate: number): Derivatives {
  return {
    value,
    slopes: [-first * rate, -z * first],
    curvatures: [second * rate * rate, rate * (first + z * second), z * z * second + z * first],
  };
}

export function extremeValue(z: number): Standard {
  const hazard = exp(z);
  return { logHazard: [z, 1, 0], cumulative: [hazard, hazard, hazard] };
}

export function logistic(z: number): Standard {
  const p = 1 / (1 + exp(-z));
  const q = 1 / (1 + exp(z));
  const cumulative = z > 0 ? z + log1p(exp(-z)) : log1p(exp(z));
  const logHazard = z > 0 ? -log1p(exp(-z)) : z - cumulative;
  return { logHazard: [logHazard, q, -p * q], cumulative: [cumulative, p, p * q] };
}

const LOG_ROOT_TWO_PI = 0.9189385332046727;

export function normal(z: number): Standard {
  // Of a scale on its way to 0: no rise, wherever it came from.
  if (Number.isNaN(z)) return { logHazard: [z, z, z], cumulative: [z, z, z] };
  const cumulative = -logNormalUpperTail(z);
  const logHazard = -(z * z) / 2 - LOG_ROOT_TWO_PI + cumulative;
  const hazard = exp(logHazard);
  const slope = hazard * (hazard - z);
  return { logHazard: [logHazard, hazard - z, slope - 1], cumulative: [cumulative, hazard, slope] };
}

/**
 * Gompertz's hazard of T₀ is exp(κ·t): of T it is exp(κ·t/e^η)/e^η, which is exponential at κ = 0, and below it leaves a
 * share exp(1/κ) that the event never reaches. In flexsurv's words rate = exp(−η) and shape = κ·exp(−η).
 */
const gompertz: Family = {
  shape: "shape",
  at(u, shape) {
    const v = exp(u);
    const x = shape * v;
    const growth = v * exp(x);
    const [mean, first, second] = meanGrowth(x);
    return {
      logHazard: { value: u + x, slopes: [-(1 + x), v], curvatures: [x, -v, 0] },
      cumulative: {
        value: v * mean,
        slopes: [-growth, v * v * first],
        curvatures: [growth * (1 + x), -v * growth, v * v * v * second],
      },
    };
  },
};

/** ∫ sʳ·exp(x·s) over (0, 1) for r = 0, 1, 2: (eˣ − 1)/x and its derivatives; by series where the quotients cancel. */
function meanGrowth(x: number): Triple {
  if (Math.abs(x) > 1) {
    const [e, e1] = [exp(x), expm1(x)];
    return [e1 / x, (x * e - e1) / (x * x), (x * x * e - 2 * x * e + 2 * e1) / (x * x * x)];
  }
  const sums: [number, number, number] = [0, 0, 0];
  let term = 1; // xᵐ/m!
  for (let m = 0; m < 20; m++) {
    for (let r = 0; r < 3; r++) sums[r] += term / (m + r + 1);
    term *= x / (m + 1);
  }
  return sums;
}

/** Weights of the central differences of eighth order: the first derivative's, then the second's (middle first). */
const FIRST = [4 / 5, -1 / 5, 4 / 105, -1 / 280];
const SECOND = [-205 / 72, 8 / 5, -1 / 5, 8 / 315, -1 / 560];
const STEP = 0.03;

/** A function of κ with its first and second derivatives, where these have no closed form. */
function differences(f: (shape: number) => number, shape: number): Triple {
  const value = f(shape);
  let first = 0;
  let second = SECOND[0] * value;
  for (let i = 1; i <= 4; i++) {
    const above = f(shape + i * STEP);
    const below = f(shape - i * STEP);
    first += FIRST[i - 1] * (above - below);
    second += SECOND[i] * (above + below);
  }
  return [value, first / STEP, second / (STEP * STEP)];
}

/** Of a shape beyond what doubles hold, on its way to infinity, not a number: no rise. */
function cumulativeGamma(x: number, shape: number): number {
  const holds = Number.isFinite(x) && Number.isFinite(2 * shape) && shape > 0;
  return holds ? -logChiSquareUpperTail(2 * x, 2 * shape) : Number.NaN;
}

/** T₀ has a gamma distribution of shape k = exp(κ) and rate 1: log t·f(t) = k·u − exp(u) − log Γ(k). */
const gamma: Family = {
  shape: "log(shape)",
  at(u, shape) {
    const [k, v] = [exp(shape), exp(u)];
    const [H, H1, H2] = differences((s) => cumulativeGamma(v, exp(s)), shape);
    const [g, g1, g2] = differences((s) => gammaln(exp(s)), shape);
    const value = k * u - v - g + H;
    const hazard = exp(value);
    const slope = k - v + hazard;
    const ofShape = k * u - g1 + H1;
    return {
      logHazard: {
        value,
        slopes: [-slope, ofShape],
        curvatures: [-v + hazard * slope, -(k + hazard * ofShape), k * u - g2 + H2],
      },
      cumulative: { value: H, slopes: [-hazard, H1], curvatures: [hazard * slope, -hazard * ofShape, H2] },
    };
  },
};

/** The families by name. */
export const FAMILIES: Readonly<Record<Distribution, Family>> = {
  exponential: locationScale(extremeValue, false),
  weibull: locationScale(extremeValue),
  lognormal: locationScale(normal),
  loglogistic: locationScale(logistic),
  gompertz,
  gamma,
};
