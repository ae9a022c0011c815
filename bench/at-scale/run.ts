import { copyFileSync, writeFileSync } from "node:fs";
import { type CountsQuestion, simulateStays, survivalCounts } from "../../lib/at-scale";
import { cox, cumulativeIncidence, kaplanMeier, logRank } from "../../lib/survival";

/**
 * One measurement in a process of its own, so that memory is its own too; prints seconds and megabytes as JSON.
 *
 *     node tools/launch.mjs bench/at-scale/run.ts make N FILE      makes up stays
 *     node tools/launch.mjs bench/at-scale/run.ts counts FILE      counts them, and all estimates from the counts
 *     node tools/launch.mjs bench/at-scale/run.ts rows FILE OUT    a Cox model from counts and from rows; rows for R to OUT
 */

const dates = { start: "admitted", end: "released", until: "2020-12-31" };

/** Eleven columns of a model, of four covariates. */
const question: CountsQuestion = {
  dates,
  unit: "months",
  roundTime: 1,
  cause: { column: "ending" },
  covariates: ["programme", { column: "age", bins: [25, 30, 40, 50] }, "sex", "district"],
  provenance: "synthetic",
};

let clock = performance.now();
let processor = process.cpuUsage();
const start = (): void => {
  clock = performance.now();
  processor = process.cpuUsage();
};
/** Seconds since the last lap: of the clock on the wall, and of the processor, the engine's threads included. */
const lap = (): { readonly wall: number; readonly processor: number } => {
  const { user, system } = process.cpuUsage(processor);
  const passed = { wall: (performance.now() - clock) / 1000, processor: (user + system) / 1e6 };
  start();
  return passed;
};
const print = (value: object): void => {
  process.stdout.write(JSON.stringify(value));
};

async function counts(file: string): Promise<void> {
  start();
  const stays = await survivalCounts(file, question);
  const count = lap();
  const grouped = { ...stays.outcome, group: stays.columns.programme };
  kaplanMeier(grouped);
  logRank(grouped);
  const { terms } = cox(stays.model);
  if (stays.competing !== null) cumulativeIncidence(stays.competing);
  const estimates = lap();
  const peak = process.resourceUsage().maxRSS / 1024;
  const { rows, patterns } = stays.report;
  print({ stays: rows.used, patterns, terms: terms.length, count, estimates, peak });
}

async function rows(file: string, out: string): Promise<void> {
  start();
  const covariates = ["programme", { column: "age", name: "older", bins: [40] }];
  const { model } = await survivalCounts(file, { dates, unit: "months", roundTime: 1, covariates });
  const count = lap();
  const fromCounts = cox(model);
  const fit = lap();
  const n = model.counts.reduce((sum, one) => sum + one, 0);
  const spread = (values: ArrayLike<number | boolean>): Float64Array => {
    const all = new Float64Array(n);
    let at = 0;
    for (const [i, copies] of model.counts.entries()) {
      all.fill(Number(values[i]), at, at + copies);
      at += copies;
    }
    return all;
  };
  const columns = [spread(model.time), spread(model.event), ...Object.values(model.covariates).map(spread)];
  writeFileSync(out, "");
  for (const column of columns) writeFileSync(out, new Uint8Array(column.buffer), { flag: "a" });
  const [time, event, programme, older] = columns;
  start();
  const fromRows = cox({ time, event, covariates: { programme, older } });
  const byRow = lap();
  const numbers = [fromCounts, fromRows].map(({ terms }) =>
    terms.flatMap((term) => [term.coefficient, term.standardError]),
  );
  const apart = Math.max(...numbers[0].map((value, i) => Math.abs(value / numbers[1][i] - 1)));
  print({ n, count, fit, byRow, apart, numbers: numbers[0], peak: process.resourceUsage().maxRSS / 1024 });
}

const [what, first = "", second = ""] = process.argv.slice(2);
if (what === "make") void simulateStays({ stays: Number(first) }).then((made) => copyFileSync(made, second));
else if (what === "counts") void counts(first);
else void rows(first, second);
