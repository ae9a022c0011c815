import { readFileSync } from "node:fs";
import { bootstrapCox, permutationLogRank } from "../../lib/resampling/index";
import { cox, linearPredictors, proportionalHazards, residuals } from "../../lib/survival/cox/index";
import { concordance, kaplanMeier, logRank } from "../../lib/survival/index";
import { makeRows, type Rows } from "./cases";

/**
 * Measures one case in a process of its own and prints milliseconds of each run, by the clock and of the processor (all threads), and the peak of memory, as JSON:
 * `node tools/launch.mjs bench/survival/run-case.ts name n p months repeat`. The rows are made before and not timed.
 */

type Measure = (rows: Rows) => unknown;

const measures: Readonly<Record<string, Measure>> = {
  "cox-everything": ({ time, event, covariates }) => {
    const fit = cox({ time, event, covariates });
    return [concordance(fit), linearPredictors(fit), residuals(fit, "martingale")];
  },
  "cox-bare": ({ time, event, covariates }) => cox({ time, event, covariates }),
  "kaplan-meier": ({ time, event }) => kaplanMeier({ time, event }),
  "log-rank": ({ time, event, group }) => logRank({ time, event, group }),
  bootstrap: ({ time, event, covariates }) =>
    bootstrapCox({ time, event, covariates }, { replicates: 1000, bca: false }),
  "bootstrap-two-threads": ({ time, event, covariates }) =>
    bootstrapCox({ time, event, covariates }, { replicates: 1000, bca: false, threads: 2 }),
  permutations: ({ time, event }) =>
    permutationLogRank(
      { time, event, group: Uint8Array.from(time, (_, i) => (i < 19 ? 1 : 0)) },
      { exact: false, permutations: 10_000 },
    ),
};

function measureOf(name: string, rows: Rows): Measure {
  if (name === "proportional-hazards") {
    const { time, event, covariates } = rows;
    const fit = cox({ time, event, covariates });
    return () => proportionalHazards(fit);
  }
  const measure = measures[name.replace(/-large|-months/g, "")];
  if (measure === undefined) throw new Error(`no measurement is named ${name}`);
  return measure;
}

/** The process's largest resident size in MB, of the operating system where it says. */
function peakMegabytes(): number {
  const line = /VmHWM:\s+(\d+) kB/.exec(readFileSync("/proc/self/status", "utf8"));
  return line === null ? process.resourceUsage().maxRSS / 1024 : Number(line[1]) / 1024;
}

const [name, n, p, months, repeat] = process.argv.slice(2);
const rows = makeRows(Number(n), Number(p), months === "true");
const measure = measureOf(name, rows);
const milliseconds: number[] = [];
const processor: number[] = [];
for (let i = 0; i < Number(repeat); i++) {
  const start = performance.now();
  const before = process.cpuUsage();
  await measure(rows);
  milliseconds.push(performance.now() - start);
  const { user, system } = process.cpuUsage(before);
  processor.push((user + system) / 1000);
}
process.stdout.write(JSON.stringify({ milliseconds, processor, peak: peakMegabytes() }));
