import { seededRandom } from "../../lib/statistics/index";

/** Rows of a measurement, the same for this library and for R. */
export interface Rows {
  readonly time: Float64Array;
  readonly event: Uint8Array;
  readonly group: Uint8Array;
  readonly covariates: Readonly<Record<string, Float64Array>>;
}

/**
 * Rows with p normal covariates, exponential times and about half of them censored; in whole months if asked.
 * Seeded, so that each run measures the same.
 */
export function makeRows(n: number, p: number, months: boolean): Rows {
  const random = seededRandom(20150901, p);
  const covariates: Record<string, Float64Array> = {};
  const predictor = new Float64Array(n);
  for (let j = 0; j < p; j++) {
    const column = new Float64Array(n);
    const coefficient = (j % 2 === 0 ? 0.05 : -0.05) * (j + 1);
    for (let i = 0; i < n; i++) {
      column[i] = random.normal();
      predictor[i] += coefficient * column[i];
    }
    covariates[`x${j + 1}`] = column;
  }
  const time = new Float64Array(n);
  const event = new Uint8Array(n);
  const group = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    const until = -Math.log(1 - random.next()) * 40 * Math.exp(-predictor[i]);
    const followed = Math.min(-Math.log(1 - random.next()) * 60, 180);
    time[i] = Math.min(until, followed);
    if (months) time[i] = Math.ceil(time[i]);
    event[i] = until <= followed ? 1 : 0;
    group[i] = random.integer(2);
  }
  return { time, event, group, covariates };
}

/** What is measured, by name; the R side has the same names. */
export interface Case {
  readonly name: string;
  readonly title: string;
  readonly n: number;
  readonly p: number;
  readonly months: boolean;
  /** How often; the median counts. */
  readonly repeat: number;
  /** How many times as fast as R's the goal is, and of which of R's functions. */
  readonly goals: readonly { readonly r: string; readonly ratio: number }[];
}

const million = 1_000_000;

export const cases: readonly Case[] = [
  {
    name: "cox-everything",
    title: "Cox, Efron, with concordance, linear predictors, residuals",
    n: million,
    p: 10,
    months: false,
    repeat: 3,
    goals: [{ r: "coxph", ratio: 6 }],
  },
  {
    name: "cox-bare",
    title: "Cox, Efron, the bare fit",
    n: million,
    p: 10,
    months: false,
    repeat: 5,
    goals: [{ r: "coxph.fit", ratio: 1.8 }],
  },
  {
    name: "cox-everything-months",
    title: "the same with everything, in whole months",
    n: million,
    p: 10,
    months: true,
    repeat: 3,
    goals: [{ r: "coxph", ratio: 6 }],
  },
  {
    name: "cox-bare-months",
    title: "the bare fit, in whole months",
    n: million,
    p: 10,
    months: true,
    repeat: 5,
    goals: [{ r: "coxph.fit", ratio: 1.8 }],
  },
  {
    name: "kaplan-meier",
    title: "Kaplan–Meier with intervals",
    n: million,
    p: 0,
    months: false,
    repeat: 7,
    goals: [{ r: "survfit", ratio: 8 }],
  },
  {
    name: "kaplan-meier-months",
    title: "Kaplan–Meier with intervals, in whole months",
    n: million,
    p: 0,
    months: true,
    repeat: 7,
    goals: [{ r: "survfit", ratio: 10 }],
  },
  {
    name: "kaplan-meier-large",
    title: "Kaplan–Meier with intervals",
    n: 10 * million,
    p: 0,
    months: false,
    repeat: 3,
    goals: [{ r: "survfit", ratio: 12 }],
  },
  {
    name: "kaplan-meier-large-months",
    title: "Kaplan–Meier with intervals, in whole months",
    n: 10 * million,
    p: 0,
    months: true,
    repeat: 3,
    goals: [{ r: "survfit", ratio: 10 }],
  },
  {
    name: "log-rank",
    title: "log-rank, two groups",
    n: million,
    p: 0,
    months: false,
    repeat: 7,
    goals: [{ r: "survdiff", ratio: 10 }],
  },
  {
    name: "log-rank-months",
    title: "log-rank, two groups, in whole months",
    n: million,
    p: 0,
    months: true,
    repeat: 7,
    goals: [{ r: "survdiff", ratio: 10 }],
  },
  {
    name: "proportional-hazards",
    title: "proportional-hazards test",
    n: 100_000,
    p: 10,
    months: false,
    repeat: 7,
    goals: [{ r: "cox.zph", ratio: 2.5 }],
  },
  {
    name: "bootstrap",
    title: "1,000 bootstrap Cox fits",
    n: 251,
    p: 11,
    months: false,
    repeat: 5,
    goals: [
      { r: "coxph", ratio: 10 },
      { r: "coxph.fit", ratio: 2.5 },
    ],
  },
  {
    name: "bootstrap-two-threads",
    title: "1,000 bootstrap Cox fits on two threads",
    n: 251,
    p: 11,
    months: false,
    repeat: 5,
    goals: [
      { r: "coxph", ratio: 10 },
      { r: "coxph.fit", ratio: 2.5 },
    ],
  },
  {
    name: "permutations",
    title: "10,000 permutations of the log-rank",
    n: 37,
    p: 0,
    months: false,
    repeat: 15,
    goals: [
      { r: "survdiff", ratio: 100 },
      { r: "martingale sums", ratio: 1 },
    ],
  },
];
