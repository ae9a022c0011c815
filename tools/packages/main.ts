import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { lighten } from "./lighten";

/** After npm has installed the packages of the project. */
const packages = path.join(fileURLToPath(new URL("../../", import.meta.url)), "node_modules");
if (existsSync(packages)) {
  const megabytes = Math.round(lighten(packages) / 1e6);
  if (megabytes > 0) process.stdout.write(`${megabytes} MB of source maps taken out of node_modules\n`);
}
