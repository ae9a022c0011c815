import { homedir } from "node:os";
import { thisMachine } from "../machine";
import { userDataFolder } from "../register/user-folder";
import { type Check, formatCheck } from "./check";
import { checkData, checkDependencies, checkNode, checkPlotly, checkWritable } from "./installation";
import { checkJupyter, checkRegistration } from "./jupyter";
import { checkKernel } from "./kernel";

/** `npm run doctor`: one line for each thing that has to be right; exit code 1 where one is not. */
async function main(): Promise<number> {
  const machine = thisMachine();
  const { root, environment, platform } = machine;
  const checks: (() => Check | Promise<Check>)[] = [
    () => checkNode(root),
    () => checkDependencies(root),
    () => checkWritable(root),
    () => checkPlotly(root),
    () => checkData(root, environment),
    () => checkKernel(root),
    () => checkJupyter(machine),
    () => checkRegistration(userDataFolder(platform, environment, homedir())),
  ];
  let failed = 0;
  for (const check of checks) {
    const result = await check();
    console.log(formatCheck(result));
    if (!result.ok) failed++;
  }
  console.log(
    failed === 0 ? "\nAll is well: npm start opens the notebooks." : `\n${failed} of ${checks.length} checks failed.`,
  );
  return failed === 0 ? 0 : 1;
}

process.exitCode = await main();
