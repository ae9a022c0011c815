import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { projectRoot } from "../../../../tools/start/machine";

function run(action: string[], JUPYTER_DATA_DIR: string) {
  const args = ["tools/launch.mjs", join(projectRoot, "tools/start/register/main.ts"), ...action];
  return spawnSync(process.execPath, args, { encoding: "utf8", env: { ...process.env, JUPYTER_DATA_DIR } });
}

test("npm run kernel:install and kernel:uninstall, as a person meets them", () => {
  const data = mkdtempSync(join(tmpdir(), "hrd-spec-"));
  onTestFinished(() => rmSync(data, { recursive: true, force: true }));
  const installed = run(["install"], data);
  expect(installed.stdout).toContain(join(data, "kernels", "hrd-typescript"));
  expect(installed.status).toBe(0);
  expect(existsSync(join(data, "kernels/hrd-typescript/kernel.json"))).toBe(true);
  expect(run(["uninstall"], data)).toMatchObject({ status: 0, stdout: expect.stringContaining("Removed") });
  expect(run(["uninstall"], data)).toMatchObject({
    status: 0,
    stdout: expect.stringContaining("Nothing to remove"),
  });
  expect(run([], data)).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("npm run kernel:install"),
  });
});
