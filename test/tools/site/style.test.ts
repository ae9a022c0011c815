import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { siteStyles } from "../../../tools/site/assets";
import { ROOT } from "./support";

const site = path.join(ROOT, "tools/site");
const sheets = [
  ...readdirSync(path.join(site, "style")).map((name) => `style/${name}`),
  "teaching/teaching.css",
  "teaching/deck.css",
].map((name) => ({ name, css: readFileSync(path.join(site, name), "utf8") }));

describe("the style sheets", () => {
  test("take every size of letters from the one scale, or from what stands around", () => {
    const sizes = sheets.flatMap(({ name, css }) =>
      [...css.matchAll(/font-size: ([^;]+);/g)]
        .map(([, size = ""]) => `${name}: ${size}`)
        .filter(
          (size) =>
            !/: (?:var\(--size-[\w-]+\)|inherit|100%|[\d.]+em|calc\([\d.]+ \* var\(--slide-[\w-]+\)\))$/.test(size),
        ),
    );
    expect(sizes).toEqual([]);
  });

  test("use no name that is not defined, and define none that is not used", () => {
    const all = sheets.map(({ css }) => css).join("\n");
    const code = [readFileSync(path.join(site, "teaching/client/deck.ts"), "utf8")];
    const named = (pattern: RegExp, text: string): string[] =>
      [...new Set([...text.matchAll(pattern)].map(([, name = ""]) => name))].sort();
    const defined = named(/(--[\w-]+):/g, all);
    const used = named(/var\((--[\w-]+)/g, [all, ...code].join("\n"));
    // Set by the page for each figure and for the marks of its sketch, and by a deck for each slide.
    const elsewhere = ["--height", "--seen", "--dark", "--unit", "--grow", "--shown"];
    expect(used.filter((name) => !defined.includes(name) && !elsewhere.includes(name))).toEqual([]);
    expect(defined.filter((name) => !used.includes(name))).toEqual([]);
  });

  test("bring the text face and its notice along, and ask for no other file", () => {
    const css = siteStyles(site);
    expect(css).toContain("Bitstream Inc., Cambridge, MA");
    expect([...css.matchAll(/@font-face/g)]).toHaveLength(3);
    for (const [, address = ""] of css.matchAll(/url\(([^)]{0,30})/g))
      expect(address).toMatch(/^data:font\/woff2;base64,/);
    expect(Buffer.byteLength(css)).toBeLessThan(100_000);
  });
});
