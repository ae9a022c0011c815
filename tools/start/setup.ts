import { homedir } from "node:os";
import { titleOf } from "./find-jupyter";
import { getJupyter } from "./get-jupyter";
import { thisMachine } from "./machine";
import { install } from "./register/register";
import { lastingNode } from "./register/spec";
import { userDataFolder } from "./register/user-folder";
import { prepareState } from "./start";

/**
 * `npm run setup`: the steps of `npm start` without starting anything, for a machine that others will use: Jupyter is
 * found or set up, and the kernel is registered for the project's own Jupyter and for that of the user.
 */
async function main(): Promise<number> {
  const machine = thisMachine();
  const jupyter = await getJupyter(machine);
  prepareState(machine);
  const folder = userDataFolder(process.platform, process.env, homedir());
  const { ok, message } = install(folder, machine.root, lastingNode(process.env));
  console.log(`${titleOf(jupyter)} (${jupyter.program})\n${message}`);
  return ok ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
