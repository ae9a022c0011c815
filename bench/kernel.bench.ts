import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
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

async function firstPlot(): Promise<{ start: number; plot: number; later: number }> {
  const started = performance.now();
  const kernel = await KernelClient.start({ root: ROOT, folder: path.join(ROOT, "notebooks") });
  try {
    const start = performance.now() - started;
    const execution = await kernel.execute(FIRST_PLOT);
    if (execution.status !== "ok") throw new Error(`the first plot failed: ${JSON.stringify(execution.outputs)}`);
    const plot = performance.now() - started;
    const later: number[] = [];
    for (let i = 0; i < 11; i++) later.push((await kernel.execute(LATER)).milliseconds);
    return { start, plot, later: median(later) };
  } finally {
    await kernel.shutdown();
  }
}

/** On a copy of the library, so that an interrupted run leaves the project as it was. */
async function afterEdit(): Promise<number> {
  const project = new TemporaryProject();
  try {
    project.copy(path.join(ROOT, "lib"), "lib");
    project.copy(path.join(ROOT, "data"), "data");
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
    return median(times);
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

const warm = await firstPlot(); // The first start of a clone also checks the types of all of lib/.
const runs = [await firstPlot(), await firstPlot(), await firstPlot()];
const edit = await afterEdit();
const ratio = await topOverFunction();
const rows: [string, number, string][] = [
  ["kernel answers", median(runs.map((run) => run.start)), ""],
  ["cold start to first plot (import lib, load, Kaplan–Meier, show)", median(runs.map((run) => run.plot)), "4,000"],
  ["the same right after the library was changed (all its types are checked)", warm.plot, ""],
  ["a later cell", median(runs.map((run) => run.later)), "150"],
  ["import cell again after an edit of lib/survival/log-rank.ts", edit, "300"],
];
const lines = rows.map(([name, value, goal]) => `| ${name} | ${Math.round(value).toLocaleString("en-GB")} | ${goal} |`);
const table = ["| | milliseconds | goal |", "|---|---:|---:|", ...lines].join("\n");
const loop = `${calibration().toFixed(2)} s for 300 million additions in one thread`;
const machine = `${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}, Node ${process.version}, ${loop}`;
const top = `A loop at the top of a cell takes ${ratio.toFixed(1)} times as long as in a function (goal: 5).`;
process.stdout.write(`${table}\n\n${top}\n\n${machine}\n`);
writeFileSync(
  path.join(ROOT, "bench/KERNEL.md"),
  `# The kernel, measured\n\nBy \`npm run bench -- kernel\`. Medians of three starts.\n\n${table}\n\n${top}\n\nMachine: ${machine}\n`,
);
