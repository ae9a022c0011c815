import { exp, expm1, log, log1p } from "../../statistics/elementary";
import { type Derivatives, type Distribution, FAMILIES, logistic, type Triple } from "./families";
import type { RowLikelihood, RowTerms } from "./likelihood";
import { type FormModel, type ParametricTerm, placed, predictorOf } from "./model";
import type { Block, ParametricRows } from "./rows";

/** The logarithms of times and of entries; −Infinity where a row is there from the beginning, which adds nothing. */
export function logTimes({ time, entry }: ParametricRows) {
  return { logTime: time.map(log), logEntry: entry?.map((value) => (value > 0 ? log(value) : -Infinity)) ?? null };
}

/** The name of the form's parameter, where it has one. */
export function shapesOf(distribution: Distribution): string[] {
  const { shape } = FAMILIES[distribution];
  return shape === null ? [] : [shape];
}

/** exp of a last term "log(scale)", 1 where there is none. */
export function scaleOf(terms: readonly ParametricTerm[]): number {
  const { name, coefficient } = terms[terms.length - 1];
  return name === "log(scale)" ? exp(coefficient) : 1;
}

/** The exponential's intercept without covariates. */
export function startOf({ time, entry, weights, events }: ParametricRows): number {
  const exposure = time.reduce((sum, t, i) => sum + (weights?.[i] ?? 1) * (t - (entry?.[i] ?? 0)), 0);
  return log(exposure / events);
}

/**
 * A model in which covariates stretch or shorten time: the last block's predictor is η, and behind it stands the shape κ of the
 * form, where it has one. Where another block is before it, that one's predictor ζ is the log odds of having the event at all.
 */
export function acceleratedModel(
  rows: ParametricRows,
  distribution: Distribution,
  blocks: readonly Block[],
): FormModel {
  const { all, size } = placed(blocks);
  const shapes = shapesOf(distribution).map(() => ({ parameters: [size], columns: [blocks[0].columns[0]] }));
  return {
    rows,
    blocks: all,
    size: size + shapes.length,
    predictors: [...all.map((one, k) => predictorOf(one, k + 1 === all.length ? rows.offset : null)), ...shapes],
    fill: termsOfRow(rows, distribution, blocks.length - 1),
  };
}

/** log h(t) − H(t) of an event, −H(t) of a censored row, and H(entry), where η stands at `at`; of a share δ that has the event at
 * all log δ + log h − H, log(1 − δ + δ·S), and the latter at the entry taken away. */
function termsOfRow(rows: ParametricRows, distribution: Distribution, at: number): RowLikelihood["fill"] {
  const family = FAMILIES[distribution];
  const { logTime, logEntry } = logTimes(rows);
  return (out, row, predictors) => {
    const formAt = (logT: number) => family.at(logT - predictors[at], predictors[at + 1] ?? 0);
    const { logHazard, cumulative } = formAt(logTime[row]);
    if (rows.event[row] === 1) {
      if (at === 1) addLogShare(out, predictors[0]);
      out.value -= logTime[row];
      addForm(out, at, 1, logHazard);
      addForm(out, at, -1, cumulative);
    } else addSurvival(out, at, 1, predictors[0], cumulative);
    if (logEntry === null || logEntry[row] === -Infinity) return;
    addSurvival(out, at, -1, predictors[0], formAt(logEntry[row]).cumulative);
  };
}

/** Adds log δ, whose slope is 1 − δ. */
function addLogShare(out: RowTerms, logit: number): void {
  const [value, first, second] = logistic(logit).logHazard;
  out.value += value;
  out.gradient[0] += first;
  out.hessian[0] += second;
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
  // d²/dζdH = −π(1 − π), and H changes by −u and κ.
  const K = out.gradient.length;
  for (const [k, change] of [[1, by.u] as const, [2, -by.shape] as const]) {
    if (k === K) continue;
    out.hessian[k] += sign * both * change;
    out.hessian[k * K] += sign * both * change;
  }
}

/**
 * Adds sign·f(g(u, κ)) with f's value, slope and curvature at g, f = g unless told; u = log t − η. The predictor η stands at `at`, κ,
 * where there is one, behind it.
 */
function addForm(out: RowTerms, at: number, sign: number, by: Derivatives, f: Triple = [by.value, 1, 0]): void {
  const { gradient, hessian } = out;
  const [value, first, second] = f;
  const K = gradient.length;
  const shape = at + 1;
  out.value += sign * value;
  gradient[at] -= sign * first * by.u;
  hessian[at * K + at] += sign * (first * by.uu + second * by.u * by.u);
  if (shape === K) return;
  gradient[shape] += sign * first * by.shape;
  const mixed = sign * (first * by.uShape + second * by.u * by.shape);
  hessian[at * K + shape] -= mixed;
  hessian[shape * K + at] -= mixed;
  hessian[shape * K + shape] += sign * (first * by.shapeShape + second * by.shape * by.shape);
}
