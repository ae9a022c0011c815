import { writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { asin, cos, exp, expm1, log, log1p, log10, pow, sin } from "../lib/statistics/elementary";
import { seededRandom } from "../lib/statistics/index";

/**
 * The library's elementary functions beside the engine's, on arguments as the estimators have them:
 * `npm run bench -- elementary`. Nanoseconds a call, the least of many runs, in turns, so that both have the same
 * neighbours.
 */

const COUNT = 100_000;
const RUNS = 60;
const EXPONENT = 1.37;

type Unary = (x: number) => number;

const random = seededRandom(20150901);
const functions: readonly (readonly [string, string, Unary, Unary, Unary])[] = [
  ["exp", "−18 to 2", exp, Math.exp, (u) => 20 * u - 18],
  ["log", "0 to 1,000", log, Math.log, (u) => 1000 * u + 1e-9],
  ["log10", "0 to 1,000", log10, Math.log10, (u) => 1000 * u + 1e-9],
  ["expm1", "−5 to 1", expm1, Math.expm1, (u) => 6 * u - 5],
  ["log1p", "−1 to 0", log1p, Math.log1p, (u) => -u],
  ["pow", `0 to 3, to the ${EXPONENT}`, (x) => pow(x, EXPONENT), (x) => x ** EXPONENT, (u) => 3 * u],
  ["sin", "0 to π/2", sin, Math.sin, (u) => (u * Math.PI) / 2],
  ["cos", "0 to π/2", cos, Math.cos, (u) => (u * Math.PI) / 2],
  ["asin", "0 to 1", asin, Math.asin, (u) => u],
];

/** A loop of its own for each function: one loop for all would be compiled for none. */
function loopOf(f: Unary): (values: Float64Array, results: Float64Array) => void {
  return new Function(
    "f",
    "return (values, results) => { for (let i = 0; i < values.length; i++) results[i] = f(values[i]); }",
  )(f);
}

const results = new Float64Array(COUNT);
const rows = functions.map(([name, range, ours, engines, argument]) => {
  const values = Float64Array.from({ length: COUNT }, () => argument(random.next()));
  const loops = [loopOf(ours), loopOf(engines)] as const;
  const least = [Infinity, Infinity];
  for (let run = 0; run < RUNS; run++) {
    loops.forEach((loop, k) => {
      const start = performance.now();
      loop(values, results);
      least[k] = Math.min(least[k] ?? Infinity, ((performance.now() - start) / COUNT) * 1e6);
    });
  }
  const [here, there] = [least[0] ?? Number.NaN, least[1] ?? Number.NaN];
  return `| ${name} | ${range} | ${here.toFixed(1)} | ${there.toFixed(1)} | ${(here / there).toFixed(2)} |`;
});
const table = ["| | arguments | here, ns | Math's, ns | times as long |", "|---|---|---:|---:|---:|", ...rows].join(
  "\n",
);
process.stdout.write(`${table}\n`);
const text = [
  "# Elementary functions, measured",
  "",
  "By `npm run bench -- elementary`: nanoseconds a call beside the engine's own, the least of sixty runs in turns. `exp`",
  "and `log` are those of the Cox models' loops; `pow` is called once an event time at most. Since Node 24 the engine's",
  "`pow` is another, which takes a quarter of the time and gives other last digits.",
  "",
  table,
  "",
  `Machine: ${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}, Node ${process.version}. Load average over ` +
    `the last 15 minutes: ${loadavg()[2].toFixed(1)}.`,
  "",
];
writeFileSync(fileURLToPath(new URL("./ELEMENTARY.md", import.meta.url)), text.join("\n"));
