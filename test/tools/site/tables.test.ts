import { describe, expect, test } from "vitest";
import { figureRows, shortNumber } from "../../../tools/site/figure-data";
import { markdown } from "../../../tools/site/markdown";
import { document } from "../../../tools/site/sanitise";
import { improveTables } from "../../../tools/site/tables";

const SENTENCE = "Compares women who had been held for equally long, among those held on the day of the launch.";

function improved(html: string): Element {
  const holder = document.createElement("div");
  holder.innerHTML = html;
  improveTables(holder, "Output");
  return holder;
}

function rowsOf(heads: readonly string[], ...rows: readonly (readonly string[])[]): string {
  const head = heads.map((text) => `<th>${text}</th>`).join("");
  const body = rows.map((cells) => `<tr>${cells.map((text) => `<td>${text}</td>`).join("")}</tr>`).join("");
  return `<table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`;
}

describe("tables of sentences", () => {
  const holder = improved(
    rowsOf(["Clock", "What it assumes"], ["since arrest, at risk late", SENTENCE], ["other", ""]),
  );

  test("are blocks of rows on a telephone: each cell says its column, and is a cell to a screen reader", () => {
    const table = holder.querySelector("table");
    expect(table?.className).toContain("stacks");
    expect(table?.getAttribute("role")).toBe("table");
    const cells = [...holder.querySelectorAll("tbody td")];
    expect(cells.map((cell) => cell.getAttribute("data-label"))).toEqual([null, "What it assumes", null, null]);
    expect([...holder.querySelectorAll("th, td")].every((cell) => cell.getAttribute("role") !== null)).toBe(true);
    expect(holder.querySelector("th")?.getAttribute("role")).toBe("columnheader");
  });

  test("tables of numbers stay tables, which scroll", () => {
    const numbers = improved(
      rowsOf(["Clock", "n", "b", "s.e.", "p"], ["since the launch, late entry", "1", "2", "3", "4"]),
    );
    expect(numbers.querySelector("table")?.className).not.toContain("stacks");
  });
});

test("notes stand under what scrolls, and not in it", () => {
  const foot = "<tfoot><tr><td>Times are months.<br>Ties by Efron's method.</td></tr></tfoot></table>";
  const holder = improved(rowsOf(["a"], ["1"]).replace("</table>", foot));
  expect(holder.querySelector("tfoot")).toBeNull();
  expect(holder.querySelector(".scroll")?.textContent).not.toContain("Efron");
  expect(holder.querySelector(".scroll + .table-notes p")?.innerHTML).toBe(
    "Times are months.<br>Ties by Efron's method.",
  );
});

describe("what is read of numbers", () => {
  test("a number stays with its per cent, but not in code", () => {
    const html = markdown("passes 5 % of `5 %`, <b>27 % lost</b>").innerHTML.replaceAll("\u00a0", "&nbsp;");
    expect(html).toContain("passes 5&nbsp;% of <code>5 %</code>");
    expect(html).toContain("27&nbsp;% lost");
  });

  test("a table to be read has true minus signs, and leaves dates alone", () => {
    expect(["-0.529412", "-3", "2015-09-01", "1e-7"].map(shortNumber)).toEqual(["−0.5294", "−3", "2015-09-01", "1e−7"]);
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
