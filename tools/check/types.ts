import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { typeChecker } from "./compiler";

/** Checks the types of all files of the project, and ends as the compiler does. */
const ROOT = fileURLToPath(new URL("../../", import.meta.url));
process.exitCode = spawnSync(process.execPath, typeChecker(ROOT), { cwd: ROOT, stdio: "inherit" }).status ?? 1;
