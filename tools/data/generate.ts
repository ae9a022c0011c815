import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../lib/data/project";
import { longListCsv } from "./long-list";
import { currentRowsSource } from "./rows-source";

/** `npm run data:generate`: writes what is made from other files, lib/data/rows.ts and data/long_list.csv. */
const root = projectRoot();
for (const [path, text] of [
  ["lib/data/rows.ts", currentRowsSource(root)],
  ["data/long_list.csv", longListCsv()],
]) {
  writeFileSync(join(root, path), text);
  console.log(`wrote ${path}`);
}
