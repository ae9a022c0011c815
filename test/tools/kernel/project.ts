import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { type Execution, KernelClient } from "../../../tools/kernel/protocol/client";

/** The repository. */
export const ROOT = fileURLToPath(new URL("../../../", import.meta.url)).replace(/\/$/, "");

/** A small project of its own, with this repository's packages and compiler settings. */
export class TemporaryProject {
  readonly root = mkdtempSync(path.join(tmpdir(), "hrd-project-"));
  readonly notebooks = path.join(this.root, "notebooks");
  readonly #kernels: KernelClient[] = [];

  /** @param own names of packages that the project will write itself: the others are linked one by one then */
  constructor(files: Record<string, string> = {}, own: readonly string[] = []) {
    const packages = path.join(this.root, "node_modules");
    if (own.length === 0) symlinkSync(path.join(ROOT, "node_modules"), packages);
    else mkdirSync(packages);
    for (const name of own.length === 0 ? [] : readdirSync(path.join(ROOT, "node_modules"))) {
      symlinkSync(path.join(ROOT, "node_modules", name), path.join(packages, name));
    }
    copyFileSync(path.join(ROOT, "tsconfig.json"), path.join(this.root, "tsconfig.json"));
    this.write("package.json", '{ "type": "module" }');
    mkdirSync(this.notebooks);
    for (const [name, text] of Object.entries(files)) this.write(name, text);
  }

  write(name: string, text: string): void {
    const file = path.join(this.root, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  copy(from: string, name: string): void {
    cpSync(from, path.join(this.root, name), { recursive: true });
  }

  /** The project's real kernel, over the real wire protocol, as Jupyter starts it in the notebook's folder. */
  async startKernel(): Promise<KernelClient> {
    const kernel = await KernelClient.start({ root: ROOT, folder: this.notebooks });
    this.#kernels.push(kernel);
    return kernel;
  }

  async remove(): Promise<void> {
    await Promise.all(this.#kernels.map((kernel) => kernel.kill()));
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** The text that a cell printed. */
export function printed(execution: Execution): string {
  const streams = execution.outputs.filter(({ type }) => type === "stream");
  return streams.map(({ content }) => String(content.text)).join("");
}

/** The forms of the first value or display of a cell. */
export function shown(execution: Execution): Record<string, unknown> {
  const output = execution.outputs.find(({ type }) => type === "execute_result" || type === "display_data");
  return (output?.content.data ?? {}) as Record<string, unknown>;
}

/** The `error` message of a cell that failed. */
export function failure(execution: Execution): Record<string, unknown> {
  return execution.outputs.find(({ type }) => type === "error")?.content ?? {};
}

/** The lines of a failed cell's traceback, without colours. */
export function traceback(execution: Execution): string[] {
  const { traceback: lines } = failure(execution);
  return Array.isArray(lines) ? lines.map((line) => stripVTControlCharacters(String(line))) : [];
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Waits until a condition holds; false where it does not within the time. */
export async function eventually(condition: () => boolean, milliseconds = 10_000): Promise<boolean> {
  const deadline = Date.now() + milliseconds;
  while (!condition()) {
    if (Date.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return true;
}
