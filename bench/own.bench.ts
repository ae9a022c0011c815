import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { isoDay } from "../lib/dates";
import { seededRandom } from "../lib/statistics/random";

/**
 * Somebody's own file, from 1 to 1,000,000 rows: `npm run bench -- own`. Each size has a process of its own; the result
 * goes to bench/OWN.md.
 */

interface Measured {
  readonly n: number;
  /** Seconds of the processor. */
  readonly load: number;
  readonly analyse: number;
  readonly figures: number;
  /** Seconds on the wall. */
  readonly loadWall: number;
  readonly analyseWall: number;
  readonly figuresWall: number;
  /** Megabytes once the file is read, and at the most. */
  readonly loaded: number;
  readonly peak: number;
  /** Kilobytes of the largest figure. */
  readonly figure: number;
}

const FOLDER = fileURLToPath(new URL("./", import.meta.url));
const SIZES = [1, 1000, 20_000, 100_000, 1_000_000];

/** Arrests over eight years; two in five treated and released 1.3 times as fast; some die; every twentieth date is a month. */
function rows(n: number): string {
  const random = seededRandom(20_150_901);
  const lines = ["id,detained,released,died,age,sex,appeal"];
  for (let i = 0; i < n; i++) {
    const treated = random.next() < 0.4;
    const detained = 14_600 + random.integer(3000);
    const wait = (days: number) => detained + 1 + Math.round(-Math.log(1 - random.next()) * days);
    const [released, died] = [wait(treated ? 460 : 600), wait(9000)];
    const day = (end: number, other: number) => (end < other && end < 18_500 ? isoDay(end) : "");
    const known = random.next() < 0.05 ? isoDay(detained).slice(0, 7) : isoDay(detained);
    const person = `${20 + random.integer(40)},${random.next() < 0.5 ? "f" : "m"},${treated ? "yes" : "no"}`;
    lines.push(`p${i},${known},${day(released, died)},${day(died, released)},${person}`);
  }
  return `${lines.join("\n")}\n`;
}

function measured(n: number): Measured & { readonly bytes: number } {
  const folder = mkdtempSync(path.join(tmpdir(), "bench-own-"));
  try {
    const file = path.join(folder, "arrests.csv");
    writeFileSync(file, rows(n));
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      // The room for young objects that a notebook's kernel has (tools/kernel/protocol/command.ts).
      ["--max-semi-space-size=64", path.join(FOLDER, "../tools/launch.mjs"), path.join(FOLDER, "own", "run.ts"), file],
      { encoding: "utf8" },
    );
    if (status !== 0) throw new Error(stderr);
    const result: Measured = JSON.parse(stdout);
    return { ...result, bytes: statSync(file).size };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const table = [
  "| rows | file, MB | read, s | read on the wall, s | analyse, s | three figures, s | all on the wall, s | memory once read, MB | peak, MB | largest figure, KB |",
  "|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
];
const whole = (value: number) => Math.round(value).toLocaleString("en-GB");
process.stdout.write(`${table.join("\n")}\n`);
for (const n of SIZES) {
  const { load, analyse, figures, loaded, peak, figure, bytes, ...walls } = measured(n);
  const wall = walls.loadWall + walls.analyseWall + walls.figuresWall;
  const line = `| ${whole(n)} | ${(bytes / 1e6).toFixed(1)} | ${load.toFixed(2)} | ${walls.loadWall.toFixed(2)} | ${analyse.toFixed(2)} | ${figures.toFixed(2)} | ${wall.toFixed(1)} | ${whole(loaded)} | ${whole(peak)} | ${whole(figure)} |`;
  table.push(line);
  process.stdout.write(`${line}\n`);
}
const machine = `${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}, Node ${process.version}`;
const text = [
  "# Somebody's own file, measured",
  "",
  "By `npm run bench -- own`: `loadCampaign`, `analyseCampaign` (curves, log-rank and permutation test, balance, two Cox",
  "models, proportional hazards, restricted means, cumulative incidence and Gray's test) and three figures, each size once",
  "and in a process of its own, with the room for young objects that a notebook's kernel has. Seconds are of the processor,",
  "garbage collection in other threads included, unless they are called those on the wall; peaks are of the whole process.",
  "",
  ...table,
  "",
  `Machine: ${machine}. Load average over the last 15 minutes: ${loadavg()[2].toFixed(1)}, this run itself being 1; above that other`,
  "work shared the processors, and times on the wall are longer than on a quiet machine.",
  "",
];
writeFileSync(path.join(FOLDER, "OWN.md"), text.join("\n"));
