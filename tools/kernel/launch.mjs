// What Jupyter runs with `node`, and what kernels name that are registered already: the launcher, with the kernel.
process.argv.splice(2, 0, "tools/kernel/main.ts");
await import("../launch.mjs");
