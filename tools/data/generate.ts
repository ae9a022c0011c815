import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../lib/data/schema/project";
import { attentionFiles } from "./attention";
import { EXAMPLE_EXPORTS } from "./example-exports";
import { longListCsv } from "./long-list";
import { currentRowsSource } from "./rows-source";

/**
 * `npm run data:generate`: writes what is made by programs: lib/data/schema/rows.ts, data/long_list.csv, data/attention/,
 * data/examples/.
 */
const root = projectRoot();
const attention = Object.entries(attentionFiles()).map(([name, text]) => [`data/attention/${name}`, text]);
mkdirSync(join(root, "data", "attention"), { recursive: true });
for (const [path, text] of [
  ["lib/data/schema/rows.ts", currentRowsSource(root)],
  ["data/long_list.csv", longListCsv()],
  ...Object.entries(EXAMPLE_EXPORTS).map(([name, make]) => [`data/examples/${name}`, make()]),
  ...attention,
]) {
  writeFileSync(join(root, path), text);
  console.log(`wrote ${path}`);
}
