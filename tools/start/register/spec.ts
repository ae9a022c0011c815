import { realpathSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { kernelCommand } from "../../kernel/protocol/command";

/** The name that notebooks carry in `metadata.kernelspec.name`, and that `jupyter --kernel` takes. */
export const kernelName = "hrd-typescript";
export const kernelTitle = "TypeScript (human rights diplomacy)";

/** How Jupyter starts the kernel: the content of kernel.json (https://jupyter-client.readthedocs.io/en/stable/kernels.html). */
export interface KernelSpec {
  readonly argv: readonly string[];
  readonly display_name: string;
  readonly language: string;
  readonly interrupt_mode: "signal" | "message";
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** The kernel's program in a copy of the project. */
export function launcherOf(root: string): string {
  return join(root, "tools", "kernel", "launch.mjs");
}

/**
 * The kernel of the project in `root`, run by the Node at `node`.
 *
 * @param node absolute path of a Node program
 * @param root absolute path of the project
 */
export function kernelSpec(node: string, root: string): KernelSpec {
  return {
    argv: kernelCommand(node, root),
    display_name: kernelTitle,
    language: "typescript",
    interrupt_mode: "signal",
    metadata: { debugger: false },
  };
}

/**
 * The path under which this Node is likely to be found after an update: the `node` of the PATH when that is the
 * one that runs now (`/opt/homebrew/bin/node`), else the program itself (`/opt/homebrew/Cellar/node/24.1.0/bin/node`).
 */
export function lastingNode(environment: NodeJS.ProcessEnv, running: string = process.execPath): string {
  const name = process.platform === "win32" ? "node.exe" : "node";
  for (const folder of (environment.PATH ?? "").split(delimiter)) {
    if (folder === "" || dirname(folder).endsWith("node_modules")) continue;
    const candidate = resolve(folder, name);
    try {
      if (realpathSync(candidate) === realpathSync(running)) return candidate;
    } catch {
      // Not in this folder.
    }
  }
  return running;
}
