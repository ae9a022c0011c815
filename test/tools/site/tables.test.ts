import { describe, expect, test } from "vitest";
import { significantText } from "../../../lib/tables";
import { bindNumbers, boundNumbers } from "../../../tools/site/bound-numbers";
import { figureRows, forPrograms, shortNumber } from "../../../tools/site/figure-data";
import { element } from "../../../tools/site/sanitise";
import { improveTables, isShort } from "../../../tools/site/tables";
import { markVerdict, VERDICT_MARKS } from "../../../tools/site/verdict-marks";

function improved(headings: readonly string[], rows: readonly (readonly string[])[]): Element {
  const cells = (tag: string, texts: readonly string[]): string =>
    `<tr>${texts.map((text) => `<${tag}>${text}</${tag}>`).join("")}</tr>`;
  const holder = element(
    `<table><caption>A table</caption><thead>${cells("th", headings)}</thead><tbody>${rows.map((row) => cells("td", row)).join("")}</tbody></table>`,
  );
  improveTables(holder, "A table");
  return holder;
}

const SENTENCE = "Women of whom no page that was found says that they were released";

describe("a table on a telephone", () => {
  test("is read row by row where sentences stand side by side, each cell with its column's name", () => {
    const table = improved(["What", "The paper prints", "Holds"], [[SENTENCE, SENTENCE, "yes"]]).querySelector("table");
    expect(table?.hasAttribute("data-stack")).toBe(true);
    expect([...(table?.querySelectorAll("td") ?? [])].map((cell) => cell.dataset.column)).toEqual([
      "What",
      "The paper prints",
      "Holds",
    ]);
    // The style sheet takes its boxes apart; what they are stays said.
    expect(table?.getAttribute("role")).toBe("table");
    expect([...(table?.querySelectorAll("tr") ?? [])].map((row) => row.getAttribute("role"))).toEqual(["row", "row"]);
    expect([...(table?.querySelectorAll("th") ?? [])].map((cell) => cell.getAttribute("role"))).toEqual([
      "columnheader",
      "columnheader",
      "columnheader",
    ]);
  });

  test("stays a table where numbers are compared down a column, or where it fits", () => {
    const numbers = improved(["Model", "b", "s.e.", "p"], [["(1)", "0.797", "0.279", "0.004"]]);
    expect(numbers.querySelector("[data-stack]")).toBeNull();
    const oneOfText = improved(["What", "b", "s.e.", "p"], [[SENTENCE, "0.797", "0.279", "0.004"]]);
    expect(oneOfText.querySelector("[data-stack]")).toBeNull();
    expect(improved(["a", "b"], [["short", "too"]]).querySelector("[data-stack]")).toBeNull();
  });
});

test("columns of numbers with their limits use the room beside the text before they are cut", () => {
  const ratio = "10.17 (2.92 to 35.41)";
  expect(improved(["a", "b", "c"], [["x", ratio, ratio]]).querySelector(".table.wide")).toBeNull();
  const five = improved(["a", "b", "c", "d", "e"], [["x", ratio, ratio, ratio, ratio]]);
  expect(five.querySelector(".table.wide")).not.toBeNull();
});

test("a heading stands over what most of its column holds, numbers or words", () => {
  const holder = element(
    `<table><thead><tr><th align="right">Computed</th><th align="right">Needed</th></tr></thead><tbody><tr><td align="right">${SENTENCE}</td><td align="right">= 16</td></tr></tbody></table>`,
  );
  improveTables(holder, "A table");
  expect([...holder.querySelectorAll("th")].map(({ className }) => className)).toEqual(["", "right"]);
});

test("of several things in one cell each has a line, and a row's name keeps to one", () => {
  const holder = improved(["Coding", "Counts"], [["María Lourdes Afiuni", "Liu Xia<br>María <b>Lourdes</b> Afiuni"]]);
  expect(holder.querySelector("td")?.className).toBe("name");
  expect([...holder.querySelectorAll(".item")].map(({ textContent }) => textContent)).toEqual([
    "Liu Xia",
    "María Lourdes Afiuni",
  ]);
  expect(improved(["What"], [[SENTENCE]]).querySelector("td")?.className).not.toContain("name");
});

test("a claim has the mark under which the index counts its verdict", () => {
  for (const [verdict, { mark, kind }] of Object.entries(VERDICT_MARKS)) {
    const claim = improved(["a"], [["b"]]);
    markVerdict(claim, verdict);
    expect(claim.querySelector(".caption")?.getAttribute("data-mark")).toBe(mark);
    expect([...claim.classList]).toEqual(["claim", kind]);
  }
});

describe("a number at the end of a line", () => {
  test("stays with its sign", () => {
    expect(boundNumbers("That is 2.4 % of them")).toBe("That is 2.4\u00a0% of them");
    expect(boundNumbers("a trend (p = 0.016), n = 19, p < 0.0001")).toBe(
      "a trend (p\u00a0=\u00a00.016), n\u00a0=\u00a019, p\u00a0<\u00a00.0001",
    );
    expect(boundNumbers("the map = 3 and p = none, 5 of 6")).toBe("the map =\u00a03 and p = none, 5 of 6");
    expect(boundNumbers("Table 1, claim 19, model (4) and the notebook 04's")).toBe(
      "Table\u00a01, claim\u00a019, model\u00a0(4) and the notebook\u00a004's",
    );
    expect(boundNumbers("(s.e. 0.12) on the stable 4")).toBe("(s.e.\u00a00.12) on the stable 4");
  });

  test("and what is code is left as it was typed", () => {
    const holder = element("<p>5 % of <code>5 % 2</code> <em>7 %</em></p><pre>8 % 3</pre>");
    bindNumbers(holder);
    expect(holder.innerHTML).toBe("<p>5&nbsp;% of <code>5 % 2</code> <em>7&nbsp;%</em></p><pre>8 % 3</pre>");
  });
});

test("notes stand under what scrolls, and not in it", () => {
  const holder = element(
    "<table><tbody><tr><td>1</td></tr></tbody><tfoot><tr><td>Times are months.<br>Ties by Efron's method.</td></tr></tfoot></table>",
  );
  improveTables(holder, "A table");
  expect(holder.querySelector("tfoot")).toBeNull();
  expect(holder.querySelector(".scroll")?.textContent).not.toContain("Efron");
  expect(holder.querySelector(".scroll + .table-notes p")?.innerHTML).toBe(
    "Times are months.<br>Ties by Efron's method.",
  );
});

describe("what is read of numbers", () => {
  test("a table to be read has true minus signs, and leaves dates alone", () => {
    expect(["-0.529412", "-3", "2015-09-01", "1e-7"].map(shortNumber)).toEqual(["−0.5294", "−3", "2015-09-01", "1e−7"]);
  });

  test("what a table prints for readers is a number again in its CSV and when it is sorted", () => {
    const printed = [0.0000108123, -0.00000034, 4.4e-23, 0.000393, -12.5].map((value) => significantText(value));
    expect(printed.map(forPrograms).map(Number)).toEqual([1.08e-5, -3.4e-7, 4.4e-23, 0.000393, -12.5]);
    expect(["p = 1.08 × 10⁻⁵", "2 × 10", "−", "–"].map(forPrograms)).toEqual(["p = 1.08 × 10⁻⁵", "2 × 10", "−", "–"]);
    expect(isShort(`p = ${significantText(0.0000108123)}`)).toBe(true);
  });

  test("what hovering says again is no column of its own; what it says beside is", () => {
    const layout = { xaxis: { type: "date" } };
    const trace = { name: "by day", x: ["2015-09-01"], y: [11], hovertext: ["<b>by day</b><br>1 Sep 2015: 11"] };
    expect(figureRows([trace], layout)).toEqual({
      columns: ["Series", "Date", "y"],
      rows: [["by day", "2015-09-01", "11"]],
    });
    const told = { ...trace, hovertext: ["the launch"] };
    expect(figureRows([told], layout).columns).toEqual(["Series", "Date", "y", "Text"]);
  });
});
