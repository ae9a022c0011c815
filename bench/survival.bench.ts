import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir, totalmem } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type Case, cases, makeRows } from "./survival/cases";

/**
 * The survival library and R's survival package, measured in the same run on the same rows: `npm run bench -- survival`.
 * Each measurement has a process of its own; medians and peaks go to bench/RESULTS.md. A case's name after it
 * (`node tools/launch.mjs bench/survival.bench.ts log-rank`) measures that one and writes nothing.
 */

interface Measured {
  readonly median: number;
  readonly peak: number;
}

const folder = fileURLToPath(new URL("./survival/", import.meta.url));
const hasR = spawnSync("Rscript", ["-e", "library(survival)"], { stdio: "ignore" }).status === 0;

function measured(command: string, args: readonly string[]): Measured {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8", maxBuffer: 1 << 26 });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} failed:\n${stderr}`);
  const result: { milliseconds: number[]; peak: number } = JSON.parse(stdout);
  const sorted = [...result.milliseconds].sort((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)], peak: result.peak };
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
const megabytes = (value: number) => Math.round(value).toLocaleString("en-GB");
const count = (n: number) => n.toLocaleString("en-GB");

function compare(one: Case): string[] {
  const ours = here(one);
  const label = `${one.title}, n = ${count(one.n)}${one.p > 0 ? `, p = ${one.p}` : ""}`;
  if (!hasR) return [`| ${label} | ${seconds(ours.median)} | ${megabytes(ours.peak)} | | | | | |`];
  const rows = writeRows(one);
  try {
    return one.goals.map(({ r, ratio }) => {
      const theirs = inR(r, one, rows);
      const reached = theirs.median / ours.median;
      const verdict = reached >= ratio ? "met" : "missed";
      return (
        `| ${label} | ${seconds(ours.median)} | ${megabytes(ours.peak)} | ${r} | ${seconds(theirs.median)} | ` +
        `${megabytes(theirs.peak)} | ${reached.toPrecision(3)} | ${ratio}, ${verdict} |`
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

const chosen = process.argv[2];
const table = [
  "| case | here, s | peak, MB | in R | R, s | R's peak, MB | times as fast | goal |",
  "|---|---:|---:|---|---:|---:|---:|---|",
];
process.stdout.write(`${table.join("\n")}\n`);
for (const one of cases) {
  if (chosen !== undefined && one.name !== chosen) continue;
  for (const line of compare(one)) {
    table.push(line);
    process.stdout.write(`${line}\n`);
  }
}
if (chosen === undefined) {
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
    "By `npm run bench -- survival`, one after the other in one run: medians, each measurement in a process of its own,",
    "the rows made before. Peaks are of the whole process with its data. `coxph` also computes concordance, linear",
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
