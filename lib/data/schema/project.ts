import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { didYouMean, parseJson, refuse } from "../../files";
import type { Campaign, Descriptor, TableResource } from "./descriptor";
import { descriptorSchema } from "./descriptor";

/**
 * The project's folder: `HRD_ROOT` where it is set, else the nearest folder at or above the working
 * directory that holds data/datapackage.json. So a notebook finds the data from its own folder, and
 * lib/ needs no notion of where it is installed.
 *
 * @throws DataError if there is none.
 * @example path.join(projectRoot(), "data", "freethe20.csv")
 */
export function projectRoot(): string {
  const set = process.env.HRD_ROOT;
  if (set !== undefined && set !== "") {
    if (existsSync(join(set, "data", "datapackage.json"))) return resolve(set);
    throw refuse(set, "file-missing", "HRD_ROOT names a folder without data/datapackage.json; unset it or correct it");
  }
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    if (existsSync(join(folder, "data", "datapackage.json"))) return folder;
    if (dirname(folder) === folder) break;
  }
  throw refuse(
    "data/datapackage.json",
    "file-missing",
    `neither ${process.cwd()} nor a folder above it holds data/datapackage.json; start inside the project or set HRD_ROOT to its folder`,
  );
}

/**
 * Reads and checks the project's data package, the one place that describes the data.
 *
 * @throws DataError if it is missing, not JSON, or not of the expected shape.
 * @example projectPackage().campaign.launch // "2015-09-01"
 */
export function projectPackage(): Descriptor {
  const text = readFileSync(join(projectRoot(), "data", "datapackage.json"), "utf8");
  // Checking it takes longer than all else a loader does, so it is checked again only once it has changed.
  if (lastRead?.text !== text) {
    lastRead = { text, descriptor: frozen(parseJson(text, descriptorSchema, "data/datapackage.json")) };
  }
  return lastRead.descriptor;
}

let lastRead: { readonly text: string; readonly descriptor: Descriptor } | null = null;

/** Makes a value and all in it unchangeable, since several results share it. */
function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

/**
 * The campaign's constants: launch, end of follow-up, months between.
 *
 * @throws DataError as {@link projectPackage}.
 * @example campaign().followUpMonths // 36
 */
export function campaign(): Campaign {
  return projectPackage().campaign;
}

/** The description of one table. @throws DataError if the package has none of that name. */
export function tableResource(descriptor: Descriptor, name: string): TableResource {
  for (const resource of descriptor.resources) {
    if (resource.name === name && "schema" in resource) return resource;
  }
  const names = descriptor.resources.map((resource) => resource.name);
  throw refuse("data/datapackage.json", "file-missing", `it describes no table "${name}"${didYouMean(name, names)}`);
}
