import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../lib/data/project";
import { EXAMPLE_EXPORTS } from "./example-exports";
import { longListCsv } from "./long-list";
import { currentRowsSource } from "./rows-source";

/** `npm run data:generate`: writes what is made by programs: lib/data/rows.ts, data/long_list.csv, data/examples/. */
const root = projectRoot();
for (const [path, text] of [
  ["lib/data/rows.ts", currentRowsSource(root)],
  ["data/long_list.csv", longListCsv()],
  ...Object.entries(EXAMPLE_EXPORTS).map(([name, make]) => [`data/examples/${name}`, make()]),
]) {
  writeFileSync(join(root, path), text);
  console.log(`wrote ${path}`);
}
