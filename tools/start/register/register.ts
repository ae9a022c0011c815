import { existsSync } from "node:fs";
import { kernelFolder, registration, removeKernel, writeKernel } from "./folder";
import { kernelSpec, kernelTitle, launcherOf } from "./spec";

/** What was done, in words for the person who asked, and whether it was what they asked for. */
export interface Outcome {
  readonly ok: boolean;
  readonly message: string;
}

/**
 * Registers the kernel of the project in `root` in a data folder of Jupyter, with absolute paths, so that it
 * starts from any folder. Doing it again changes nothing; a registration of another copy of the project is replaced.
 */
export function install(dataFolder: string, root: string, node: string): Outcome {
  const before = registration(dataFolder);
  const folder = kernelFolder(dataFolder);
  if (before !== null && before.launcher === "") {
    return {
      ok: false,
      message: `${folder} holds a kernel that this project did not write; move it away first.`,
    };
  }
  writeKernel(dataFolder, kernelSpec(node, root));
  const replaced =
    before !== null && before.launcher !== launcherOf(root)
      ? `\nIt replaces the one that started ${before.launcher}.`
      : "";
  return {
    ok: true,
    message:
      `The kernel "${kernelTitle}" is registered in ${folder}.${replaced}\n` +
      `VS Code and Jupyter list it after a restart. It runs ${launcherOf(root)} with ${node};\n` +
      "after moving the project or changing Node: npm run kernel:install again. To undo: npm run kernel:uninstall.",
  };
}

/** Removes what `install` wrote for this copy of the project, or for a copy that is gone; nothing else. */
export function uninstall(dataFolder: string, root: string): Outcome {
  const before = registration(dataFolder);
  const folder = kernelFolder(dataFolder);
  if (before === null) return { ok: true, message: `Nothing to remove: no kernel is registered in ${folder}.` };
  const { launcher } = before;
  if (launcher === "") {
    return {
      ok: false,
      message: `${folder} holds a kernel that this project did not write; it was left alone.`,
    };
  }
  if (launcher !== launcherOf(root) && existsSync(launcher)) {
    return {
      ok: false,
      message: `${folder} belongs to another copy of the project (${launcher}); it was left alone.`,
    };
  }
  removeKernel(dataFolder);
  return { ok: true, message: `Removed the kernel from ${folder}.` };
}
