import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir, totalmem } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { calibration } from "./calibration";
import { type Case, cases, makeRows } from "./survival/cases";

/**
 * The survival library and R's survival package, measured in the same run on the same rows: `npm run bench -- survival`.
 * Each measurement has a process of its own; times and peaks go to bench/RESULTS.md. Names of cases after it
 * (`node tools/launch.mjs bench/survival.bench.ts log-rank bootstrap`) measure those and write nothing.
 */

/** Milliseconds by the clock, and of the processor in the best run: other work on the machine spoils the former more. */
interface Measured {
  readonly first: number;
  readonly median: number;
  readonly best: number;
  readonly processor: number;
  readonly peak: number;
}

const folder = fileURLToPath(new URL("./survival/", import.meta.url));
const hasR = spawnSync("Rscript", ["-e", "library(survival)"], { stdio: "ignore" }).status === 0;

function measured(command: string, args: readonly string[]): Measured {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8", maxBuffer: 1 << 26 });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} failed:\n${stderr}`);
  const result: { milliseconds: number[]; processor: number[]; peak: number } = JSON.parse(stdout);
  const { milliseconds, processor, peak } = result;
  const sorted = [...milliseconds].sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)];
  return { first: milliseconds[0], median, best: sorted[0], processor: Math.min(...processor), peak };
}

function here({ name, n, p, months, repeat }: Case): Measured {
  const script = path.join(folder, "run-case.ts");
  const heap = n > 5_000_000 ? ["--max-old-space-size=8192"] : [];
  return measured(process.execPath, [
    ...heap,
    path.join(folder, "../../tools/launch.mjs"),
    script,
    name,
    ...[n, p, months, repeat].map(String),
  ]);
}

function inR(r: string, { name, n, p, repeat }: Case, rows: string): Measured {
  // What takes R more than a minute is measured once.
  const times = String(n > 5_000_000 || (name === "permutations" && r === "survdiff") ? 1 : Math.min(repeat, 3));
  return measured("Rscript", [path.join(folder, "run-case.R"), r, String(n), String(p), times, rows]);
}

/** Writes a case's rows where R reads them. */
function writeRows({ n, p, months }: Case): string {
  const target = mkdtempSync(path.join(tmpdir(), "bench-rows-"));
  const { time, event, group, covariates } = makeRows(n, p, months);
  writeFileSync(path.join(target, "time"), time);
  writeFileSync(path.join(target, "event"), event);
  writeFileSync(path.join(target, "group"), group);
  if (p > 0) {
    const all = new Float64Array(n * p);
    Object.values(covariates).forEach((column, j) => {
      all.set(column, j * n);
    });
    writeFileSync(path.join(target, "covariates"), all);
  }
  return target;
}

const seconds = (milliseconds: number) => (milliseconds / 1000).toPrecision(3);
const times = ({ first, median, best }: Measured) => [first, median, best].map(seconds).join(" · ");
const megabytes = (value: number) => Math.round(value).toLocaleString("en-GB");
const count = (n: number) => n.toLocaleString("en-GB");

function compare(one: Case): string[] {
  const ours = here(one);
  const label = `${one.title}, n = ${count(one.n)}${one.p > 0 ? `, p = ${one.p}` : ""}`;
  const row = `| ${label} | ${times(ours)} | ${seconds(ours.processor)} | ${megabytes(ours.peak)} |`;
  if (!hasR) return [`${row} | | | | | | |`];
  const rows = writeRows(one);
  try {
    return one.goals.map(({ r, ratio }) => {
      const theirs = inR(r, one, rows);
      const reached = theirs.median / ours.median;
      const byProcessor = theirs.processor / ours.processor;
      const verdict = reached >= ratio ? "met" : "missed";
      return (
        `${row} ${r} | ${times(theirs)} | ${seconds(theirs.processor)} | ${megabytes(theirs.peak)} | ` +
        `${reached.toPrecision(3)} | ${byProcessor.toPrecision(3)} | ${ratio}, ${verdict} |`
      );
    });
  } finally {
    rmSync(rows, { recursive: true });
  }
}

/** Time and memory as n grows tenfold, each n being measured once after a first run. */
function growth(): string[] {
  return ["kaplan-meier", "log-rank", "cox-bare"].flatMap((name) =>
    [10_000, 100_000, 1_000_000, ...(name === "cox-bare" ? [] : [10_000_000])].map((n) => {
      const p = name === "cox-bare" ? 10 : 0;
      const { median, peak } = here({ name, title: name, n, p, months: false, repeat: 3, goals: [] });
      const perRow = ((median * 1e6) / n).toFixed(0);
      return `| ${name} | ${count(n)} | ${seconds(median)} | ${perRow} | ${megabytes(peak)} |`;
    }),
  );
}

const chosen = process.argv.slice(2);
const table = [
  "| case | here, s: first · median · best | processor | peak, MB | in R | R, s: first · median · best | processor | R's peak, MB | times as fast, median | by processor | goal |",
  "|---|---:|---:|---:|---|---:|---:|---:|---:|---:|---|",
];
process.stdout.write(
  `calibration ${calibration().toFixed(2)} s, load ${loadavg()[0].toFixed(1)}\n\n${table.join("\n")}\n`,
);
for (const one of cases) {
  if (chosen.length > 0 && !chosen.includes(one.name)) continue;
  for (const line of compare(one)) {
    table.push(line);
    process.stdout.write(`${line}\n`);
  }
}
process.stdout.write(`\ncalibration ${calibration().toFixed(2)} s, load ${loadavg()[0].toFixed(1)}\n`);
if (chosen.length === 0) {
  const growing = ["| case | n | s | ns a row | peak, MB |", "|---|---:|---:|---:|---:|", ...growth()];
  process.stdout.write(`\n${growing.join("\n")}\n`);
  const versions = hasR
    ? spawnSync("Rscript", ["-e", 'cat(R.version.string, "with survival", format(packageVersion("survival")))'], {
        encoding: "utf8",
      }).stdout
    : "no R here";
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}, ${versions}`;
  const text = [
    "# The survival library and R's, measured",
    "",
    "By `npm run bench -- survival`, one after the other in one run, each measurement in a process of its own, the rows made",
    "before. Processor time is that of the best run, all threads together. Peaks are of the whole process with its data. `coxph` also computes concordance, linear",
    "predictors and residuals, and so does the row compared with it.",
    "",
    ...table,
    "",
    "Growth with n; the sort is linear too.",
    "",
    ...growing,
    "",
    `Machine: ${machine}. Load average over the last 15 minutes of the run: ${loadavg()[2].toFixed(1)}, this run itself`,
    "being 1; above that other work shared the processors, and single figures vary by half.",
    "",
  ];
  writeFileSync(fileURLToPath(new URL("./RESULTS.md", import.meta.url)), text.join("\n"));
}
