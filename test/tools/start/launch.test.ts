import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { projectRoot } from "../../../tools/start/machine";
import { temporaryFolder } from "./made-up-machine";

const launch = join(projectRoot, "tools/start/launch.mjs");

describe("the launcher of the tools", () => {
  test("asks for the same Node as package.json", () => {
    const { engines } = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"));
    const source = readFileSync(launch, "utf8");
    const [major, minor] = ["neededMajor", "neededMinor"].map(
      (name) => new RegExp(`${name} = (\\d+);`).exec(source)?.[1],
    );
    expect(engines.node).toBe(`>=${major}.${minor}`);
  });

  test("an older Node is told which one is needed", () => {
    const old = "data:text/javascript,Object.defineProperty(process.versions,'node',{value:'18.20.4'})";
    const result = spawnSync(process.execPath, ["--import", old, launch, "tools/start/main.ts", "--help"], {
      encoding: "utf8",
    });
    expect(result.stderr).toContain("This is Node 18.20.4; the project needs Node 20.19 or newer.");
    expect(result.status).toBe(1);
  });

  test("without the dependencies it says npm ci", () => {
    const copy = temporaryFolder();
    cpSync(join(projectRoot, "tools/start"), join(copy, "tools/start"), { recursive: true });
    const result = spawnSync(
      process.execPath,
      [join(copy, "tools/start/launch.mjs"), "tools/start/main.ts"],
      { encoding: "utf8" },
    );
    expect(result.stderr).toContain("npm ci");
    expect(result.status).toBe(1);
  });

  test("an error inside the tool is not taken for missing dependencies", () => {
    const copy = temporaryFolder();
    mkdirSync(join(copy, "node_modules/tsx"), { recursive: true });
    writeFileSync(
      join(copy, "node_modules/tsx/package.json"),
      '{"name":"tsx","type":"module","exports":"./index.js"}',
    );
    writeFileSync(join(copy, "node_modules/tsx/index.js"), "");
    cpSync(join(projectRoot, "tools/start"), join(copy, "tools/start"), { recursive: true });
    const result = spawnSync(process.execPath, [join(copy, "tools/start/launch.mjs"), "tools/none.mjs"], {
      encoding: "utf8",
    });
    expect(result.stderr).toContain("none.mjs");
    expect(result.stderr).not.toContain("npm ci");
    expect(result.status).toBe(1);
  });

  test("npm start -- --help shows the options, from any folder", () => {
    const help = execFileSync(process.execPath, [launch, "tools/start/main.ts", "--help"], {
      encoding: "utf8",
      cwd: "/",
    });
    expect(help).toContain("--no-browser");
    expect(help).toContain("--port N");
  });

  test("an unknown option is named, without a stack", () => {
    const result = spawnSync(process.execPath, [launch, "tools/start/main.ts", "--prot", "1"], {
      encoding: "utf8",
    });
    expect(result.stderr).toContain("--prot");
    expect(result.stderr).not.toContain("    at ");
    expect(result.status).toBe(1);
  });
});
