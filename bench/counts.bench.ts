import { writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { seededRandom } from "../lib/statistics/index";
import {
  baselineHazard,
  type CoxInput,
  concordance,
  cox,
  cumulativeIncidence,
  fineGray,
  grayTest,
  kaplanMeier,
  logRank,
  proportionalHazards,
  residuals,
} from "../lib/survival/index";

/**
 * Estimates from counts of like rows, as the counts grow: `npm run bench -- counts`. The time is to be that of the patterns, so that it is
 * divided by that of counts of 1 to 4; and a fit from counts stands beside the fit of the rows they count.
 */

const RUNS = 9;
const PATTERNS = 11_520;
const random = seededRandom(20150901);
const columnOf = (levels: number) => Float64Array.from({ length: PATTERNS }, () => random.integer(levels));
const covariates = Object.fromEntries(Array.from({ length: 8 }, (_, j) => [`x${j + 1}`, columnOf(j < 6 ? 2 : 5)]));
const time = Float64Array.from({ length: PATTERNS }, () => 1 + random.integer(60));
const event = Uint8Array.from({ length: PATTERNS }, () => (random.next() < 0.6 ? 1 : 0));
const group = columnOf(3);
const cause = Array.from(event, (value, i) => (value === 0 ? 0 : 1 + (i % 2)));
const once = Float64Array.from({ length: PATTERNS }, () => 1 + random.integer(4));

/** Milliseconds, the least of some runs. */
function least(run: () => unknown, runs = RUNS): number {
  let found = Infinity;
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    run();
    found = Math.min(found, performance.now() - start);
  }
  return found;
}

const measures: readonly (readonly [string, (counts: Float64Array) => () => unknown])[] = [
  ["Kaplan–Meier, three groups", (counts) => () => kaplanMeier({ time, event, counts, group })],
  ["log-rank", (counts) => () => logRank({ time, event, counts, group })],
  ["Cox, Efron, 8 covariates", (counts) => () => cox({ time, event, counts, covariates })],
  ["the same, robust", (counts) => () => cox({ time, event, counts, covariates }, { robust: true })],
  ["Cox, Breslow", (counts) => () => cox({ time, event, counts, covariates }, { ties: "breslow" })],
  [
    "after a fit: test of proportionality, baseline, residuals, concordance",
    (counts) => {
      const fit = cox({ time, event, counts, covariates });
      return () => [proportionalHazards(fit), baselineHazard(fit), residuals(fit, "martingale"), concordance(fit)];
    },
  ],
  ["cumulative incidence", (counts) => () => cumulativeIncidence({ time, cause, counts, group })],
  ["Gray's test", (counts) => () => grayTest({ time, cause, counts, group })],
  [
    "Fine and Gray, 2 covariates",
    (counts) => () => {
      const { x1, x2 } = covariates;
      return fineGray({ time, cause, counts, covariates: { x1, x2 } }, { cause: 1 });
    },
  ],
];

const factors = [1, 1e3, 1e6];
const rows = measures.map(([name, measure]) => {
  const runs = factors.map((factor) => measure(once.map((count) => count * factor)));
  // In turns, so that all have the same neighbours; the first is for the compiler.
  const taken = factors.map(() => Infinity);
  for (let turn = 0; turn <= (name.startsWith("Fine") ? 1 : RUNS); turn++) {
    runs.forEach((run, k) => {
      const start = performance.now();
      run();
      if (turn > 0) taken[k] = Math.min(taken[k], performance.now() - start);
    });
  }
  const ratios = taken.slice(1).map((milliseconds) => (milliseconds / taken[0]).toFixed(2));
  return `| ${name} | ${taken[0].toFixed(1)} | ${ratios.join(" | ")} |`;
});
const total = once.reduce((sum, count) => sum + count, 0);
const table = [
  `| ${PATTERNS.toLocaleString("en")} patterns | ${total.toLocaleString("en")} rows, ms | a thousand times as many rows | a million times |`,
  "|---|---:|---:|---:|",
  ...rows,
].join("\n");

/** A million rows by fifty of each. */
function besideRows(): string {
  const counts = once.map((count) => 35 * count);
  const source = Array.from(counts).flatMap((count, i) => new Array<number>(count).fill(i));
  const take = (values: ArrayLike<number>) => Float64Array.from(source, (i) => values[i]);
  const all: CoxInput = {
    time: take(time),
    event: take(event),
    covariates: Object.fromEntries(Object.entries(covariates).map(([name, values]) => [name, take(values)])),
  };
  const fromRows = least(() => cox(all), 2);
  const fromCounts = least(() => cox({ time, event, counts, covariates }));
  const [a, b] = [cox(all), cox({ time, event, counts, covariates })];
  const apart = a.terms.map((term, j) => Math.abs(term.coefficient / b.terms[j].coefficient - 1));
  const millions = (source.length / 1e6).toFixed(2);
  return `Cox's model of ${millions} million rows, Efron's ties: ${(fromRows / fromCounts).toFixed(0)} times as long from the rows as from their counts; coefficients differ by ${Math.max(...apart).toExponential(0)} of themselves at most.`;
}

const beside = besideRows();
process.stdout.write(`${table}\n\n${beside}\n`);
const text = [
  "# Counts, measured",
  "",
  "By `npm run bench -- counts`: milliseconds of an estimate from counts of like rows, the least of nine runs (Fine and Gray: one), and how",
  "many times as long it takes when every count is a thousand or a million times as large.",
  "",
  table,
  "",
  beside,
  "",
  `Machine: ${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}, Node ${process.version}. Load average over ` +
    `the last 15 minutes: ${loadavg()[2].toFixed(1)}.`,
  "",
];
writeFileSync(fileURLToPath(new URL("./COUNTS.md", import.meta.url)), text.join("\n"));
