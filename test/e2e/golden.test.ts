import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../../tools/start/machine";
import { runQuietly } from "../../tools/start/programs";
import { every } from "./support/every";

const golden = join(projectRoot, "test", "golden");

function goldenFiles(): Map<string, string> {
  const names = readdirSync(golden, { recursive: true }).map(String).sort();
  const files = names.filter((name) => statSync(join(golden, name)).isFile());
  return new Map(files.map((name) => [name, readFileSync(join(golden, name), "utf8")]));
}

/** Bootstraps in R, which take as long as all others together: with HRD_EVERY=1 only. */
const SLOW = ["make-adjusted.R"];

test("npm run golden makes the committed reference values again, to the byte", async () => {
  const committed = goldenFiles();
  expect([...committed.keys()].filter((name) => name.endsWith(".json")).length).toBeGreaterThan(0);
  const scripts = [...committed.keys()].filter((name) => /^make-.*\.R$/.test(name) && name !== "make-all.R");
  const asked = every ? [] : ["--", ...scripts.filter((name) => !SLOW.includes(name))];
  try {
    const run = ["--prefix", projectRoot, "run", "golden", ...asked];
    const result = await runQuietly("npm", run, process.env, 400_000);
    expect(result, result.stderr).toMatchObject({ code: 0 });
    const made = goldenFiles();
    expect([...made.keys()]).toEqual([...committed.keys()]);
    for (const [name, content] of made) expect(content, `test/golden/${name}`).toBe(committed.get(name));
  } finally {
    for (const [name, content] of committed) writeFileSync(join(golden, name), content);
  }
});
