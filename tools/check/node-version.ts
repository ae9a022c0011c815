import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";

const [windows, system] = process.platform === "win32" ? [true, "win"] : [false, process.platform];

/**
 * The program of a version of Node: this one where it is of that version, else npm's package of it, which is fetched
 * into .cache/ once.
 *
 * @throws Error where npm cannot get it
 */
export function nodeOf(root: string, version: string): string {
  if (version === process.versions.node) return process.execPath;
  const name = `node-${system}-${process.arch}`;
  const folder = path.join(root, ".cache", "node", version);
  const program = path.join(folder, "node_modules", name, "bin", windows ? "node.exe" : "node");
  if (existsSync(program)) return program;
  mkdirSync(folder, { recursive: true });
  const { status } = spawnSync("npm", ["install", "--silent", "--no-save", "--prefix", folder, `${name}@${version}`], {
    stdio: ["ignore", "inherit", "inherit"],
    shell: windows,
  });
  if (status !== 0 || !existsSync(program)) {
    throw new Error(`npm could not get ${name}@${version}; see https://www.npmjs.com/package/${name}`);
  }
  return program;
}
