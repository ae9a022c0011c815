import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { findNotebooks, readNotebook } from "../notebooks/notebook";
import { studentNotebook } from "./student";

/**
 * `npm run student`: copies of the notebooks without solutions and outputs, in student/ beside notebooks/, where
 * their imports and links work as they are. What a student has worked on is left alone unless told otherwise.
 */
const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = path.join(root, "student");
const again = process.argv.includes("--overwrite");

mkdirSync(folder, { recursive: true });
const there = new Set(readdirSync(folder));
for (const file of findNotebooks(path.join(root, "notebooks"), [])) {
  const name = path.basename(file);
  if (there.has(name) && !again) {
    process.stdout.write(`student/${name} is there already; npm run student -- --overwrite makes it anew\n`);
    continue;
  }
  rmSync(path.join(folder, name), { force: true });
  writeFileSync(path.join(folder, name), studentNotebook(readNotebook(file)));
  process.stdout.write(`student/${name}\n`);
}
