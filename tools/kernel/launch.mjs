// What Jupyter runs with `node`, and what kernels name that are registered already: the launcher, with the kernel.
import { fileURLToPath } from "node:url";

// The packages of this project are there for notebooks elsewhere, too.
process.env.HRD_KERNEL_HOME = fileURLToPath(new URL("../../", import.meta.url));
process.argv.splice(2, 0, "tools/kernel/main.ts");
const { ended } = await import("../launch.mjs");
await ended?.catch((error) => {
  // One sentence, and an end: Jupyter then starts the kernel again, with new ports.
  console.error(`The kernel could not start: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
});
