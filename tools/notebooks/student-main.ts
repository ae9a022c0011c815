import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { findNotebooks, readNotebook } from "./notebook";
import { studentNotebook } from "./student";

/**
 * `npm run student`: copies of the notebooks without solutions and outputs, in student/ beside notebooks/, where
 * their imports and links work as they are. What a student has worked on is left alone unless told otherwise.
 */
const root = fileURLToPath(new URL("../../", import.meta.url));
const { values } = parseArgs({
  options: { to: { type: "string" }, overwrite: { type: "boolean", default: false } },
});
const folder = path.resolve(values.to ?? path.join(root, "student"));

mkdirSync(folder, { recursive: true });
for (const original of findNotebooks(path.join(root, "notebooks"), [])) {
  const file = path.join(folder, path.basename(original));
  const name = path.relative(process.cwd(), file);
  if (existsSync(file) && !values.overwrite) {
    process.stdout.write(`${name} is there already; npm run student -- --overwrite makes it anew\n`);
    continue;
  }
  writeFileSync(file, studentNotebook(readNotebook(original)));
  process.stdout.write(`${name}\n`);
}
