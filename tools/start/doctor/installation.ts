import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { asObject } from "../../kernel/protocol/wire";
import { stateFolder } from "../environment";
import { bad, type Check, good } from "./check";
import { readObject } from "./json";

/** "v20.19.1" and ">=20.19" as numbers that can be compared. */
function versionNumbers(text: string): readonly [number, number] {
  const parts = /(\d+)\.(\d+)/.exec(text);
  if (parts === null) throw new Error(`"${text}" holds no version`);
  return [Number(parts[1]), Number(parts[2])];
}

/** Node is at least the version that package.json asks for under `engines`. */
export function checkNode(root: string, running: string = process.versions.node): Check {
  const needed = asObject(readObject(join(root, "package.json"))?.engines).node;
  if (typeof needed !== "string")
    return bad(`${join(root, "package.json")} names no Node version`, "git restore package.json");
  const [major, minor] = versionNumbers(running);
  const [neededMajor, neededMinor] = versionNumbers(needed);
  const enough = major > neededMajor || (major === neededMajor && minor >= neededMinor);
  return enough
    ? good(`Node ${running} (${process.execPath})`)
    : bad(`Node is ${running}, needed is ${needed}`, "nvm install --lts (or get it from https://nodejs.org)");
}

/** Where the project keeps what it makes, when it cannot be written by this user. */
export function checkWritable(root: string): Check {
  const state = stateFolder(root);
  return state.startsWith(root)
    ? good(`${root} can be written`)
    : good(
        `${root} cannot be written by this user: the state of Jupyter and compiled code go to ${dirname(state)}.\n` +
          "Work on copies of the notebooks (npm run notebooks -- --to FOLDER)",
      );
}

/** Every package that package.json names is there in exactly that version. */
export function checkDependencies(root: string): Check {
  const project = readObject(join(root, "package.json"));
  const wanted = { ...asObject(project?.dependencies), ...asObject(project?.devDependencies) };
  const wrong = Object.entries(wanted).flatMap(([name, version]) => {
    const found = readObject(join(root, "node_modules", name, "package.json"))?.version;
    // Of a package under another name, npm:typescript@7.0.2, what counts is the version.
    if (found === String(version).replace(/^npm:.*@/, "")) return [];
    return [found === undefined ? `${name} is missing` : `${name} is ${String(found)}, not ${String(version)}`];
  });
  const count = Object.keys(wanted).length;
  if (count === 0) return bad(`${join(root, "package.json")} names no dependencies`, "git restore package.json");
  if (wrong.length === 0) return good(`${count} packages, each in the version of package.json`);
  const shown = wrong.slice(0, 5).join(", ") + (wrong.length > 5 ? ` and ${wrong.length - 5} more` : "");
  return bad(`Packages: ${shown}`, "npm ci");
}

/** The whole of plotly.js is above 10 MB; a broken download is below one. */
const plausibleBytes = 1_000_000;

/** plotly.js lies where figures in Jupyter load it from. */
export function checkPlotly(root: string): Check {
  const file = join(root, "node_modules", "plotly.js-dist", "plotly.js");
  if (!existsSync(file)) return bad(`Plots: ${file} is missing`, "npm ci");
  const { size } = statSync(file);
  const megabytes = `${(size / 1e6).toFixed(1)} MB`;
  return size < plausibleBytes
    ? bad(`Plots: ${file} has only ${megabytes}`, "npm ci")
    : good(`Plots: plotly.js is there (${megabytes})`);
}

/** The data folder (`HRD_DATA` or `data/`) holds the data package and every file that it names. */
export function checkData(root: string, environment: NodeJS.ProcessEnv): Check {
  const own = environment.HRD_DATA ? environment.HRD_DATA : null;
  const folder = own ?? join(root, "data");
  const mend =
    own === null ? "git restore data" : "unset HRD_DATA (or set it to a folder with the project's data package)";
  // A folder of one's own needs no description of its own: the project's data package then holds.
  const described = readObject(join(folder, "datapackage.json")) ?? readObject(join(root, "data", "datapackage.json"));
  const resources: unknown = described?.resources;
  if (!Array.isArray(resources)) return bad(`Data: no data package in ${folder}`, mend);
  const paths = resources
    .map((resource: unknown) => asObject(resource).path)
    .filter((path): path is string => typeof path === "string");
  const missing = paths.filter((path) => !existsSync(join(folder, path)));
  return missing.length > 0
    ? bad(`Data: ${folder} lacks ${missing.join(", ")}`, mend)
    : good(`Data: ${paths.length} files of the data package in ${folder}`);
}
