import { expect, test } from "vitest";
import { asObject } from "../../tools/kernel/protocol/wire";
import { readNotebook, text } from "../../tools/notebooks/notebook";
import { runQuietly } from "../../tools/start/programs";

test("the lines of R in notebook 00 give the numbers of the TypeScript beside them", async () => {
  const notebook = readNotebook("notebooks/00-campaign.ipynb");
  const cells = Array.isArray(notebook.json.cells) ? notebook.json.cells.map(asObject) : [];
  const prose = text(cells.find(({ id }) => id === "r-twins")?.source);
  const [, script = ""] = /```r\n([\s\S]*?)```/.exec(prose) ?? [];
  const { stdout } = await runQuietly("Rscript", ["-e", `options(digits = 15)\n${script}`], process.env, 60_000);
  const numbers = (printed: string): number[] =>
    [...printed.replace(/^\s*\[\d+\]/gm, "").matchAll(/\d+\.\d+/g)].map(([digits]) => Number(digits));
  const [output] = notebook.cells.find(({ id }) => id === "ts-twins")?.outputs ?? [];
  const here = numbers(output?.output_type === "stream" ? text(output.text) : "");
  const there = numbers(stdout);
  expect(there).toHaveLength(6);
  expect(here).toHaveLength(6);
  for (const [at, value] of there.entries()) expect(Math.abs((here[at] ?? 0) / value - 1)).toBeLessThan(1e-8);
});
