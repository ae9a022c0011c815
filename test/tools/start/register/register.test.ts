import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { isAbsolute, join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { projectRoot } from "../../../../tools/start/machine";
import { kernelFolder, registration } from "../../../../tools/start/register/folder";
import { install, uninstall } from "../../../../tools/start/register/register";
import { lastingNode, launcherOf } from "../../../../tools/start/register/spec";
import { userDataFolder } from "../../../../tools/start/register/user-folder";

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "hrd-spec-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function contents(folder: string): Record<string, string> {
  const names = readdirSync(folder).sort();
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), "base64")]));
}

describe("registering the kernel", () => {
  test("writes a kernel that starts this project from anywhere", () => {
    const data = temporaryFolder();
    expect(install(data, projectRoot, process.execPath).ok).toBe(true);
    const spec = JSON.parse(readFileSync(join(kernelFolder(data), "kernel.json"), "utf8"));
    expect(spec).toMatchObject({
      display_name: "TypeScript (human rights diplomacy)",
      language: "typescript",
      interrupt_mode: "signal",
      metadata: { debugger: false },
    });
    expect(spec.argv.at(-1)).toBe("{connection_file}");
    const launcher = spec.argv.find((word: string) => word.endsWith("launch.mjs"));
    expect(launcher).toBe(launcherOf(projectRoot));
    for (const file of [spec.argv[0], launcher]) {
      expect(isAbsolute(file)).toBe(true);
      expect(statSync(file).isFile()).toBe(true);
    }
    expect(
      readFileSync(join(kernelFolder(data), "logo-64x64.png"))
        .subarray(1, 4)
        .toString(),
    ).toBe("PNG");
  });

  test("twice is the same as once", () => {
    const data = temporaryFolder();
    install(data, projectRoot, process.execPath);
    const once = contents(kernelFolder(data));
    expect(install(data, projectRoot, process.execPath).message).not.toContain("replaces");
    expect(contents(kernelFolder(data))).toEqual(once);
  });

  test("replaces the registration of another copy and says so", () => {
    const data = temporaryFolder();
    install(data, "/old/copy", process.execPath);
    const { ok, message } = install(data, projectRoot, process.execPath);
    expect(ok).toBe(true);
    expect(message).toContain(launcherOf("/old/copy"));
    expect(registration(data)?.launcher).toBe(launcherOf(projectRoot));
  });

  test("leaves a foreign kernel of the same name alone, and one with a broken file", () => {
    for (const json of ['{"argv":["python3","-m","other","{connection_file}"]}', "{", "[]", '{"argv":3}']) {
      const data = temporaryFolder();
      mkdirSync(kernelFolder(data), { recursive: true });
      writeFileSync(join(kernelFolder(data), "kernel.json"), json);
      for (const outcome of [install(data, projectRoot, process.execPath), uninstall(data, projectRoot)]) {
        expect(outcome).toEqual({ ok: false, message: expect.stringContaining("did not write") });
      }
      expect(readFileSync(join(kernelFolder(data), "kernel.json"), "utf8")).toBe(json);
    }
  });
});

describe("taking the registration back", () => {
  test("leaves the folder as it was found", () => {
    const data = temporaryFolder();
    install(data, projectRoot, process.execPath);
    expect(uninstall(data, projectRoot).message).toContain("Removed the kernel");
    expect(readdirSync(data)).toEqual([]);
  });

  test("keeps other kernels and files that somebody put beside ours", () => {
    const data = temporaryFolder();
    install(data, projectRoot, process.execPath);
    mkdirSync(join(data, "kernels/python3"), { recursive: true });
    writeFileSync(join(kernelFolder(data), "notes.txt"), "mine");
    uninstall(data, projectRoot);
    expect(readdirSync(join(data, "kernels")).sort()).toEqual(["hrd-typescript", "python3"]);
    expect(readdirSync(kernelFolder(data))).toEqual(["notes.txt"]);
  });

  test("says so where there is nothing to remove", () => {
    expect(uninstall(temporaryFolder(), projectRoot)).toEqual({
      ok: true,
      message: expect.stringContaining("Nothing to remove"),
    });
  });

  test("leaves another copy's registration, unless that copy is gone", () => {
    const data = temporaryFolder();
    install(data, projectRoot, process.execPath);
    const outcome = uninstall(data, "/another/copy");
    expect(outcome).toEqual({ ok: false, message: expect.stringContaining(launcherOf(projectRoot)) });
    expect(existsSync(kernelFolder(data))).toBe(true);
    install(data, "/gone", process.execPath);
    expect(uninstall(data, projectRoot).ok).toBe(true);
    expect(existsSync(kernelFolder(data))).toBe(false);
  });
});

describe("where kernels of the current user are", () => {
  test.each([
    ["linux", {}, "/home/ada/.local/share/jupyter"],
    ["linux", { XDG_DATA_HOME: "/data" }, "/data/jupyter"],
    ["darwin", { XDG_DATA_HOME: "/data" }, "/home/ada/Library/Jupyter"],
    ["darwin", { JUPYTER_DATA_DIR: "/own" }, "/own"],
    ["win32", { APPDATA: "/roaming" }, "/roaming/jupyter"],
  ] as const)("on %s with %j: %s", (platform, environment, expected) => {
    expect(userDataFolder(platform, environment, "/home/ada")).toBe(expected);
  });

  test("on Windows without APPDATA it asks for one", () => {
    expect(() => userDataFolder("win32", {}, "C:\\Users\\ada")).toThrow("APPDATA is not set");
  });
});

describe("the Node of the registration", () => {
  test("is the one of the PATH where that is the one that runs, else the program itself", () => {
    const folder = temporaryFolder();
    expect(lastingNode({ PATH: folder })).toBe(process.execPath);
    writeFileSync(join(folder, "node"), "another");
    expect(lastingNode({ PATH: folder })).toBe(process.execPath);
    expect(lastingNode({})).toBe(process.execPath);
  });

  test.skipIf(process.platform === "win32")("goes through a link that outlives an update", async () => {
    const { symlinkSync } = await import("node:fs");
    const folder = temporaryFolder();
    symlinkSync(process.execPath, join(folder, "node"));
    expect(lastingNode({ PATH: `/none:${folder}` })).toBe(join(folder, "node"));
  });
});
