import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { projectRoot } from "../../tools/start/machine";
import { temporaryFolder } from "./start/made-up-machine";

const launch = join(projectRoot, "tools/launch.mjs");

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
    mkdirSync(join(copy, "tools"));
    copyFileSync(launch, join(copy, "tools/launch.mjs"));
    const result = spawnSync(process.execPath, [join(copy, "tools/launch.mjs"), "tools/start/main.ts"], {
      encoding: "utf8",
    });
    expect(result.stderr).toContain("npm ci");
    expect(result.status).toBe(1);
  });

  test("an error inside the tool is not taken for missing dependencies", () => {
    const result = spawnSync(process.execPath, [launch, "tools/none.ts"], { encoding: "utf8" });
    expect(result.stderr).toContain("none.ts");
    expect(result.stderr).not.toContain("npm ci");
    expect(result.status).toBe(1);
  });

  test("an error of a program names the line of its source", () => {
    const file = join(temporaryFolder(), "fails.ts");
    writeFileSync(file, 'interface Nothing {}\n\nthrow new Error("on purpose");\n');
    const result = spawnSync(process.execPath, [launch, file], { encoding: "utf8" });
    expect(result.stderr).toMatch(/fails\.ts:3/);
    expect(result.status).toBe(1);
  });

  test("what a program loads only where it needs it may be missing", () => {
    const folder = temporaryFolder();
    writeFileSync(
      join(folder, "later.ts"),
      'import { missing } from "a-package-that-is-missing";\nexport const later = missing;\n',
    );
    writeFileSync(
      join(folder, "main.ts"),
      'if (process.argv.includes("--later")) await import("./later");\nconsole.log("ran", ...process.argv.slice(2));\n',
    );
    const run = (...words: string[]) =>
      spawnSync(process.execPath, [launch, join(folder, "main.ts"), ...words], { encoding: "utf8" });
    expect(run("one", "two").stdout).toBe("ran one two\n");
    expect(run("--later").stderr).toContain("a-package-that-is-missing");
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
