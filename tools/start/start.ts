import { jupyterEnvironment, makeStateFolder } from "./environment";
import { titleOf } from "./find-jupyter";
import { getJupyter, NoJupyter } from "./get-jupyter";
import { writeLabSettings } from "./lab-settings";
import type { Machine } from "./machine";
import type { StartOptions } from "./options";
import { startPages } from "./pages/start-pages";
import { endings, watchParent } from "./parent";
import { choosePort } from "./port";
import { writeKernel } from "./register/folder";
import { kernelSpec } from "./register/spec";
import { logFile, startServer } from "./server";
import { trustNotebooks, writeWelcome } from "./welcome";

/** Writes what Jupyter needs to know of the project into its state folder: the kernel and a quiet start page. */
export function prepareState(machine: Machine): void {
  makeStateFolder(machine.root);
  const { JUPYTER_DATA_DIR } = jupyterEnvironment(machine);
  if (JUPYTER_DATA_DIR !== undefined) writeKernel(JUPYTER_DATA_DIR, kernelSpec(process.execPath, machine.root));
  writeLabSettings(machine.root);
  writeWelcome(machine.root);
}

/**
 * Opens the notebooks in Jupyter and stays until it ends: by Ctrl-C or a signal here, or from its own menu. Where there is
 * no Jupyter and none can be set up, it opens them as pages.
 *
 * @returns the exit code: 0 after an ending that was asked for
 * @throws Error where there are neither Jupyter nor pages, the port is taken, or the server does not start
 */
export async function start(options: StartOptions, machine: Machine): Promise<number> {
  if (options.pages) return startPages(options, machine);
  const port = await choosePort(options.port);
  const jupyter = await getJupyter(machine).catch((error: unknown) => {
    if (error instanceof NoJupyter) return error;
    throw error;
  });
  if (jupyter instanceof NoJupyter) return startPages(options, machine, jupyter);
  prepareState(machine);
  // Beside the start of the server, which takes longer.
  const trusted = trustNotebooks(jupyter, machine);
  const log = logFile(machine.root, port);
  const server = startServer(jupyter, machine, { port, openBrowser: options.openBrowser });

  let stopping: Promise<void> | null = null;
  const onSignal = () => {
    if (stopping !== null) return; // npm passes on the signal that the terminal sent already.
    console.log("\nEnding Jupyter and its kernels ...");
    stopping = server.stop();
  };
  for (const signal of endings) process.on(signal, onSignal);
  // Run without npm it may outlive the shell that started it, where a person wants that.
  const unwatch = machine.environment.npm_lifecycle_event === undefined ? () => {} : watchParent(onSignal);
  try {
    console.log(`Starting ${titleOf(jupyter)} (${jupyter.program}) ...`);
    const url = await server.url;
    await trusted;
    console.log(
      `\nThe notebooks are open at\n\n    ${url}\n\nCtrl-C ends Jupyter and all kernels. Jupyter's messages go to ${log}.`,
    );
    const how = await server.ended;
    if (stopping === null && how !== 0) {
      console.error(`Jupyter ended by itself (${how}). Its messages are in ${log}.`);
      return 1;
    }
    return 0;
  } catch (error) {
    if (stopping !== null) return 0;
    throw error;
  } finally {
    unwatch();
    await (stopping ?? server.stop());
    for (const signal of endings) process.off(signal, onSignal);
  }
}
