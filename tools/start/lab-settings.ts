import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stateFolder } from "./environment";

/**
 * Tells JupyterLab and Notebook 7 not to ask whether they may fetch news: the question covers the first notebook,
 * and the project works without a network.
 */
export function writeLabSettings(root: string): void {
  const folder = join(stateFolder(root), "config", "labconfig");
  mkdirSync(folder, { recursive: true });
  const settings = { disabledExtensions: { "@jupyterlab/apputils-extension:announcements": true } };
  writeFileSync(join(folder, "page_config.json"), `${JSON.stringify(settings, null, 2)}\n`);
}
