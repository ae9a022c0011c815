import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { asObject } from "../../../tools/kernel/protocol/wire";
import { findNotebooks, readNotebook, text } from "../../../tools/notebooks/notebook";
import { element } from "../../../tools/site/sanitise";
import { AFTER_GUESS, foldPredictions } from "../../../tools/site/teaching/prediction";

/** What makes a notebook a lesson that can be held; the same rules for all of them. */

interface Cell {
  readonly id: string;
  readonly prose: boolean;
  readonly source: string;
  readonly tags: readonly string[];
  readonly hidden: boolean;
  /** Whether anything is shown below it. */
  readonly shows: boolean;
}

const notebooks = findNotebooks("notebooks", []).map((file) => {
  const { json } = readNotebook(file);
  const cells = (Array.isArray(json.cells) ? json.cells.map(asObject) : []).map((cell): Cell => {
    const { tags, jupyter } = asObject(cell.metadata);
    return {
      id: String(cell.id),
      prose: cell.cell_type === "markdown",
      source: text(cell.source),
      tags: Array.isArray(tags) ? tags.map(String) : [],
      hidden: asObject(jupyter).outputs_hidden === true,
      shows: Array.isArray(cell.outputs) && cell.outputs.length > 0,
    };
  });
  return { name: path.basename(file, ".ipynb"), cells };
});

describe("a cell that everybody sees", () => {
  const visible = notebooks.flatMap(({ name, cells }) =>
    cells.filter(({ prose, tags }) => !prose && !tags.includes("solution")).map((cell) => ({ name, ...cell })),
  );

  test("has twenty lines at most", () => {
    const long = visible.filter(({ source }) => source.trimEnd().split("\n").length > 20);
    expect(long.map(({ name, id }) => `${name}#${id}`)).toEqual([]);
  });

  test("has lines that can be read: no more in fewer of them", () => {
    const wide = visible.filter(({ source }) => source.split("\n").some((line) => line.length > 140));
    expect(wide.map(({ name, id }) => `${name}#${id}`)).toEqual([]);
  });

  /** What a cell does because somebody's file might hold too little: the library says so, and the runner goes on. */
  const isPlumbing = (source: string): boolean => {
    const code = source.replace(/\/\/.*/g, "");
    const guards = [
      /\battempt\(|HRD_DATA|typeof [\w.[\]?]+\)? *[!=]==|\binstanceof\b|\btry \{/,
      /\.(?:length|size|events|n) *(?:===|>|<|!==) *\d+ *\?/,
      /\bisSynthetic\(|\.own\b *\?|=== undefined *\?/,
    ];
    return guards.some((guard) => guard.test(code)) || code.split("??").length > 4;
  };

  test("has no guard for other data, and little plumbing", () => {
    // A cell that shows a refusal has to catch it.
    const plumbing = visible.filter(({ id, source }) => isPlumbing(source) && id !== "refused");
    expect(plumbing.map(({ name, id }) => `${name}#${id}`)).toEqual([]);
    for (const guard of ["rows.length > 0 ? mean(rows) : none", "own.n < 20 ? null : 1", "isSynthetic(x) ? a : b"])
      expect(isPlumbing(guard)).toBe(true);
    expect(isPlumbing("const some = rows.filter((row) => row.event); // rows.length > 0 ?")).toBe(false);
  });

  test("is a cell for an idea of its own, not the first half of the next", () => {
    // Somebody who reads aloud has to say something between two cells of which the first shows nothing.
    const halves = notebooks.flatMap(({ name, cells }) =>
      cells
        .filter(
          ({ prose, shows, tags }, at) =>
            !prose && !shows && !tags.includes("solution") && cells[at + 1]?.prose === false,
        )
        .map(({ id }) => `${name}#${id}`),
    );
    expect(halves).toEqual([]);
    const numbered = visible.filter(({ id }) => /-\d$/.test(id) && !id.startsWith("figure-"));
    expect(
      numbered.map(({ name, id }) => `${name}#${id}`),
      "a cell's name says what it is about",
    ).toEqual([]);
  });
});

describe("the lecturer's guide", () => {
  const guide = readFileSync("notebooks/README.md", "utf8");
  const isExercise = ({ tags }: Cell): boolean => tags.some((tag) => tag.startsWith("exercise:"));

  test.each(notebooks.filter(({ name }) => guide.includes(`(${name}.ipynb) |`)))(
    "counts $name by its own rule",
    ({ name, cells }) => {
      const words = cells
        .filter(({ prose }) => prose)
        .flatMap(({ source }) => source.split(/\s+/))
        .filter(Boolean);
      const run = cells.filter((cell) => !cell.prose && !cell.tags.includes("solution") && !isExercise(cell));
      const predictions = run.filter(({ tags }) => tags.includes("predict"));
      const minutes = words.length / 100 + 3 * run.length + 5 * predictions.length;
      const row = guide.split("\n").find((line) => line.includes(`(${name}.ipynb) |`)) ?? "";
      const [, , , stated = "", exercises = ""] = row.split("|");
      // A sentence more or less does not move the quarter of an hour.
      expect(Math.abs(Number.parseInt(stated, 10) - 15 * Math.ceil(minutes / 15))).toBeLessThanOrEqual(15);
      expect(Number(exercises)).toBe(cells.filter(isExercise).length);
    },
  );

  test("adds up", () => {
    const stated = [...guide.matchAll(/^\| \[\d\d · ([^\]]*)\][^|]*\|[^|]*\| (\d+)/gm)].map(
      ([, title = "", minutes]) => ({ isAppendix: title.startsWith("Appendix"), minutes: Number(minutes) }),
    );
    const sum = (appendices: boolean): number =>
      stated.filter(({ isAppendix }) => isAppendix === appendices).reduce((all, { minutes }) => all + minutes, 0);
    expect(guide).toContain(`| ${sum(false)}, and ${sum(true)} for the appendices |`);
  });
});

describe("a prediction cannot be read off what stands below it", () => {
  const folded = new RegExp(
    `^<details><summary>${AFTER_GUESS}</summary>\n\n[\\s\\S]*?\n\n</details>(?:\n\n(?=#|> \\*\\*Predict first)|$)`,
  );

  /** What gives a result away before the next heading or question: prose that is not folded, outputs that are shown. */
  function givenAway(cells: readonly Cell[]): string[] {
    let asked = false;
    return cells.flatMap(({ id, prose, source, tags, hidden }) => {
      if (!prose) {
        asked ||= tags.includes("predict");
        return asked && !hidden ? [`${id}: its output is shown`] : [];
      }
      if (!asked) return [];
      const rest = source.replace(folded, "");
      asked = rest === "";
      return rest === "" || /^(?:#|> \*\*Predict first)/.test(rest) ? [] : [`${id}: prose is not folded`];
    });
  }

  test.each(notebooks)("$name", ({ cells }) => {
    expect(givenAway(cells)).toEqual([]);
    for (const [at, { id, tags }] of cells.entries()) {
      if (!tags.includes("predict")) continue;
      const before = cells[at - 1]?.prose ? cells[at - 1] : cells[at - 2];
      expect(before?.source ?? "", `${id}: the question stands before its cell`).toMatch(/^> \*\*Predict first/m);
      const isSlide = (cell: Cell | undefined): boolean =>
        cell?.tags.some((tag) => /^slide(?:-more)?$/.test(tag)) === true;
      if (tags.some((tag) => tag.startsWith("slide")))
        expect(isSlide(before), `${id}: a slide with choices has their question`).toBe(true);
    }
  });

  test.each(notebooks)("$name: a later cell that shows the same is folded, and names who asks", ({ cells }) => {
    const asking = cells.filter(({ tags }) => tags.includes("predict")).map(({ id }) => id);
    for (const { id, tags, hidden } of cells) {
      const [answers] = tags.filter((tag) => tag.startsWith("answers:")).map((tag) => tag.slice(8));
      if (answers === undefined) continue;
      expect(asking, id).toContain(answers);
      expect(hidden, `${id}: its output is shown`).toBe(true);
    }
  });

  test("Figure 3 is not read off the tables that follow it", () => {
    const cells = notebooks.find(({ name }) => name === "02-ua-control-group")?.cells ?? [];
    const drawn = /\bpooled\b|\btreated(?:\[|\.map)|\bbiasFigure\(/;
    const shown = cells.filter(
      ({ source, hidden, prose, tags }) => !prose && !hidden && !tags.includes("solution") && drawn.test(source),
    );
    const asked = cells.findIndex(({ id }) => id === "figure3");
    expect(shown.filter((cell) => cells.indexOf(cell) > asked).map(({ id }) => id)).toEqual([]);
  });

  test("the rule sees prose and outputs that give it away", () => {
    const cell = (id: string, more: Partial<Cell>): Cell => ({
      id,
      prose: false,
      source: "",
      tags: [],
      hidden: true,
      shows: true,
      ...more,
    });
    const asked = cell("ask", { tags: ["predict"] });
    const reading = cell("read", { prose: true, source: "It is 42." });
    const next = cell("next", { prose: true, source: "## Next" });
    expect(givenAway([{ ...asked, hidden: false }])).toEqual(["ask: its output is shown"]);
    expect(givenAway([asked, reading])).toEqual(["read: prose is not folded"]);
    expect(givenAway([asked, next, reading, cell("later", { hidden: false })])).toEqual([]);
    expect(givenAway([asked, cell("more", { hidden: false })])).toEqual(["more: its output is shown"]);
  });

  test("on a page all of it waits, the fold of the notebook is opened, and the next heading ends it", () => {
    const main = element(`<section><p>before</p></section>
<section><div class="prediction" data-asks="one"><div class="prediction-result"></div></div><div class="output">42</div></section>
<section><details><summary>${AFTER_GUESS}</summary><p>It is 42.</p></details></section>
<section><details class="code"><summary>Code</summary></details><div class="output">42 again</div></section>
<section><p>And so on.</p><h2>Next</h2><p>free</p></section>`);
    foldPredictions(main);
    foldPredictions(main);
    const waiting = [...main.querySelectorAll("[data-waits=one]")].map((block) => block.textContent);
    expect(waiting).toEqual(["It is 42.", "Code", "42 again", "And so on."]);
    expect(main.querySelector(".prediction-result")?.textContent).toBe("42");
    expect(main.textContent).not.toContain(AFTER_GUESS);
    expect(readFileSync("tools/site/teaching/teaching.css", "utf8")).toContain("[data-waits]");
  });
});
