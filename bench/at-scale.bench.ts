import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Stays from 10⁴ to 10⁸: `npm run bench -- at-scale`, with 10⁸ only where HRD_EVERY is set (half a gigabyte of disk and some
 * minutes). Results go to bench/AT-SCALE.md, and to bench/at-scale.json for notebook 09.
 */

const FOLDER = fileURLToPath(new URL("./", import.meta.url));
const KEPT = path.join(FOLDER, "../.cache/at-scale");
const SIZES = [4, 5, 6, 7, ...(process.env.HRD_EVERY === undefined ? [] : [8])].map((power) => 10 ** power);
/** Rows of the comparison with R. */
const ROWS = 10_000_000;

interface Lap {
  readonly wall: number;
  readonly processor: number;
}

interface Counted {
  readonly stays: number;
  readonly patterns: number;
  readonly terms: number;
  readonly count: Lap;
  readonly estimates: Lap;
  readonly peak: number;
}

function run<T>(command: string, args: readonly string[]): T {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8", maxBuffer: 1 << 26 });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout === "" ? "null" : stdout);
}

const program = <T>(name: string, ...args: readonly string[]): T =>
  run<T>(process.execPath, [path.join(FOLDER, "../tools/launch.mjs"), path.join(FOLDER, "at-scale", name), ...args]);

function fileOf(stays: number): string {
  mkdirSync(KEPT, { recursive: true });
  const file = path.join(KEPT, `stays-${stays}.parquet`);
  if (!existsSync(file)) program("run.ts", "make", String(stays), file);
  return file;
}

const whole = (value: number): string => Math.round(value).toLocaleString("en-GB");
const say = (line: string): void => {
  lines.push(line);
  process.stdout.write(`${line}\n`);
};
const lines: string[] = [];
const runs: { stays: number; count: number; estimates: number }[] = [];

say("| stays | file, MB | patterns | counting, s | all estimates, s | both on the wall, s | peak, MB |");
say("|---:|---:|---:|---:|---:|---:|---:|");
for (const size of SIZES) {
  const file = fileOf(size);
  const { stays, patterns, count, estimates, peak } = program<Counted>("run.ts", "counts", file);
  const [counting, estimating] = [count.processor.toFixed(2), estimates.processor.toFixed(2)];
  const wall = (count.wall + estimates.wall).toFixed(1);
  const megabytes = (statSync(file).size / 1e6).toFixed(1);
  say(
    `| ${whole(stays)} | ${megabytes} | ${whole(patterns)} | ${counting} | ${estimating} | ${wall} | ${whole(peak)} |`,
  );
  runs.push({ stays, count: Number(counting), estimates: Number(estimating) });
}

const out = path.join(KEPT, "rows.bin");
const here = program<{ n: number; count: Lap; fit: Lap; byRow: Lap; apart: number; numbers: number[] }>(
  "run.ts",
  "rows",
  fileOf(ROWS),
  out,
);
const inR = run<{ fit: Lap; numbers: number[] }>("Rscript", [
  path.join(FOLDER, "at-scale/rows.R"),
  out,
  String(here.n),
]);
rmSync(out);
const apartFromR = Math.max(...here.numbers.map((value, i) => Math.abs(value / inR.numbers[i] - 1)));
say("");
say(
  `| a Cox model of ${whole(here.n)} stays | on the wall, s | times as long | processor, s | times as long | apart from counts, relative |`,
);
say("|---|---:|---:|---:|---:|---:|");
const counted: Lap = {
  wall: here.count.wall + here.fit.wall,
  processor: here.count.processor + here.fit.processor,
};
const compared = (what: string, { wall, processor }: Lap, apart: string): void =>
  say(
    `| ${what} | ${wall.toFixed(2)} | ${(wall / counted.wall).toFixed(1)} | ${processor.toFixed(2)} | ${(processor / counted.processor).toFixed(1)} | ${apart} |`,
  );
compared("counted by DuckDB from the file, and fitted", counted, "");
compared("`cox()` on rows, once they are here", here.byRow, here.apart.toExponential(1));
compared("R's `coxph` on rows, once they are there", inR.fit, apartFromR.toExponential(1));

const servers = program<{ stays: number; alone: number[]; together: number; same: boolean }>(
  "servers.ts",
  String(ROWS),
);
const slower = Math.max(...servers.alone);
say("");
say(
  `${whole(servers.stays)} stays on two servers of PostgreSQL on this one machine, half on each, medians of three: ${servers.alone.map((one) => one.toFixed(1)).join(" s and ")} s alone, ${servers.together.toFixed(1)} s both at once, ${(servers.together / slower).toFixed(2)} times the slower one; the counts ${servers.same ? "are" : "are NOT"} those of one file in DuckDB.`,
);

const text = [
  "# Stays by the million, measured",
  "",
  "By `npm run bench -- at-scale`: made-up stays in Parquet (`simulateStays`), counted by DuckDB in this process with two dates, an",
  "end with two causes and four covariates (eleven columns of a model), by months; then Kaplan–Meier and log-rank test by programme,",
  "a Cox model, cumulative incidence. Each size once, in a process of its own. Seconds are of the processor, all threads together,",
  "unless they are called those on the wall; the peak is of the whole process, the engine included.",
  "",
  ...lines,
  "",
  `Machine: ${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}, Node ${process.version}. Load average over the last 15 minutes: ${loadavg()[2].toFixed(1)}, this run itself being up to 2; above`,
  "that other work shared the processors: ratios within one table are what to read.",
  "",
];
writeFileSync(path.join(FOLDER, "AT-SCALE.md"), text.join("\n"));
writeFileSync(path.join(FOLDER, "at-scale.json"), `${JSON.stringify({ runs }, null, 2)}\n`);
