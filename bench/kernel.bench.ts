import { readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { TemporaryProject } from "../test/tools/kernel/project";
import { KernelClient } from "../tools/kernel/protocol/client";
import { calibration } from "./calibration";

/**
 * What a reader waits for: from the start of a kernel to the first plot, a later cell, and an import cell
 * run again after a file of the library was edited. `npm run bench -- kernel`
 */

const ROOT = fileURLToPath(new URL("../", import.meta.url)).replace(/\/$/, "");
const FIRST_PLOT = `import { kaplanMeier, loadLongList, releaseOutcomes, show, survivalFigure } from "../lib";
const women = loadLongList();
const curves = kaplanMeier(releaseOutcomes(women, { clock: "launch" }));
show(survivalFigure(curves, { data: women, title: "Release outcomes" }));`;
const LATER = "curves.map((curve) => curve.label)";

/** What one kernel took: milliseconds, those of the processor, megabytes. */
interface Start {
  readonly answer: number;
  readonly answerProcessor: number;
  readonly plot: number;
  readonly plotProcessor: number;
  readonly cell: number;
  readonly later: number;
  readonly memory: number;
}

async function firstPlot(readingMilliseconds = 0): Promise<Start> {
  const started = performance.now();
  const kernel = await KernelClient.start({ root: ROOT, folder: path.join(ROOT, "notebooks") });
  try {
    const answer = performance.now() - started;
    const answerProcessor = processorOf(kernel);
    await new Promise((resolve) => setTimeout(resolve, readingMilliseconds));
    const execution = await kernel.execute(FIRST_PLOT);
    if (execution.status !== "ok") throw new Error(`the first plot failed: ${JSON.stringify(execution.outputs)}`);
    const plot = performance.now() - started;
    const plotProcessor = processorOf(kernel);
    const later: number[] = [];
    for (let i = 0; i < 11; i++) later.push((await kernel.execute(LATER)).milliseconds);
    const memory = memoryOf(kernel);
    const { milliseconds: cell } = execution;
    return { answer, answerProcessor, plot, plotProcessor, cell, later: median(later), memory };
  } finally {
    await kernel.shutdown();
  }
}

/** Milliseconds that the kernel's threads ran, of all cores, whatever else the machine did; Linux tells them. */
function processorOf({ process: { pid } }: KernelClient): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    return 10 * (Number(fields[11]) + Number(fields[12]));
  } catch {
    return Number.NaN;
  }
}

function memoryOf({ process: { pid } }: KernelClient): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}

/** The answers of many starts, one after the other. */
async function answers(count: number): Promise<number[]> {
  const found: number[] = [];
  for (let i = 0; i < count; i++) {
    const started = performance.now();
    const kernel = await KernelClient.start({ root: ROOT, folder: path.join(ROOT, "notebooks") });
    found.push(performance.now() - started);
    await kernel.shutdown();
  }
  return found;
}

/** The import cell after each of some edits, on a copy of the library, so that an interrupted run leaves the project as it was. */
async function afterEdits(): Promise<number[]> {
  const project = new TemporaryProject();
  try {
    project.copy(path.join(ROOT, "lib"), "lib");
    project.copy(path.join(ROOT, "data"), "data");
    project.copy(path.join(ROOT, "package.json"), "package.json");
    const kernel = await project.startKernel();
    const importing = 'import { loadLongList, logRank } from "../lib";';
    await kernel.execute(importing);
    const file = "lib/survival/log-rank.ts";
    const text = readFileSync(path.join(ROOT, file), "utf8");
    const times: number[] = [];
    for (let i = 0; i < 7; i++) {
      project.write(file, `${text}\n// edit ${i}\n`);
      const execution = await kernel.execute(importing);
      if (execution.status !== "ok") throw new Error(`the import failed: ${JSON.stringify(execution.outputs)}`);
      times.push(execution.milliseconds);
    }
    return times;
  } finally {
    await project.remove();
  }
}

/** How many times as long a loop takes at the top of a cell as in a function. */
async function topOverFunction(): Promise<number> {
  const kernel = await KernelClient.start({ root: ROOT, folder: path.join(ROOT, "notebooks") });
  const code = `let s = 0; const t = performance.now(); for (let k = 0; k < 3e6; k++) s += k; const top = performance.now() - t;
const inside = () => { let z = 0; const u = performance.now(); for (let k = 0; k < 3e6; k++) z += k; return z > 0 ? performance.now() - u : 0 };
top / inside()`;
  try {
    const ratios: number[] = [];
    for (let i = 0; i < 7; i++) {
      const { outputs } = await kernel.execute(code);
      ratios.push(Number(outputs.map(({ content }) => Object(content.data)["text/plain"]).at(-1)));
    }
    return median(ratios);
  } finally {
    await kernel.shutdown();
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const loadBefore = loadavg()[0] ?? 0;
await firstPlot(); // The first start of a clone also checks the types of all of lib/.
const started = await answers(20);
const runs = [await firstPlot(), await firstPlot(), await firstPlot()];
const read = [await firstPlot(3_000), await firstPlot(3_000), await firstPlot(3_000)];
const [firstEdit = Number.NaN, ...edits] = await afterEdits();
const ratio = await topOverFunction();
const of = (list: readonly Start[], value: (start: Start) => number): number => median(list.map(value));
const rows: [string, number, string][] = [
  ["kernel answers, slowest of 20 starts", Math.max(...started), "600"],
  ["kernel answers, median", median(started), ""],
  ["… processor", of(runs, ({ answerProcessor }) => answerProcessor), ""],
  ["start to first plot, run at once (import lib, load, Kaplan–Meier, show)", of(runs, ({ plot }) => plot), "1,800"],
  ["… processor", of(runs, ({ plotProcessor }) => plotProcessor), ""],
  ["first plot after 3 s of reading", of(read, ({ cell }) => cell), "300"],
  ["a later cell", of(runs, ({ later }) => later), "40"],
  ["import cell after an edit of lib/survival/log-rank.ts, first", firstEdit, "250"],
  ["… next", median(edits), "150"],
  ["memory of a kernel after the first plot, MB", of(runs, ({ memory }) => memory), "230"],
];
const lines = rows.map(([name, value, goal]) => `| ${name} | ${Math.round(value).toLocaleString("en-GB")} | ${goal} |`);
const table = ["| | milliseconds | goal |", "|---|---:|---:|", ...lines].join("\n");
const loop = `${calibration().toFixed(2)} s for 300 million additions in one thread`;
const load = `load ${loadBefore.toFixed(1)} before and ${(loadavg()[0] ?? 0).toFixed(1)} after`;
const machine = `${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}, Node ${process.version}, ${loop}, ${load}`;
const top = `A loop at the top of a cell takes ${ratio.toFixed(1)} times as long as in a function (goal: 5).`;
process.stdout.write(`${table}\n\n${top}\n\n${machine}\n`);
writeFileSync(
  path.join(ROOT, "bench/KERNEL.md"),
  `# The kernel, measured\n\nBy \`npm run bench -- kernel\`. Medians of three starts where nothing else is said.\n\n${table}\n\n${top}\n\nMachine: ${machine}\n`,
);
