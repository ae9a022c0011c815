import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { parseJson } from "../../lib/files";
import { EXAMPLE_EXPORTS } from "./example-exports";

/** What the data package of data/examples/ has to say of each file. */
const descriptor = z.object({
  resources: z.array(
    z.object({
      name: z.string(),
      path: z.string(),
      title: z.string().min(1),
      description: z.string().min(1),
      provenance: z.literal("synthetic"),
      schema: z.object({ fields: z.array(z.object({ name: z.string(), description: z.string().min(1) })) }),
    }),
  ),
});

/** Checks the example files: described column by column, labelled synthetic, and as their generator makes them. */
export function checkExamples(root: string): { summary: string; problems: string[] } {
  const folder = join(root, "data", "examples");
  const text = readFileSync(join(folder, "datapackage.json"), "utf8");
  const { resources } = parseJson(text, descriptor, "data/examples/datapackage.json");
  const files = readdirSync(folder).filter((name) => name !== "datapackage.json");
  const problems = files
    .filter((name) => !resources.some(({ path }) => path === name))
    .map((name) => `its datapackage.json does not describe ${name}`);
  for (const { path, schema } of resources) {
    const make = EXAMPLE_EXPORTS[path];
    if (make === undefined) {
      problems.push(`describes ${path}, which tools/data/example-exports.ts does not make`);
      continue;
    }
    const found = readFileSync(join(folder, path), "utf8");
    if (found !== make()) {
      problems.push(`${path} is not what tools/data/example-exports.ts makes; run npm run data:generate`);
    }
    const header = found.split("\n", 1)[0].split(/[,;\t]/);
    if (header.join("|") !== schema.fields.map(({ name }) => name).join("|")) {
      problems.push(`the columns of ${path} are not those that its datapackage.json describes`);
    }
  }
  return { summary: `${files.length} files, synthetic`, problems };
}
