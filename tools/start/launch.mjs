/**
 * Starts a tool of the project after the two checks that cannot be written in TypeScript: that Node is new
 * enough to read it, and that the dependencies which run it are installed.
 *
 *   node tools/start/launch.mjs tools/start/doctor/main.ts [options]
 *
 * Plain JavaScript without a Node import, so that an old Node reads it far enough to say what is wrong. The
 * tool runs in this very process: Ctrl-C reaches it directly.
 */
const neededMajor = 20;
const neededMinor = 19;

const [major, minor] = process.versions.node.split(".").map(Number);
const tool = process.argv[2];

if (major < neededMajor || (major === neededMajor && minor < neededMinor)) {
  console.error(
    `This is Node ${process.versions.node}; the project needs Node ${neededMajor}.${neededMinor} or newer.\n` +
      "Install it from https://nodejs.org or with your version manager (nvm install --lts), then run npm ci again.",
  );
  process.exitCode = 1;
} else if (tool === undefined) {
  console.error("Which tool? For example: node tools/start/launch.mjs tools/start/doctor/main.ts");
  process.exitCode = 1;
} else {
  process.argv.splice(1, 2, tool);
  import("tsx").then(
    () => import(new URL(`../../${tool}`, import.meta.url).href),
    (error) => {
      if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
      console.error("The project's dependencies are not installed. Run this first:\n\n    npm ci\n");
      process.exitCode = 1;
    },
  );
}
