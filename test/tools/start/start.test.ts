import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Machine } from "../../../tools/start/machine";
import { choosePort } from "../../../tools/start/port";
import { kill } from "../../../tools/start/process-tree";
import { kernelSpec } from "../../../tools/start/register/spec";
import { madeUpMachine, writeFakeLab } from "./made-up-machine";

const runStart = fileURLToPath(new URL("./fixtures/run-start.ts", import.meta.url));

interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  output(): string;
}

function startOn(machine: Machine, behaviour = "", args: readonly string[] = ["--no-browser"]): Started {
  const given = { ...machine, environment: { ...machine.environment, FAKE_JUPYTER: behaviour } };
  const child = spawn(process.execPath, ["tools/launch.mjs", runStart, JSON.stringify(given), ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (output += String(chunk)));
  onTestFinished(() => {
    child.kill("SIGKILL");
    for (const pid of pidsOf(machine)) kill(pid, "SIGKILL");
  });
  return { child, ended: new Promise((resolve) => child.once("close", resolve)), output: () => output };
}

/** The processes that the fake server noted: its two kernels and itself. */
function pidsOf(machine: Machine): number[] {
  const file = join(machine.root, ".jupyter", "runtime", "pids.txt");
  return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n").map(Number) : [];
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z ");
  } catch {
    return false;
  }
}

async function urlOf(started: Started): Promise<string> {
  for (;;) {
    const url = /^ {4}(http:\S+)$/m.exec(started.output());
    if (url?.[1] !== undefined) return url[1];
    if (started.child.exitCode !== null) throw new Error(started.output());
    await sleep(50);
  }
}

describe.skipIf(process.platform !== "linux")("npm start, as a process", () => {
  test("prints the address with the token once the server answers, with all state in the project", async () => {
    const machine = madeUpMachine();
    writeFakeLab(machine.bin);
    const started = startOn(machine);
    const url = new URL(await urlOf(started));
    expect(url.hostname).toBe("127.0.0.1");
    expect(url.pathname).toBe("/lab/tree/notebooks");
    expect(url.searchParams.get("token")).toBe("f00d");
    const state = join(machine.root, ".jupyter");
    expect(statSync(state).mode & 0o077).toBe(0);
    const spec: unknown = JSON.parse(readFileSync(join(state, "data/kernels/hrd-typescript/kernel.json"), "utf8"));
    expect(spec).toEqual(kernelSpec(process.execPath, machine.root));
    expect(readFileSync(join(state, "runtime/args.json"), "utf8")).toContain(`--ServerApp.root_dir=${machine.root}`);
  });

  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "%s ends the server and kernels that it forgot",
    async (signal) => {
      const machine = madeUpMachine();
      writeFakeLab(machine.bin);
      const started = startOn(machine);
      await urlOf(started);
      const pids = pidsOf(machine);
      expect(pids.filter(isRunning)).toHaveLength(3);
      started.child.kill(signal);
      started.child.kill(signal); // As npm does, which passes on what the terminal has sent already.
      expect(await started.ended).toBe(0);
      expect(pids.filter(isRunning)).toEqual([]);
    },
  );

  test("the end of npm ends the server and its kernels", async () => {
    const machine = madeUpMachine();
    writeFakeLab(machine.bin);
    // npm passes SIGTERM on to the shell that it runs the script in, and the shell does not pass it on.
    const environment = { ...machine.environment, npm_lifecycle_event: "start" };
    const shell = spawn(
      "/bin/sh",
      [
        "-c",
        'run=$1; shift; "$0" tools/launch.mjs "$run" "$@" & wait',
        process.execPath,
        runStart,
        JSON.stringify({ ...machine, environment }),
        "--no-browser",
      ],
      { stdio: "ignore" },
    );
    onTestFinished(() => {
      for (const pid of pidsOf(machine)) kill(pid, "SIGKILL");
    });
    while (pidsOf(machine).length < 3) await sleep(50);
    const pids = pidsOf(machine);
    expect(pids.filter(isRunning)).toHaveLength(3);
    shell.kill("SIGTERM");
    await expect.poll(() => pids.filter(isRunning), { timeout: 10_000 }).toEqual([]);
  });

  test("Ctrl-C ends a server that does not listen to it", async () => {
    const machine = madeUpMachine();
    writeFakeLab(machine.bin);
    const started = startOn(machine, "deaf");
    await urlOf(started);
    started.child.kill("SIGINT");
    expect(await started.ended).toBe(0);
    // They have been ended; on a busy machine they are gone a moment later.
    await expect.poll(() => pidsOf(machine).filter(isRunning), { timeout: 5_000 }).toEqual([]);
  });

  test("a server that ends while starting is an error with the end of its log", async () => {
    const machine = madeUpMachine();
    writeFakeLab(machine.bin);
    const started = startOn(machine, "ends early");
    expect(await started.ended).toBe(1);
    expect(started.output()).toContain("ended while starting");
    expect(started.output()).toContain("Traceback: a module is missing");
  });

  test("a server without a token is not left running", async () => {
    const machine = madeUpMachine();
    writeFakeLab(machine.bin);
    const started = startOn(machine, "no token");
    expect(await started.ended).toBe(1);
    expect(started.output()).toContain("switches Jupyter's token off");
    expect(pidsOf(machine).filter(isRunning)).toEqual([]);
  });

  test("where no Jupyter can be had, and no pages are there or can be made, the message names the ways", async () => {
    const started = startOn(madeUpMachine());
    expect(await started.ended).toBe(1);
    expect(started.output()).toContain("has neither pages in dist/ nor the program that makes them");
    expect(started.output()).toContain("Any one of these gives you Jupyter");
  });

  test.each([
    ["where no Jupyter can be had", [], "There is no Jupyter here, and none could be set up:"],
    ["with --pages, though there is a Jupyter", ["--pages"], ""],
  ])("%s it opens the pages, with a token, until Ctrl-C", async (_, args, why) => {
    const machine = madeUpMachine();
    if (args.length > 0) writeFakeLab(machine.bin);
    mkdirSync(join(machine.root, "dist"));
    writeFileSync(join(machine.root, "dist", "index.html"), "<!doctype html><title>The pages</title>");
    writeFileSync(join(machine.root, "dist", ".hrd-site"), "");
    const started = startOn(machine, "", ["--no-browser", ...args]);
    const url = new URL(await urlOf(started));
    expect(started.output()).toContain(why);
    expect(started.output()).toContain(`What you save goes to ${join(machine.root, "student")}`);
    expect(url.searchParams.get("token")).toMatch(/^[0-9a-f]{48}$/);
    expect((await fetch(new URL("/", url))).status).toBe(403);
    const welcome = await fetch(url);
    const cookie = (welcome.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    expect(await (await fetch(new URL("/", url), { headers: { cookie } })).text()).toContain("The pages");
    started.child.kill("SIGINT");
    started.child.kill("SIGINT");
    expect(await started.ended).toBe(0);
    expect(existsSync(join(machine.root, ".jupyter", "runtime", "pids.txt"))).toBe(false);
  });

  test("a port that is taken is an error before anything is set up", async () => {
    const machine = madeUpMachine();
    writeFakeLab(machine.bin);
    const port = await choosePort(null);
    await urlOf(startOn(machine, "", ["--no-browser", "--port", String(port)]));
    const second = startOn(madeUpMachine(), "", ["--port", String(port)]);
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain(`Port ${port} is taken by another program.`);
  });
});
