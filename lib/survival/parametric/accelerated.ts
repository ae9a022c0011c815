import { exp, expm1, log, log1p } from "../../statistics/elementary";
import { type Derivatives, type Distribution, FAMILIES, logistic, type Triple } from "./families";
import { addFunction, type RowTerms } from "./likelihood";
import { type FormModel, fitModel, placed } from "./model";
import type { Block, ParametricRows } from "./rows";

/** The logarithms of times and of entries; −Infinity where a row is there from the beginning, which adds nothing. */
export function logTimes({ time, entry }: ParametricRows) {
  return { logTime: time.map(log), logEntry: time.map((_, i) => log(Math.max(0, entry?.[i] ?? 0))) };
}

/** The exponential's intercept without covariates. */
export function startOf({ time, entry, weights, events }: ParametricRows): number {
  const exposure = time.reduce((sum, t, i) => sum + (weights?.[i] ?? 1) * (t - (entry?.[i] ?? 0)), 0);
  return log(exposure / events);
}

/**
 * A model in which covariates stretch or shorten time: the last block's predictor is η, and behind it stands the shape κ of the
 * form, where it has one. Where another block is before it, that one's predictor ζ is the log odds of having the event at all.
 *
 * An event has log h(t) − H(t), a censored row −H(t), and both H(entry); of a share δ that has the event at all an event has
 * log δ + log h − H, a censored row log(1 − δ + δ·S), and the latter at the entry is taken away.
 */
export function acceleratedModel(rows: ParametricRows, form: Distribution, blocks: readonly Block[]): FormModel {
  const { blocks: all, size } = placed(blocks);
  const family = FAMILIES[form];
  const shapes = family.shape === null ? [] : [{ first: size, columns: [blocks[0].columns[0]] }];
  const { logTime, logEntry } = logTimes(rows);
  const at = blocks.length - 1;
  return {
    rows,
    blocks: all,
    size: size + shapes.length,
    predictors: [...all.map((one, k) => ({ ...one, offset: k === at ? rows.offset : null })), ...shapes],
    fill(out, row, predictors) {
      const formAt = (logT: number) => family.at(logT - predictors[at], predictors[at + 1] ?? 0);
      const { logHazard, cumulative } = formAt(logTime[row]);
      if (rows.event[row] === 1) {
        if (at === 1) addFunction(out, 0, 1, logistic(predictors[0]).logHazard);
        out.value -= logTime[row];
        addForm(out, at, 1, logHazard);
        addForm(out, at, -1, cumulative);
      } else addSurvival(out, at, 1, predictors[0], cumulative);
      if (logEntry[row] > -Infinity) addSurvival(out, at, -1, predictors[0], formAt(logEntry[row]).cumulative);
    },
  };
}

/** Fits such a model; `scale` is exp of a last term "log(scale)", 1 where there is none. */
export function fitAccelerated(rows: ParametricRows, form: Distribution, blocks: readonly Block[], start: number[]) {
  const { shape } = FAMILIES[form];
  const modelOf = (some: readonly Block[]) => acceleratedModel(rows, form, some);
  const found = fitModel(modelOf, blocks, start, shape === null ? [] : [shape]);
  const { name, coefficient } = found.terms[found.terms.length - 1];
  return { ...found, scale: name === "log(scale)" ? exp(coefficient) : 1 };
}

/**
 * Adds sign·log S; of a share that has the event at all sign·log(1 − δ + δ·S): with π = δS/(1 − δ + δS) its slopes are π − δ by the
 * logit and −π by H.
 */
function addSurvival(out: RowTerms, at: number, sign: 1 | -1, logit: number, by: Derivatives): void {
  if (at === 0) {
    addForm(out, at, -sign, by);
    return;
  }
  const share = 1 / (1 + exp(-logit));
  const never = 1 / (1 + exp(logit));
  const ever = 1 / (1 + exp(by.value - logit));
  const both = ever / (1 + exp(logit - by.value));
  const fallen = expm1(-by.value); // S − 1
  const value = share < 0.5 ? log1p(share * fallen) : log(never + share * exp(-by.value));
  out.gradient[0] += (sign * never * share * fallen) / (1 + share * fallen);
  out.hessian[0] += sign * (both - share * never);
  addForm(out, at, sign, by, [value, -ever, both]);
  // d²/dζdH = −π(1 − π).
  const K = out.gradient.length;
  for (let k = 1; k < K; k++) out.hessian[k * K] -= sign * both * by.slopes[k - 1];
}

/**
 * Adds sign·f(g(η, κ)) with f's value, slope and curvature at g, f = g unless told. The predictor η stands at `at`, κ, where there
 * is one, behind it.
 */
function addForm(out: RowTerms, at: number, sign: number, by: Derivatives, f: Triple = [by.value, 1, 0]): void {
  const { gradient, hessian } = out;
  const { slopes, curvatures } = by;
  const [value, first, second] = f;
  const K = gradient.length;
  out.value += sign * value;
  for (let i = 0; at + i < K; i++) {
    gradient[at + i] += sign * first * slopes[i];
    for (let j = 0; j <= i; j++) {
      hessian[(at + i) * K + at + j] += sign * (first * curvatures[i + j] + second * slopes[j] * slopes[i]);
    }
  }
}
