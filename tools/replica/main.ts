import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { projectRoot } from "../../lib/data/schema";
import { COLUMN_READINGS } from "../../lib/paper/table-one";
import { replicaFiles } from "./files";
import { FILES_SEED, POPULATION_FILE, READING } from "./reading";
import { parseResult } from "./result";
import { SETTINGS, search } from "./search";
import { distanceOf } from "./summary";
import { treatedWomen } from "./treated";

/**
 * `npm run replica` searches for the synthetic women from the seed, which takes up to half an hour, and writes what it
 * found and the two CSV files. `npm run replica -- --files` writes the files from the committed search result, which
 * takes seconds; `npm run replica -- --check` makes them again and compares, and changes nothing.
 *
 * What the search assumes can be changed for a trial, whose result goes to a file of its own:
 * `npm run replica -- --signs "as printed" --columns "regions first" --trial FILE`.
 */
const { values } = parseArgs({
  options: {
    files: { type: "boolean", default: false },
    check: { type: "boolean", default: false },
    signs: { type: "string", default: SETTINGS.signs },
    columns: { type: "string", default: SETTINGS.columns },
    trial: { type: "string" },
  },
});
const columns = COLUMN_READINGS.find((reading) => reading === values.columns);
if (columns === undefined) {
  throw new RangeError(`--columns is "${values.columns}"; one of "${COLUMN_READINGS.join('", "')}" is needed`);
}
const assumed = { signs: values.signs, columns };
const other = assumed.signs !== SETTINGS.signs || columns !== SETTINGS.columns;
if (values.trial !== undefined) {
  const trial = search(console.log, { ...SETTINGS, ...assumed });
  writeFileSync(values.trial, trial);
  console.log(`wrote ${values.trial}`);
  process.exit();
}
if (other) throw new RangeError("--signs and --columns belong to a trial: add --trial FILE for its result");
const root = projectRoot();
const found = values.files || values.check ? readFileSync(join(root, POPULATION_FILE), "utf8") : search(console.log);
const { population } = parseResult(found);
const { urgentActions, prisoners } = replicaFiles(population, treatedWomen(READING), FILES_SEED);
const files: readonly (readonly [path: string, text: string])[] = [
  [POPULATION_FILE, found],
  ["data/urgent_actions.csv", urgentActions],
  ["data/prisoners.csv", prisoners],
];
let different = 0;
for (const [path, text] of files) {
  const same = readFileSync(join(root, path), "utf8") === text;
  if (!same) different++;
  if (!values.check) writeFileSync(join(root, path), text);
  console.log(`${same ? "unchanged" : values.check ? "different" : "written  "}  ${path}`);
}
console.log(distanceOf(population, SETTINGS));
if (values.check && different > 0) {
  console.error(
    "the committed files are not what the search result gives: run npm run replica -- --files and look at the difference",
  );
  process.exitCode = 1;
}
