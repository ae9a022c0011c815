import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { entriesOf, type LibraryPart, libraryParts } from "../../../tools/site/library";
import { referenceMarkdown } from "../../../tools/site/reference";

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const SURVIVAL = {
  "survival/index.ts": `/** Survival analysis: curves and models. */
// Curves
export { type Curve, curve } from "./curve";
/** Models of Cox */
export * from "./cox";
`,
  "survival/curve.ts": `export interface Curve { readonly time: number }
/** A curve; R's \`survfit(y ~ 1)\`. */
export function curve(): Curve { return { time: 0 }; }
export function notShown(): void {}
`,
  "survival/cox/index.ts": 'export { fit as cox } from "./fit";\n',
  "survival/cox/fit.ts": `/** A model in two forms. */
export function fit(x: number): number;
export function fit(x: string): string;
export function fit(x: number | string): number | string { return x; }
`,
};

const DATA = {
  "data/index.ts": `/** data */
export { Fault } from "../files";
export { load } from "./load";
export { curve as curveOfData } from "../survival";
`,
  "data/load.ts": "/** Reads rows. */\nexport async function load(): Promise<void> {}\n",
  "files/index.ts": 'export { Fault } from "./fault";\n',
  "files/fault.ts": "/** What is wrong. */\nexport class Fault extends Error {}\n",
};

function partsOf(files: Readonly<Record<string, string>>): LibraryPart[] {
  const root = mkdtempSync(path.join(tmpdir(), "hrd-library-"));
  folders.push(root);
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(root, "lib", name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return libraryParts(root);
}

const shown = (parts: readonly LibraryPart[]) =>
  parts.map(({ path: door, sections }) => [
    door,
    Object.fromEntries(sections.map(({ heading, entries }) => [heading, entries.map(({ name }) => name)])),
  ]);

describe("the doors of the library", () => {
  const front = `/**
 * The front door: what two notebooks share.
 *
 *     import { curve } from "../lib";
 */

// Loading
// the data
export { load } from "./data";

// Survival.
export { type Curve, curve } from "./survival";
export { cox } from "./survival";
`;

  test("the front door comes first, its names in its order under its headings; rooms follow by name", () => {
    const parts = partsOf({ "index.ts": front, ...SURVIVAL, ...DATA });
    expect(shown(parts)).toEqual([
      ["lib", { "Loading the data": ["load"], Survival: ["Curve", "curve", "cox"] }],
      ["lib/data", { "": ["curveOfData", "load"] }],
      ["lib/files", { "": ["Fault"] }],
      ["lib/survival", { Curves: ["Curve", "curve"], "Models of Cox": ["cox"] }],
    ]);
  });

  test("the comment at the head of a door introduces it, and is no heading", () => {
    const [lib, data, , survival] = partsOf({ "index.ts": front, ...SURVIVAL, ...DATA });
    expect(lib?.title).toBe("The front door");
    expect(lib?.introduction).toContain('    import { curve } from "../lib";');
    expect(survival?.title).toBe("Survival analysis");
    expect(survival?.introduction).toBe("Survival analysis: curves and models.");
    expect([data?.title, data?.introduction]).toEqual(["data", ""]);
    const asking = '/** Did it change, by more than chance? */\n\n// Loading\nexport { load } from "./data";\n';
    const [asked] = partsOf({ "index.ts": asking, ...SURVIVAL, ...DATA });
    expect(asked?.title).toBe("Did it change, by more than chance?");
  });

  test("a room that the front door passes on as a whole is listed once, as that room", () => {
    const parts = partsOf({ "index.ts": 'export * from "./survival";\n', ...SURVIVAL });
    expect(parts.map(({ path: door }) => door)).toEqual(["lib/survival"]);
  });

  test("a name is documented once, where it is declared, with all its forms", () => {
    const entries = entriesOf(partsOf({ "index.ts": front, ...SURVIVAL, ...DATA }));
    expect(entries.map(({ room, name }) => `${room} ${name}`)).toEqual([
      "data load",
      "files Fault",
      "survival Curve",
      "survival cox",
      "survival curve",
      "survival curveOfData",
    ]);
    const cox = entries.find(({ name }) => name === "cox");
    expect(cox?.signatures).toEqual(["function fit(x: number): number;", "function fit(x: string): string;"]);
    expect([cox?.text, cox?.file, cox?.line]).toEqual(["A model in two forms.", "lib/survival/cox/fit.ts", 2]);
  });

  test("an export that leads nowhere names file and name", () => {
    const files = { "index.ts": 'export { kaplan } from "./survival";\n', ...SURVIVAL };
    expect(() => partsOf(files)).toThrow(
      "lib/index.ts exports kaplan of lib/survival/index.ts, which has no such name",
    );
    expect(() => partsOf({ "index.ts": 'export * from "./nothing";\n' })).toThrow(
      'lib/index.ts exports from "./nothing", which is no file of the library',
    );
  });
});

describe("the reference", () => {
  test("follows the doors, with what R calls a function", () => {
    const text = referenceMarkdown(partsOf({ "index.ts": 'export * from "./survival";\n', ...SURVIVAL }));
    expect(text.slice(text.indexOf("## "))).toBe(`## lib/survival

Survival analysis: curves and models.

### Curves

| function | what it does | in R |
|---|---|---|
| [\`curve\`](survival/curve.ts) | A curve. | \`survfit(y ~ 1)\` |

### Models of Cox

| function | what it does | in R |
|---|---|---|
| [\`cox\`](survival/cox/fit.ts) | A model in two forms. |  |
`);
  });

  test("names a function without a docstring", () => {
    const files = { "index.ts": "", "x/index.ts": "export function bare(): void {}\n" };
    expect(() => referenceMarkdown(partsOf(files))).toThrow("lib/x/index.ts: bare has no docstring");
  });
});
