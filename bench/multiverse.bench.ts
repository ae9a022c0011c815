import { writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { campaignMultiverse } from "../lib/paper/campaign-multiverse";
import { choiceEffects, curveTest, type MultiverseDesign, multiverse } from "../lib/paper/multiverse";

/**
 * What a reader of notebook 05 waits for: all specifications of the paper's multiverse, and the permutation tests of the
 * two curves. `npm run bench -- multiverse`
 */

const RUNS = 3;

/** Seconds on the clock and seconds of this process on a processor: they differ where other work shares the machine. */
function timed<T>(work: () => T): { value: T; wall: number; processor: number } {
  const [started, before] = [performance.now(), process.cpuUsage()];
  const value = work();
  const used = process.cpuUsage(before);
  return { value, wall: (performance.now() - started) / 1000, processor: (used.user + used.system) / 1e6 };
}

const test = (design: MultiverseDesign, longList: boolean) =>
  curveTest(design, {
    of: ({ comparison, ties, estimator }) =>
      (comparison === "long-list") === longList && ties === "efron" && estimator === "cox",
    permutations: 500,
  });

let design = campaignMultiverse();
let run = multiverse(design);
const steps: readonly (readonly [string, () => unknown, string])[] = [
  [
    "reading the files under four codings",
    () => {
      design = campaignMultiverse();
    },
    "",
  ],
  [
    `all ${run.results.length.toLocaleString("en-GB")} specifications`,
    () => {
      run = multiverse(design);
    },
    "10",
  ],
  ["which choice moves the answer", () => choiceEffects(run), ""],
  ["500 permutations of the curve of the long list (48 specifications)", () => test(design, true), ""],
  ["500 permutations of the curve of the prisoners (240 specifications)", () => test(design, false), ""],
];
const rows = steps.map(([name, work, most]) => {
  const runs = Array.from({ length: RUNS }, () => timed(work)).sort((a, b) => a.wall - b.wall);
  const middle = runs[Math.floor(RUNS / 2)] ?? { wall: Number.NaN, processor: Number.NaN };
  return `| ${name} | ${middle.wall.toFixed(2)} | ${middle.processor.toFixed(2)} | ${most} |`;
});
const table = ["| | s | of a processor, s | at most, s |", "|---|---:|---:|---:|", ...rows].join("\n");
const machine =
  `${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}, Node ${process.version}, load ${loadavg()[0]?.toFixed(1)} ` +
  "at the end, this run being 1; above that, other work shared the processors";
process.stdout.write(`${table}\n\n${machine}\n`);
writeFileSync(
  fileURLToPath(new URL("./MULTIVERSE.md", import.meta.url)),
  `# The multiverse, measured\n\nBy \`npm run bench -- multiverse\`: medians of ${RUNS} runs after a first one, in one thread.\n\n${table}\n\nMachine: ${machine}.\n`,
);
