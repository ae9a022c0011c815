import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { asObject } from "../../tools/kernel/protocol/wire";
import { projectRoot } from "../../tools/start/machine";
import { runQuietly } from "../../tools/start/programs";
import { notebookFile } from "../tools/notebooks/notebook-file";

/**
 * The install steps of the development container and of Binder, run as Binder runs them: in a copy of the project
 * without packages, for a user whose home folder is empty.
 */
test("binder/postBuild installs the project, and the kernel that it registers runs a notebook", async () => {
  const home = mkdtempSync(join(tmpdir(), "hrd-install-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const copy = join(home, "project");
  const list = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  for (const name of execFileSync("git", list, { cwd: projectRoot, encoding: "utf8" }).split("\0")) {
    const file = join(projectRoot, name);
    if (name !== "" && existsSync(file)) cpSync(file, join(copy, name));
  }

  const { JUPYTER_DATA_DIR, XDG_DATA_HOME, ...inherited } = process.env;
  // An empty home, but for what npm has downloaded before.
  const cache = process.env.npm_config_cache ?? join(homedir(), ".npm");
  const environment = {
    ...inherited,
    HOME: home,
    npm_config_cache: cache,
    npm_config_prefer_offline: "true",
  };
  const built = await runQuietly("bash", ["-c", `cd "${copy}" && binder/postBuild`], environment, 400_000);
  expect(built, built.stdout + built.stderr).toMatchObject({ code: 0 });

  const spec = join(home, ".local/share/jupyter/kernels/hrd-typescript/kernel.json");
  const { argv } = asObject(JSON.parse(readFileSync(spec, "utf8")));
  expect(JSON.stringify(argv)).toContain(join(copy, "tools/kernel/launch.mjs"));

  const cell = 'import { loadFreeThe20 } from "../lib";\nloadFreeThe20().rows.length';
  writeFileSync(join(copy, "notebooks", "zz-small.ipynb"), notebookFile([cell]));
  const ran = await runQuietly("bash", ["-c", `cd "${copy}" && npm run -s notebooks -- zz`], environment, 60_000);
  expect(ran, ran.stdout + ran.stderr).toMatchObject({ code: 0 });
}, 480_000);
