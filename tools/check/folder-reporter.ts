import path from "node:path";
import type { Reporter, TestModule } from "vitest/node";

/** Says at the end of the tests how many seconds each folder took, the longest first; workers run side by side. */
export default class FolderReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    process.stdout.write(`\n${linesByFolder(modules.map(secondsOf)).join("\n")}\n`);
  }
}

function secondsOf(module: TestModule): { file: string; seconds: number } {
  const { duration, collectDuration } = module.diagnostic();
  return { file: path.relative(process.cwd(), module.moduleId), seconds: (duration + collectDuration) / 1000 };
}

/** A line for each folder of two names, such as `test/survival`, and of three below `test/tools`. */
export function linesByFolder(files: readonly { file: string; seconds: number }[]): string[] {
  const folders = new Map<string, number>();
  for (const { file, seconds } of files) {
    const names = path.dirname(file).split(path.sep);
    const folder = names.slice(0, names[1] === "tools" ? 3 : 2).join("/");
    folders.set(folder, (folders.get(folder) ?? 0) + seconds);
  }
  const width = Math.max(...[...folders.keys()].map(({ length }) => length));
  return [...folders]
    .sort(([, a], [, b]) => b - a)
    .map(([folder, seconds]) => `  ${folder.padEnd(width)} ${seconds.toFixed(1).padStart(7)} s`);
}
