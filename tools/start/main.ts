import { thisMachine } from "./machine";
import { parseOptions, usage } from "./options";
import { start } from "./start";

/** `npm start`: opens the notebooks in Jupyter, which it sets up where there is none. */
async function main(args: readonly string[]): Promise<number> {
  const options = parseOptions(args);
  if (options.help) {
    console.log(usage);
    return 0;
  }
  return start(options, thisMachine());
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
