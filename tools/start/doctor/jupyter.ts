import { existsSync } from "node:fs";
import { findJupyter, titleOf } from "../find-jupyter";
import type { Machine } from "../machine";
import { registration } from "../register/folder";
import { bad, type Check, good } from "./check";

/** A Jupyter that works is found, and which. */
export async function checkJupyter(machine: Machine): Promise<Check> {
  const { found, rejected } = await findJupyter(machine);
  if (found !== null) return good(`${titleOf(found)} (${found.program})`);
  const reasons = rejected.map(({ reason }) => `\n${reason}`).join("");
  return bad(`No Jupyter that works was found${reasons}`, "npm start");
}

/**
 * The kernel's registration for VS Code still points to a Node and a project that exist. It is optional, so that
 * there is none is no failure.
 *
 * @param dataFolder Jupyter's data folder of the current user
 */
export function checkRegistration(dataFolder: string): Check {
  const registered = registration(dataFolder);
  if (registered === null)
    return good("Not registered for VS Code and other Jupyters (optional: npm run kernel:install)");
  const { node, launcher } = registered;
  const gone = [node, launcher].find((path) => !existsSync(path));
  return gone === undefined
    ? good(`Registered for VS Code and other Jupyters (${launcher})`)
    : bad(`The kernel's registration for VS Code starts ${gone}, which is gone`, "npm run kernel:install");
}
