import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { homedir } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { isWritable } from "../environment";
import type { NoJupyter } from "../get-jupyter";
import type { Machine } from "../machine";
import type { StartOptions } from "../options";
import { endings, watchParent } from "../parent";
import { choosePort, loopback } from "../port";
import { openBrowser } from "./open-browser";
import { pagesServer } from "./pages-server";
import { renderedPages } from "./rendered";

/**
 * Opens the notebooks as pages, which run in the browser, and stays until Ctrl-C or another signal.
 *
 * @param instead why there is no Jupyter, where that is the reason
 * @returns the exit code
 * @throws Error where the port is taken; what is wrong with pages, after what is wrong with Jupyter
 */
export async function startPages(options: StartOptions, machine: Machine, instead?: NoJupyter): Promise<number> {
  const port = await choosePort(options.port);
  if (instead !== undefined) {
    console.log(`There is no Jupyter here, and none could be set up:\n${instead.tried}\n`);
    console.log("The notebooks are opened as pages, which run in the browser and need no Jupyter.");
  }
  const folder = await renderedPages(machine, (line) => console.log(line)).catch((error: unknown) => {
    const words = error instanceof Error ? error.message : String(error);
    throw instead === undefined ? new Error(words) : new Error(`${words}\n\n${instead.message}`);
  });
  const root = savingFolder(machine);
  const token = randomBytes(24).toString("hex");
  const server = pagesServer({ folder, root, token });
  server.listen(port, loopback);
  await once(server, "listening");
  const url = `http://${loopback}:${port}/?token=${token}`;
  let stop = (): void => {};
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  // npm passes on the signal that the terminal sent already: the second one must find somebody who listens, to the end.
  const onSignal = (): void => stop();
  for (const signal of endings) process.on(signal, onSignal);
  const unwatch = machine.environment.npm_lifecycle_event === undefined ? () => {} : watchParent(onSignal);
  const close = options.openBrowser ? openBrowser(url, machine) : () => {};
  console.log(
    `\nThe notebooks are open at\n\n    ${url}\n\nWhat you save goes to ${path.join(root, "student")}. Ctrl-C ends the server.`,
  );
  await stopped;
  console.log("\nThe pages are closed.");
  unwatch();
  close();
  server.close();
  server.closeAllConnections();
  // Where the process ends between the two signals, the second one kills it.
  await setTimeout(300);
  return 0;
}

/** Where student/ is: beside notebooks/, or where the project belongs to somebody else, in a folder of this user. */
function savingFolder({ root, environment }: Machine): string {
  return isWritable(root) ? root : path.join(environment.HOME ?? homedir(), "human-rights-diplomacy");
}
