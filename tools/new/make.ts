import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { nameFault } from "./names";

const TEMPLATE = fileURLToPath(new URL("./template/", import.meta.url));

/** The template's files, and where they go; NAME stands for the campaign's name. */
const FILES: readonly (readonly [template: string, target: string])[] = [
  ["campaign.ipynb", "NAME.ipynb"],
  ["arrests.csv", "NAME/arrests.csv"],
  ["datapackage.json", "NAME/datapackage.json"],
  ["README.md", "NAME/README.md"],
];

/**
 * Makes a data package and a notebook for a campaign of one's own: campaigns/NAME.ipynb, which imports `../lib`, and the
 * folder campaigns/NAME/.
 *
 * @param root the project's folder
 * @param title what the data are about; the name with blanks unless told
 * @returns the files that were written, as seen from the project's folder
 * @throws Error if the name cannot be used, or something of it is there already; then nothing is written
 */
export function makeCampaign(root: string, name: string, title = titleOf(name)): string[] {
  const fault = nameFault(name);
  if (fault !== null) throw new Error(`The name ${JSON.stringify(name)} ${fault}.`);
  if (title.trim() === "" || /["\\\n\r]/.test(title)) {
    throw new Error(`The title ${JSON.stringify(title)} is empty or has quotation marks, backslashes or line breaks.`);
  }
  const targets = FILES.map(([template, target]) => ({
    template,
    file: path.join("campaigns", target.replace("NAME", name)),
  }));
  const taken = [path.join("campaigns", name), ...targets.map(({ file }) => file)].find((file) =>
    existsSync(path.join(root, file)),
  );
  if (taken !== undefined) {
    throw new Error(`${taken} is there already; nothing was written. Choose another name, or move it away yourself.`);
  }
  try {
    mkdirSync(path.join(root, "campaigns", name), { recursive: true });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`${root} cannot be written by this user (${why}): work in a copy of the project that is yours`);
  }
  for (const { template, file } of targets) {
    const text = readFileSync(path.join(TEMPLATE, template), "utf8");
    writeFileSync(path.join(root, file), text.replaceAll("{{name}}", name).replaceAll("{{title}}", title));
  }
  return targets.map(({ file }) => file);
}

/** "my-campaign" as "My campaign". */
function titleOf(name: string): string {
  const words = name.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
