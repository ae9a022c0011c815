import { expect, test } from "vitest";
import { readNotebook } from "../../../tools/notebooks/notebook";
import { siteCells } from "../../../tools/site/cells";
import { neighboursOf } from "../../../tools/site/neighbours";
import { document } from "../../../tools/site/sanitise";
import type { Page } from "../../../tools/site/site";
import { markdownCell, notebookFolder } from "./support";

function chapter(name: string, ...texts: readonly string[]): Page {
  const { file } = notebookFolder(
    texts.map((text, i) => markdownCell(text, `text-${i}`)),
    name,
  );
  return {
    path: `${name}.html`,
    title: name,
    description: "",
    headings: [],
    notebook: name,
    previous: null,
    next: null,
    main: document.createElement("main"),
    cells: siteCells(readNotebook(file)),
    sections: [],
  };
}

const ends = (chapters: readonly Page[]): (readonly (string | null)[])[] =>
  neighboursOf(chapters).map(({ previous, next }) => [previous?.path ?? null, next?.path ?? null]);

test("a notebook's own last line says where it leads, past the appendices; one without such a line has its neighbours", () => {
  const chapters = [
    chapter("09-scale", "# Scale", "**Next:** [Ledger](13-ledger.ipynb)"),
    chapter("10-appendix", "# Appendix", "**More:** [Scale](09-scale.ipynb)"),
    chapter("11-appendix", "# Another"),
    chapter(
      "13-ledger",
      "# Ledger",
      "To discuss.\n\n**Before:** [Scale](09-scale.ipynb) · **Start:** [Scale](09-scale.ipynb)",
    ),
  ];
  expect(ends(chapters)).toEqual([
    [null, "13-ledger.html"],
    ["09-scale.html", "11-appendix.html"],
    ["10-appendix.html", "13-ledger.html"],
    ["09-scale.html", null],
  ]);
});

test("the last of several lines counts, and a notebook that is not there is no way on", () => {
  const chapters = [
    chapter("01-a", "**Next:** [B](02-b.ipynb)", "**Next:** [C](03-c.ipynb) · **More:** [B](02-b.ipynb)"),
    chapter("02-b", "**Before:** [A](01-a.ipynb) · **Next:** [D](04-d.ipynb)"),
    chapter("03-c", "# C"),
  ];
  expect(ends(chapters)).toEqual([
    [null, "03-c.html"],
    ["01-a.html", null],
    ["02-b.html", null],
  ]);
});
