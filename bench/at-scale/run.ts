import { type CountsQuestion, simulateStays, survivalCounts } from "../../lib/at-scale";
import { cox, cumulativeIncidence, kaplanMeier, logRank } from "../../lib/survival";

/**
 * Counts stays of one Parquet file and analyses them: `node tools/launch.mjs bench/at-scale/run.ts N` prints seconds and
 * memory as JSON. The file is made by another process, so that its memory is not counted: N is its path.
 */

const [what = "", file = ""] = process.argv.slice(2);

const question: CountsQuestion = {
  dates: { start: "admitted", end: "released", until: "2020-12-31" },
  unit: "months",
  roundTime: 1,
  cause: { column: "ending" },
  covariates: ["programme", { column: "age", bins: [25, 30, 40, 50] }, "sex", "district"],
  provenance: "synthetic",
};

let clock = performance.now();
const seconds = (): number => {
  const passed = (performance.now() - clock) / 1000;
  clock = performance.now();
  return passed;
};

async function measure(): Promise<void> {
  clock = performance.now();
  const stays = await survivalCounts(file, question);
  const count = seconds();
  kaplanMeier({ ...stays.outcome, group: stays.columns.programme.map(String) });
  const curves = seconds();
  logRank({ ...stays.outcome, group: stays.columns.programme.map(String) });
  const test = seconds();
  const fit = cox(stays.model);
  const model = seconds();
  if (stays.competing !== null) cumulativeIncidence(stays.competing);
  const incidence = seconds();
  const { report } = stays;
  const peak = process.resourceUsage().maxRSS / 1024;
  const { coefficient } = fit.terms[0];
  process.stdout.write(
    JSON.stringify({
      n: report.rows.used,
      patterns: report.patterns,
      terms: fit.terms.length,
      coefficient,
      count,
      curves,
      test,
      model,
      incidence,
      peak,
    }),
  );
}

if (what === "make") void simulateStaysTo(Number(file));
else void measure();

async function simulateStaysTo(stays: number): Promise<void> {
  const made = await simulateStays({ stays });
  const { copyFileSync } = await import("node:fs");
  copyFileSync(made, process.argv[4] ?? "stays.parquet");
}
