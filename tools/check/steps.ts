import { spawn } from "node:child_process";
import { inOrder } from "../notebooks/in-order";

/** One check: a program of Node with its arguments. */
export interface Step {
  readonly name: string;
  readonly args: readonly string[];
}

/** How a check went, and for how long. */
export interface Outcome {
  readonly name: string;
  readonly seconds: number;
  readonly failed: boolean;
}

/**
 * Runs checks, at most `atOnce` at a time; what they print comes in the order of the steps, as if one had run after the
 * other. All of them run, whatever the first ones find: who mends types wants to know of lint too.
 */
export async function runSteps(
  steps: readonly Step[],
  atOnce: number,
  say: (line: string) => void,
): Promise<Outcome[]> {
  return inOrder(steps, atOnce, runStep, say);
}

async function runStep(step: Step, say: (line: string) => void): Promise<Outcome> {
  const started = performance.now();
  say(`> ${step.name}`);
  const failed = await new Promise<boolean>((resolve, reject) => {
    const child = spawn(process.execPath, step.args, { stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [child.stdout, child.stderr]) {
      let rest = "";
      stream.setEncoding("utf8");
      stream.on("data", (text: string) => {
        const lines = `${rest}${text}`.split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) say(line);
      });
      stream.on("end", () => {
        if (rest !== "") say(rest);
      });
    }
    child.on("error", reject);
    child.on("close", (code) => resolve(code !== 0));
  });
  return { name: step.name, seconds: (performance.now() - started) / 1000, failed };
}

/** A line for each check with its seconds, and whether it failed. */
export function timesOf(outcomes: readonly Outcome[]): string[] {
  const width = Math.max(...outcomes.map(({ name }) => name.length));
  return outcomes.map(
    ({ name, seconds, failed }) =>
      `  ${name.padEnd(width)} ${seconds.toFixed(1).padStart(7)} s${failed ? "  FAILED" : ""}`,
  );
}
