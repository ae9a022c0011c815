import { homedir } from "node:os";
import { projectRoot } from "../machine";
import { install, uninstall } from "./register";
import { lastingNode } from "./spec";
import { userDataFolder } from "./user-folder";

/** `npm run kernel:install` and `npm run kernel:uninstall`: the kernel for VS Code and for a Jupyter of one's own. */
function main(action: string | undefined): number {
  if (action !== "install" && action !== "uninstall") {
    console.error("Use: npm run kernel:install, or npm run kernel:uninstall");
    return 1;
  }
  const folder = userDataFolder(process.platform, process.env, homedir());
  const outcome =
    action === "install" ? install(folder, projectRoot, lastingNode(process.env)) : uninstall(folder, projectRoot);
  (outcome.ok ? console.log : console.error)(outcome.message);
  return outcome.ok ? 0 : 1;
}

process.exitCode = main(process.argv[2]);
