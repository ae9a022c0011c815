import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { asObject } from "../../../tools/kernel/protocol/wire";
import { findNotebooks, readNotebook, text } from "../../../tools/notebooks/notebook";

/** What is written between the cells: its numbers are those of the cells, and its way leads on. */

const notebooks = findNotebooks("notebooks", []).map((file) => {
  const { json } = readNotebook(file);
  const cells = Array.isArray(json.cells) ? json.cells.map(asObject) : [];
  return { name: path.basename(file, ".ipynb"), cells };
});

const NUMBER = /[-−]?\d+(?:,\d{3})*(?:\.\d+)?(?:e[-+]?\d+)?/g;
const asNumber = (said: string): number => Number(said.replace("−", "-").replaceAll(",", ""));
const numbersIn = (words: string): number[] => [...words.matchAll(NUMBER)].map(([one]) => Math.abs(asNumber(one)));

/** Prose without formulas, code, addresses. */
const withoutCode = (markdown: string): string =>
  markdown.replace(/\$\$[\s\S]*?\$\$|\$[^$\n]*\$|```[\s\S]*?```|`[^`\n]*`|\]\([^)]*\)/g, " ");

/** Numbers with decimals, and percentages: those that a run can change. */
function statedIn(markdown: string): { readonly said: string; readonly value: number; readonly half: number }[] {
  const found = withoutCode(markdown).matchAll(/(?<![\w./])(\d+(?:,\d{3})*(?:\.\d+)?)( ?%)?(?!\w)/g);
  return [...found].flatMap(([, number = "", percent]) => {
    const decimals = number.split(".")[1]?.length ?? 0;
    if (decimals === 0 && percent === undefined) return [];
    return [{ said: `${number}${percent ?? ""}`, value: asNumber(number), half: 0.5 * 10 ** -decimals + 1e-9 }];
  });
}

/** Numbers that no cell shows, each for a reason. */
const ARGUED: Readonly<Record<string, readonly string[]>> = {
  "marks of Figure 1, as the transcript has them": ["01-long-list: 0.75"],
  "algebra of the text beside it": ["01-long-list: 2.33", "06-attention: 0.053"],
  "computed from print in appendix 10": ["03-cox-models: 0.054"],
};

/** Stated numbers that neither an output, nor code, nor the record of what the paper prints holds. */
function unheld(markdown: readonly string[], held: readonly number[]): string[] {
  return markdown
    .flatMap(statedIn)
    .filter(({ value, half }) => !held.some((one) => [one, 100 * one].some((it) => Math.abs(it - value) <= half)))
    .map(({ said }) => said);
}

describe("a number in the text is a number of a cell, or one that the paper prints", () => {
  const printed = numbersIn(
    ["published.json", "claims.json"].map((file) => readFileSync(`data/${file}`, "utf8")).join(),
  );
  const argued = Object.values(ARGUED).flat();

  test.each(notebooks)("$name", ({ name, cells }) => {
    const shown = cells
      .filter((cell) => cell.cell_type === "code")
      .flatMap(({ source, outputs }) => [
        ...numbersIn(text(source)),
        ...(Array.isArray(outputs) ? outputs.map(asObject) : []).flatMap((output) =>
          numbersIn(`${text(output.text ?? "")} ${text(asObject(output.data)["text/plain"] ?? "")}`),
        ),
      ]);
    const prose = cells.filter((cell) => cell.cell_type === "markdown").map(({ source }) => text(source));
    const missing = new Set(unheld(prose, [...printed, ...shown]).map((said) => `${name}: ${said}`));
    const excused = argued.filter((one) => one.startsWith(`${name}:`));
    expect([...missing].sort()).toEqual(excused.sort());
  });

  test("the rule sees a number that has gone, and one that is only rounded", () => {
    expect(unheld(["It is 2.51, and 34 % pass, $0.1$ and `0.2` aside."], [2.14, 0.336])).toEqual(["2.51"]);
    expect(unheld(["In 2015 she was held for 36 months."], [])).toEqual([]);
  });
});

describe("the way through the notebooks", () => {
  const footerOf = ({ cells }: (typeof notebooks)[number]): string =>
    text(cells.at(-1)?.source ?? "")
      .split("\n")
      .at(-1) ?? "";
  const isAppendix = ({ cells }: (typeof notebooks)[number]): boolean =>
    /^# \d\d · Appendix: /.test(text(cells[0]?.source ?? ""));
  const main = notebooks.filter((notebook) => !isAppendix(notebook));

  test("each one leads to the one before it and to the next", () => {
    for (const [at, notebook] of main.entries()) {
      const [before, next] = [main[at - 1]?.name, main[at + 1]?.name];
      if (before !== undefined) expect(footerOf(notebook)).toContain(`**Before:** [${before.slice(0, 2)} · `);
      if (before !== undefined) expect(footerOf(notebook)).toContain(`](${before}.ipynb)`);
      if (next !== undefined) expect(footerOf(notebook)).toMatch(`**Next:** [${next.slice(0, 2)} · `);
      if (next !== undefined) expect(footerOf(notebook)).toContain(`](${next}.ipynb)`);
    }
  });

  test("an appendix leads back", () => {
    expect(notebooks.filter(isAppendix).map(({ name }) => name.slice(0, 2))).toEqual(["10", "11", "12", "14"]);
    for (const notebook of notebooks.filter(isAppendix)) expect(footerOf(notebook)).toMatch(/\]\(0\d-[\w-]+\.ipynb\)/);
  });
});
