import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { lighten } from "../../../tools/packages/lighten";

const folder = mkdtempSync(path.join(tmpdir(), "hrd-packages-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, "12345");
  return file;
}

test("source maps go, also of packages within packages; all else stays, and so does what is only linked", () => {
  const gone = ["a/dist/a.js.map", "a/a.d.ts.map", "@x/b/node_modules/c/c.min.css.map", "a/m.mjs.map"].map((name) =>
    write(`packages/${name}`),
  );
  const kept = ["a/dist/a.js", "a/map.js", "a/world.map", "a/js.map", "@x/b/node_modules/c/c.map.ts"].map((name) =>
    write(`packages/${name}`),
  );
  const elsewhere = write("elsewhere/d.js.map");
  symlinkSync(path.dirname(elsewhere), path.join(folder, "packages/linked"));
  expect(lighten(path.join(folder, "packages"))).toBe(5 * gone.length);
  expect(gone.filter((file) => existsSync(file))).toEqual([]);
  expect([...kept, elsewhere].filter((file) => !existsSync(file))).toEqual([]);
  expect(lighten(path.join(folder, "packages"))).toBe(0);
});
