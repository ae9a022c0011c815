import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { buildSync } from "esbuild";
import { afterAll, describe, expect, it } from "vitest";
import {
  bootstrapCox,
  bundleWorker,
  permutationLogRank,
  powerBySimulation,
  ThreadError,
  type ThreadOptions,
} from "../../lib/resampling/index";

const n = 80;
const rows = Array.from({ length: n }, (_, i) => i);
const outcome = { time: rows.map((i) => 1 + ((i * 37) % 41)), event: rows.map((i) => i % 4 !== 0) };
const covariates = { x: rows.map((i) => Math.cos(i)), y: rows.map((i) => i % 2) };
const group = rows.map((i) => (i % 3 === 0 ? "a" : "b"));
const three = rows.map((i) => ["a", "b", "c"][i % 3]);
const trial = { n: { control: 18, treated: 19 }, controlMedian: 60, hazardRatio: 3, followUp: 36 };

/** Everything that can be spread over threads. */
const calculations: [string, (options: ThreadOptions) => Promise<unknown>][] = [
  ["bootstrapCox", (o) => bootstrapCox({ ...outcome, covariates }, { replicates: 150, ...o })],
  [
    "bootstrapCox with failures",
    (o) =>
      bootstrapCox(
        {
          ...outcome,
          event: rows.map((i) => i % 9 === 0),
          covariates: { x: rows.map((i) => Number(i < 4)) },
        },
        { replicates: 150, failures: "leave out", ...o },
      ),
  ],
  ["permutationLogRank", (o) => permutationLogRank({ ...outcome, group }, { permutations: 20_500, threads: 1, ...o })],
  [
    "permutationLogRank of three",
    (o) => permutationLogRank({ ...outcome, group: three }, { permutations: 9_001, threads: 1, ...o }),
  ],
  ["powerBySimulation", (o) => powerBySimulation(trial, { simulations: 333, ...o })],
];

describe.each(calculations)("%s", (_, calculate) => {
  it("gives the same to the byte on 1, 2 and 4 threads, and again", async () => {
    const alone = JSON.stringify(await calculate({}));
    expect(alone.length).toBeGreaterThan(50);
    for (const threads of [1, 2, 4, 2]) {
      expect(JSON.stringify(await calculate({ threads })), `${threads} threads`).toBe(alone);
    }
  });

  it.each([1, 2])("tells how much is done, on %d threads", async (threads) => {
    const told: [number, number][] = [];
    await calculate({ threads, onProgress: (done, total) => told.push([done, total]) });
    const [done, total] = told[told.length - 1];
    expect(done).toBe(total);
    told.forEach(([value], i) => {
      if (i > 0) expect(value).toBeGreaterThan(told[i - 1][0]);
    });
  });

  it.each([1, 2])("does not start once cancelled, on %d threads", async (threads) => {
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(calculate({ threads, signal })).rejects.toThrow("enough");
  });
});

describe("cancellation", () => {
  it.each([1, 2])("ends a long calculation on %d threads", async (threads) => {
    const controller = new AbortController();
    const started = performance.now();
    const calculation = powerBySimulation(
      { ...trial, n: { control: 500, treated: 500 } },
      { simulations: 1_000_000, threads, signal: controller.signal },
    );
    setTimeout(() => controller.abort(), 200);
    await expect(calculation).rejects.toMatchObject({ name: "AbortError" });
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  it("lets other work have its turn meanwhile", async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    await powerBySimulation({ ...trial, n: { control: 300, treated: 300 } }, { simulations: 1500 });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(0);
  });

  it("passes on what a progress callback throws", async () => {
    const fail = () => {
      throw new Error("display is gone");
    };
    for (const threads of [1, 2]) {
      const run = powerBySimulation(trial, { simulations: 100, threads, onProgress: fail });
      await expect(run).rejects.toThrow("display is gone");
    }
  });
});

describe("where threads cannot be had", () => {
  it("says that the number of threads is wrong", async () => {
    await expect(powerBySimulation(trial, { threads: 0 })).rejects.toThrow("threads is 0");
    await expect(powerBySimulation(trial, { threads: 1.5 })).rejects.toThrow("threads is 1.5");
  });

  it("says that a thread failed", async () => {
    const options = { simulations: 100, threads: 2 };
    const broken = powerBySimulation(trial, { ...options, workerSource: "throw new Error('broken')" });
    await expect(broken).rejects.toThrow(ThreadError);
    const silent = powerBySimulation(trial, { ...options, workerSource: "process.exit(3)" });
    await expect(silent).rejects.toThrow("a thread ended with code 3");
  });

  it("names the folder in which the sources were looked for", () => {
    const program = `
      import { powerBySimulation } from ${JSON.stringify(path.resolve("lib/resampling/index.ts"))};
      const trial = ${JSON.stringify(trial)};
      powerBySimulation(trial, { simulations: 10, threads: 2 }).catch((error) => console.log(error.name, error.message));
    `;
    const output = runElsewhere(program);
    expect(output).toContain("ThreadError powerBySimulation: threads need lib/resampling/worker-entry.ts");
    expect(output).toContain("give workerSource");
  });

  it("works from a kept worker source instead", async () => {
    const program = `
      import { powerBySimulation } from ${JSON.stringify(path.resolve("lib/resampling/index.ts"))};
      import { readFileSync } from "node:fs";
      const trial = ${JSON.stringify(trial)};
      const workerSource = readFileSync("worker.cjs", "utf8");
      powerBySimulation(trial, { simulations: 50, threads: 2, workerSource }).then((found) => console.log(JSON.stringify(found)));
    `;
    const here = await powerBySimulation(trial, { simulations: 50 });
    expect(runElsewhere(program).trim()).toBe(JSON.stringify(here));
  });
});

it("bundles for a browser without Node's modules, and for a browser's engine without workers", () => {
  const { outputFiles, metafile } = buildSync({
    stdin: {
      contents: 'export * from "./lib/resampling/index"; export * from "./lib/comparability/index";',
      resolveDir: process.cwd(),
    },
    bundle: true,
    platform: "browser",
    format: "esm",
    write: false,
    metafile: true,
    logLevel: "silent",
  });
  const imported = Object.values(metafile.inputs).flatMap((input) => input.imports.map((i) => i.path));
  expect(imported.filter((name) => name.startsWith("node:") || name === "esbuild")).toEqual([]);
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, "library.mjs"), outputFiles[0].text);
  // Without `process`, as in a browser.
  const program = `
    const { powerBySimulation, bundleWorker } = await import("./library.mjs");
    const { log } = console;
    delete globalThis.process;
    const trial = ${JSON.stringify(trial)};
    log(JSON.stringify(await powerBySimulation(trial, { simulations: 50 })));
    await powerBySimulation(trial, { threads: 2 }).catch((error) => log(error.message));
    try { bundleWorker(); } catch (error) { log(error.message); }
  `;
  writeFileSync(path.join(folder, "run.mjs"), program);
  const output = execFileSync(process.execPath, ["run.mjs"], { cwd: folder, encoding: "utf8" }).split("\n");
  expect(JSON.parse(output[0]).simulations).toBe(50);
  expect(output[1]).toContain("threads is 2, and this is not Node");
  expect(output[2]).toContain("this is not Node");
});

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "resampling-"));
  folders.push(folder);
  return folder;
}

/** Runs TypeScript in a folder outside the project, with the worker's source beside it. */
function runElsewhere(program: string): string {
  const folder = temporaryFolder();
  const { outputFiles } = buildSync({
    stdin: { contents: program, resolveDir: process.cwd(), loader: "ts" },
    bundle: true,
    platform: "node",
    format: "esm",
    write: false,
    logLevel: "silent",
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
  });
  writeFileSync(path.join(folder, "run.mjs"), outputFiles[0].text);
  writeFileSync(path.join(folder, "worker.cjs"), bundleWorker());
  const env = { ...process.env };
  delete env.HRD_ROOT;
  return execFileSync(process.execPath, ["run.mjs"], { cwd: folder, encoding: "utf8", env });
}
