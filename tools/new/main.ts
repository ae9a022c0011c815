import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { makeCampaign } from "./make";

const HELP = `npm run new -- my-campaign [--title "My campaign"]

Makes campaigns/my-campaign.ipynb, a notebook that runs at once, and campaigns/my-campaign/ with a table to
fill in, a description of its columns, and questions to answer before collecting data on prisoners. Nothing
that is there is overwritten. Git ignores campaigns/.

  --title TEXT   what the data are about; the name unless told
  --help         this text`;

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function main(): number {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { title: { type: "string" }, help: { type: "boolean", default: false } },
  });
  if (values.help) {
    say(HELP);
    return 0;
  }
  if (positionals.length !== 1) {
    throw new Error(`One name is needed, found ${positionals.length}: npm run new -- my-campaign`);
  }
  const [name = ""] = positionals;
  const files = makeCampaign(ROOT, name, values.title);
  for (const file of files) say(`wrote ${file}`);
  say(`Read campaigns/${name}/README.md first. Then open campaigns/${name}.ipynb (npm start), or run it with`);
  say(`  npm run notebooks -- --in campaigns ${name}`);
  return 0;
}

try {
  process.exitCode = main();
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
