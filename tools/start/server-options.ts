import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Jupyter } from "./find-jupyter";
import { loopback } from "./port";
import { welcomePage } from "./welcome";

/** The folder of the project that opens first. */
const firstFolder = "notebooks";

/** The page that opens, under the address of the server: where to begin, else the file list of the notebooks. */
export function firstPage(jupyter: Jupyter, root: string): string {
  const welcome = existsSync(join(root, welcomePage));
  if (jupyter.kind === "lab") return `/lab/tree/${welcome ? welcomePage : firstFolder}`;
  return welcome ? `/notebooks/${welcomePage}` : `/tree/${firstFolder}`;
}

/** Enough for a cell of many figures or lines: at the default of 1 MB a second Jupyter drops output. */
const bytesPerSecond = 100_000_000;
const messagesPerSecond = 100_000;

/** The class names under which the settings go: they moved with JupyterLab 3 and Notebook 7, the limits again with JupyterLab 4. */
function settingClasses(jupyter: Jupyter): { server: string; page: string; limits: string; root: string } {
  if (jupyter.kind === "notebook" && jupyter.major < 7) {
    return { server: "NotebookApp", page: "NotebookApp", limits: "NotebookApp", root: "notebook_dir" };
  }
  const page = jupyter.kind === "lab" ? "LabApp" : "JupyterNotebookApp";
  const limits = jupyter.kind === "lab" && jupyter.major < 4 ? "ServerApp" : "ZMQChannelsWebsocketConnection";
  return { server: "ServerApp", page, limits, root: "root_dir" };
}

/**
 * The command line of the server. Its root is the project, since figures load plotly.js through the server's
 * `files/node_modules/…`; it listens on loopback only and keeps Jupyter's own random token.
 *
 * @param isRoot Jupyter refuses to run as root unless told otherwise
 */
export function serverOptions(
  jupyter: Jupyter,
  to: { root: string; port: number; openBrowser: boolean; isRoot: boolean },
): string[] {
  const { server, page, limits, root } = settingClasses(jupyter);
  return [
    `--${server}.ip=${loopback}`,
    `--${server}.port=${to.port}`,
    `--${server}.port_retries=0`,
    `--${server}.${root}=${to.root}`,
    `--${server}.open_browser=${to.openBrowser ? "True" : "False"}`,
    `--${page}.default_url=${firstPage(jupyter, to.root)}`,
    `--${limits}.iopub_data_rate_limit=${bytesPerSecond}`,
    `--${limits}.iopub_msg_rate_limit=${messagesPerSecond}`,
    ...(to.isRoot ? ["--allow-root"] : []),
  ];
}
