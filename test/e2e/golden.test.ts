import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../../tools/start/machine";
import { runQuietly } from "../../tools/start/programs";

const golden = join(projectRoot, "test", "golden");

function goldenFiles(): Map<string, string> {
  const names = readdirSync(golden, { recursive: true }).map(String).sort();
  const files = names.filter((name) => statSync(join(golden, name)).isFile());
  return new Map(files.map((name) => [name, readFileSync(join(golden, name), "utf8")]));
}

test("npm run golden makes the committed reference values again, to the byte", async () => {
  const committed = goldenFiles();
  expect([...committed.keys()].filter((name) => name.endsWith(".json")).length).toBeGreaterThan(0);
  try {
    const result = await runQuietly("npm", ["--prefix", projectRoot, "run", "golden"], process.env, 400_000);
    expect(result, result.stderr).toMatchObject({ code: 0 });
    const made = goldenFiles();
    expect([...made.keys()]).toEqual([...committed.keys()]);
    for (const [name, content] of made) expect(content, `test/golden/${name}`).toBe(committed.get(name));
  } finally {
    for (const [name, content] of committed) writeFileSync(join(golden, name), content);
  }
});
