import { findJupyter, type Jupyter } from "./find-jupyter";
import { carryOut, installPlans } from "./install-jupyter";
import type { Machine } from "./machine";

/** Every way to get Jupyter by hand. */
export const waysToGetJupyter = `Any one of these gives you Jupyter; then run npm start again:

  Debian, Ubuntu     sudo apt-get update && sudo apt-get install jupyter-notebook
  Fedora             sudo dnf install jupyterlab
  macOS              brew install jupyterlab
  conda, mamba       conda install -c conda-forge jupyterlab
  pipx               pipx install jupyterlab
  pip                python3 -m pip install --user jupyterlab
  Python itself      https://www.python.org/downloads/ (3.9 or newer); npm start then sets up JupyterLab by itself

Without Jupyter: npm start -- --pages opens the notebooks as pages; npm run notebooks executes them; npm run kernel:install lets VS Code open them.`;

/** There is no Jupyter, and none can be set up. */
export class NoJupyter extends Error {
  override name = "NoJupyter";
  /** @param tried one line for each way that was closed or failed */
  constructor(readonly tried: string) {
    super(`There is no Jupyter here, and none could be set up:\n${tried}\n\n${waysToGetJupyter}`);
  }
}

/**
 * The Jupyter of this computer; where there is none, sets one up after saying how.
 *
 * @throws NoJupyter with all that was tried and the ways to get Jupyter, where there is none and none can be set up
 */
export async function getJupyter(machine: Machine): Promise<Jupyter> {
  const { found, rejected } = await findJupyter(machine);
  if (found !== null) return found;
  const { plans, closed } = await installPlans(machine);
  const failures = [...rejected.map(({ program, reason }) => `${program}: ${reason}`), ...closed];
  for (const plan of plans) {
    console.log(plan.announcement);
    const failure = await carryOut(plan, machine);
    const installed = failure === null ? (await findJupyter(machine)).found : null;
    if (installed !== null) return installed;
    failures.push(failure ?? `${plan.commands.at(-1)?.program}: done, but no working Jupyter came of it`);
  }
  const list = failures.map((failure) => `  - ${failure}`).join("\n");
  throw new NoJupyter(list);
}
