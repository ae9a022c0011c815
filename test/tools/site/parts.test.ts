import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { survivalFigure } from "../../../lib/figures";
import type { Json, Layout } from "../../../lib/figures/inner";
import { kaplanMeier } from "../../../lib/survival";
import { bindNumbers } from "../../../tools/site/bound-numbers";
import { squeezedLayout } from "../../../tools/site/client/squeeze";
import { DARK_PAPER, darkened } from "../../../tools/site/dark";
import { csvText, figureRows } from "../../../tools/site/figure-data";
import { highlight } from "../../../tools/site/highlight";
import { libraryImports } from "../../../tools/site/imports";
import { entriesOf, libraryParts } from "../../../tools/site/library";
import { markdown } from "../../../tools/site/markdown";
import { fitted } from "../../../tools/site/narrow";
import { notebookPage } from "../../../tools/site/notebook-page";
import { siteServer } from "../../../tools/site/serve";
import { writeSite } from "../../../tools/site/write";
import { markdownCell, notebookFolder, ROOT } from "./support";

const curves = kaplanMeier({ time: [3, 8, 8, 20, 36], event: [1, 1, 0, 1, 0] });
const figure = survivalFigure(curves, { data: { provenance: "synthetic" }, title: "Five women" });

describe("figures in dark colours", () => {
  const dark = darkened(JSON.parse(JSON.stringify({ data: figure.data, layout: figure.layout })) as Json);

  test("stand on the dark paper, with text that reads on it", () => {
    expect(dark).toMatchObject({ layout: { paper_bgcolor: DARK_PAPER, plot_bgcolor: DARK_PAPER } });
    expect(darkened("#000000")).toBe("#f0f0f0");
    expect(darkened("#0072B2")).not.toBe("#0072B2");
    expect(darkened("rgba(255,255,255,0.75)")).toBe("rgba(22,25,30,0.75)");
    expect(darkened({ text: '<span style="color:#555555">white #ffffff</span>' })).toEqual({
      text: expect.stringMatching(/^<span style="color:#[a-d]\w{5}">white #ffffff<\/span>$/),
    });
  });

  test("keep the yellow mark of synthetic data as it is", () => {
    const marks = figure.layout.annotations as readonly { readonly name?: string }[];
    const mark = marks.find(({ name }) => name === "synthetic-data");
    expect(mark).toBeDefined();
    expect(darkened(JSON.parse(JSON.stringify(mark)))).toEqual(mark);
  });
});

describe("figures on a telephone", () => {
  const value: { data: Json; layout: Json } = JSON.parse(JSON.stringify({ data: figure.data, layout: figure.layout }));
  const ticks = (layout: Json): readonly unknown[] => {
    const axis: unknown = Reflect.get(Object(layout), "xaxis");
    return [Reflect.get(Object(axis), "tickvals"), Reflect.get(Object(axis), "ticktext")];
  };

  test("keep as many ticks as fit, and the numbers that stand under them", () => {
    const { data, layout } = fitted(value.data, value.layout, 260);
    expect(ticks(value.layout)).toEqual([
      [0, 6, 12, 18, 24, 30, 36],
      ["0", "6", "12", "18", "24", "30", "36"],
    ]);
    expect(ticks(layout)).toEqual([
      [0, 12, 24, 36],
      ["0", "12", "24", "36"],
    ]);
    const risk = (Array.isArray(data) ? data : []).find((trace) => Reflect.get(Object(trace), "mode") === "text");
    expect(risk).toMatchObject({ x: [0, 12, 24, 36], text: ["5", "2", "1", "1"] });
  });

  test("labels at the ends of lines stand above a plot that would have little room beside them", () => {
    const labels = (of: Json): unknown[] =>
      [Reflect.get(Object(of), "annotations")]
        .flat()
        .filter((note) => Reflect.get(Object(note), "name") === "curve-label");
    const wide = fitted(value.data, value.layout, 760).layout;
    const narrow = fitted(value.data, value.layout, 340).layout;
    expect(labels(wide)).toMatchObject(labels(value.layout).map((label) => Object(label)));
    // The same words, each with a piece of its line, side by side; and the plot has the room that they had.
    const words = (of: Json) =>
      labels(of).map((label) => String(Reflect.get(Object(label), "text")).replace(/^[━╍· ]+/u, ""));
    expect(words(narrow)).toEqual(words(wide));
    expect(labels(narrow)).toMatchObject(labels(wide).map(() => ({ showarrow: false, x: 0, y: 1, yref: "paper" })));
    expect(ticks(narrow)).toEqual(ticks(wide));
    const height = (of: Json): number => Number(Reflect.get(Object(of), "height"));
    expect(height(narrow)).toBeGreaterThan(height(wide));
    expect(JSON.stringify(narrow)).not.toContain("curve-leader");
  });

  test("long labels of rows leave room for few ticks, and those without a label go first", () => {
    const layout = {
      margin: { l: 14, r: 14 },
      xaxis: { tickvals: [0, 0.25, 0.5, 0.75, 1], ticktext: ["0%", "", "50%", "", "100%"] },
      yaxis: { ticktext: ["<b>working-paper: 16 of 19</b>"] },
      yaxis2: { side: "right", ticktext: ["<b>84%</b><br>60% to 97%"] },
    };
    expect(ticks(fitted([], layout, 380).layout)).toEqual([
      [0, 0.5, 1],
      ["0%", "50%", "100%"],
    ]);
    expect(ticks(fitted([], layout, 320).layout)).toEqual([
      [0, 1],
      ["0%", "100%"],
    ]);
  });

  test("an axis that chooses its ticks is told how many have room, and not to turn them", () => {
    const layout = {
      margin: { l: 14, r: 14 },
      xaxis: { type: "date" },
      yaxis: { ticktext: ["María Lourdes Afiuni"] },
    };
    expect(fitted([], layout, 300).layout).toMatchObject({ xaxis: { nticks: 3, tickangle: 0 } });
    expect(fitted([], layout, 600).layout).toEqual(layout);
  });

  test("a long title is broken where the plot, and with it the title's middle, may stand far to the left", () => {
    const layout = (r: number): Json => ({
      margin: { l: 14, r },
      xaxis: { title: { text: "Months since arrest, logarithmic scale" } },
    });
    const titleAt = (r: number): unknown => {
      const axis: unknown = Reflect.get(Object(fitted([], layout(r), 328).layout), "xaxis");
      return Reflect.get(Object(Reflect.get(Object(axis), "title")), "text");
    };
    expect(titleAt(30)).toBe("Months since arrest, logarithmic scale");
    expect(titleAt(110)).toMatch(/<br>/);
  });

  test("an axis of numbers keeps two ticks at the least, for one alone is no scale", () => {
    const rows = {
      yaxis: { ticktext: ["North Korea (1 of 18)"] },
      yaxis2: { side: "right", ticktext: ["0.10 to 1.20"] },
    };
    const shown = (low: number, high: number) =>
      ticks(fitted([], { margin: { l: 14, r: 14 }, ...rows, xaxis: { range: [low, high] } }, 328).layout);
    expect(shown(0.02, 1.85)).toEqual([
      [0.5, 1.5],
      ["0.5", "1.5"],
    ]);
    expect(shown(-0.32, 1.9)[1]).toEqual(["0", "1"]);
    expect(shown(-1.1, 1.05)[1]).toEqual(["−1", "0", "1"]);
    for (let low = -3; low < 3; low += 0.37)
      for (let wide = 0.013; wide < 4000; wide *= 1.7)
        expect([shown(low, low + wide)[1]].flat().length, `${low}, ${wide}`).toBeGreaterThan(1);
  });

  test("labels of rows take shorter lines where they leave the plot too little, if their rows are high enough", () => {
    const labels = ["the first of each story<br>only", "every row counts half"];
    const layout = (height: number): Json => ({
      height,
      margin: { l: 14, r: 14, t: 20, b: 60 },
      yaxis: { ticktext: labels },
      yaxis2: { side: "right", ticktext: ["0.65"] },
    });
    const shown = (height: number, width: number): unknown =>
      Reflect.get(Object(Reflect.get(Object(fitted([], layout(height), width).layout), "yaxis")), "ticktext");
    expect(shown(160, 328)).toEqual(["the first of<br>each story only", "every row counts<br>half"]);
    expect(shown(140, 328)).toEqual(labels);
    expect(shown(160, 600)).toEqual(labels);
  });

  test("and are left as they are where there is room", () => {
    expect(fitted(value.data, value.layout, 760)).toEqual(value);
  });
});

describe("figures on a slide with less room", () => {
  const layout = { height: 600, margin: { t: 10, b: 90 }, yaxis: { domain: [0.5, 1] }, yaxis2: { domain: [0, 0.4] } };
  const pixels = (value: Layout, axis: "yaxis" | "yaxis2"): number => {
    const [low, high] = [Reflect.get(Object(value[axis]), "domain")].flat();
    return (Number(value.height) - 100) * (Number(high) - Number(low));
  };

  test("rows of numbers below a plot keep their height, and the plot gives up what is asked", () => {
    const less = squeezedLayout(layout, 500);
    expect(less.height).toBe(500);
    expect(pixels(less, "yaxis2")).toBeCloseTo(pixels(layout, "yaxis2"), 9);
    expect(pixels(less, "yaxis")).toBeCloseTo(pixels(layout, "yaxis") - 100, 9);
  });

  test("others become lower as a whole, and none where there is room", () => {
    expect(squeezedLayout({ height: 400, yaxis: {} }, 350)).toEqual({ height: 350, yaxis: {} });
    expect(squeezedLayout(layout, 700)).toEqual(layout);
    expect(squeezedLayout({ height: 400 }, 10).height).toBe(304);
  });
});

describe("words that belong together", () => {
  test("do not part at the end of a line, and what is code stays letter for letter", () => {
    const holder = markdown("# 01 · Title\n\nWith p < 0.0001 at 84 % · or `p < 0.01`, and $\\tau$: months.");
    bindNumbers(holder);
    bindNumbers(holder);
    expect(holder.textContent).toContain("01 · Title");
    expect(holder.textContent).toContain("p\u00a0<\u00a00.0001 at 84\u00a0%\u00a0· or p < 0.01,");
    expect(holder.textContent).toMatch(/[^\u2060]\u2060: months\.\s*$/);
  });

  test("nor does a date in a title, which text may break", () => {
    const holder = markdown("## The weeks of 2015-08-30 and 2015-09\n\nIn text 2015-08-30, or 1-2015-08.");
    bindNumbers(holder);
    bindNumbers(holder);
    expect(holder.querySelector("h2")?.textContent).toMatch(/2015-\u206008-\u206030 and 2015-\u206009/);
    expect(holder.querySelector("p")?.textContent).toBe("In text 2015-08-30, or 1-2015-08.");
  });
});

describe("figures as rows", () => {
  test("a flow has a row for each stream", () => {
    const flow = {
      type: "sankey",
      node: { label: ["named", "women &amp; girls", "men"] },
      link: { source: [0, 0], target: [1, 2], value: [455, 2391] },
    };
    expect(figureRows([flow], {})).toEqual({
      columns: ["From", "To", "Number"],
      rows: [
        ["named", "women & girls", "455"],
        ["named", "men", "2391"],
      ],
    });
  });

  test("have a row a point, with the names of axes and series", () => {
    const { columns, rows } = figureRows(figure.data, { ...figure.layout, meta: {} });
    expect(columns).toEqual(["Series", "Months since launch", "Still in custody", "Text"]);
    expect(rows.some(([, x, y]) => x === "3" && y === "0.8")).toBe(true);
    for (const row of rows) expect(row).toHaveLength(columns.length);
  });

  test("are the figure's own table where it brings one: tidy, with units in the header", () => {
    const { columns, rows } = figureRows(figure.data, figure.layout);
    const limits = ["lower limit (95%)", "upper limit (95%)", "at risk just before", "events", "censored"];
    expect(columns).toEqual(["Group", "Months since launch", "Still in custody (share)", ...limits]);
    for (const row of rows) expect(row).toHaveLength(columns.length);
    expect(rows.map(([, time, share]) => [Number(time), Number(share)])).toContainEqual([3, 0.8]);
  });

  test("leave out a column of the figure's own table that nothing stands in, as marks where none is marked", () => {
    const table = {
      columns: ["Label", "p", "Marked"],
      rows: [
        ["a", 0.2, null],
        ["b", 0, null],
      ],
    };
    expect(figureRows([], { meta: { table } })).toEqual({
      columns: ["Label", "p"],
      rows: [
        ["a", "0.2"],
        ["b", "0"],
      ],
    });
    expect(figureRows([], { meta: { table: { ...table, rows: [] } } }).columns).toHaveLength(3);
  });

  test("CSV quotes what has to be quoted, and no cell is a formula", () => {
    expect(csvText([["a,b", 'say "x"', "=1+1", "-3.5", "@x"]])).toBe(`\uFEFF"a,b","say ""x""",'=1+1,-3.5,'@x\r\n`);
  });
});

describe("code", () => {
  test("is shown letter for letter", () => {
    const source =
      "const a = `x ${1 < 2} </script>`; // <b>\n/* & */ if (/[<&]/.test(a)) throw new Error('\"');\n\n  f<T>(a)";
    const text = highlight(source).replace(/<[^>]*>/g, "");
    expect(
      text
        .replaceAll("&lt;", "<")
        .replaceAll("&gt;", ">")
        .replaceAll("&quot;", '"')
        .replaceAll("&#39;", "'")
        .replaceAll("&amp;", "&"),
    ).toBe(source);
  });

  test("links names of the library, and no property of that name", () => {
    const linkOf = (name: string) => (name === "table" ? { href: "#t", title: "" } : null);
    const links = highlight("table(x.table, { table: 1 }, { table })", linkOf).match(/<a /g);
    expect(links).toHaveLength(2);
  });

  test("knows what a cell imports from lib/", () => {
    const source =
      'import { a, b as c } from "../lib";\nimport { d } from "../lib/survival";\nimport { e } from "libx";';
    expect([...libraryImports(source)]).toEqual([
      ["a", "a"],
      ["c", "b"],
      ["d", "d"],
    ]);
  });
});

test("Markdown keeps prices, sets formulas, and shows a wrong formula as its source", () => {
  expect(markdown("costs $5 and $6").textContent).toContain("costs $5 and $6");
  expect(markdown("$n_j$ and $$\\frac{1}{2}$$").querySelectorAll(".katex")).toHaveLength(2);
  expect(markdown("$\\nonsense{$").textContent).toContain("\\nonsense{");
});

test("the library's entries are exactly what a notebook can import", async () => {
  const parts = libraryParts(ROOT);
  const entries = entriesOf(parts);
  const doors = ["lib", ...parts.map((part) => part.path)].map((door) => path.join(ROOT, door, "index.ts"));
  const library = new Set<string>();
  for (const door of doors) for (const name of Object.keys(await import(door))) library.add(name);
  const values = entries.filter(({ kind }) => ["function", "class", "value"].includes(kind)).map(({ name }) => name);
  expect(values.sort()).toEqual([...library].sort());
  for (const entry of entries) if (entry.kind === "function") expect(entry.text, entry.name).not.toBe("");
});

describe("writing the site", () => {
  test("removes what it wrote before, and nothing else", () => {
    const folder = mkdtempSync(path.join(tmpdir(), "hrd-write-"));
    writeSite(
      folder,
      new Map([
        ["a.html", "a"],
        ["b/c.html", "c"],
      ]),
    );
    expect(writeSite(folder, new Map([["a.html", "a"]]))).toBe(1);
    expect(readdirSync(folder)).not.toContain("b.html");
    expect(writeSite(folder, new Map([["a.html", "a"]]))).toBe(0);
  });

  test("does not touch a folder that it did not make", () => {
    const folder = mkdtempSync(path.join(tmpdir(), "hrd-write-"));
    writeFileSync(path.join(folder, "thesis.txt"), "x");
    expect(() => writeSite(folder, new Map())).toThrow("holds files that are not a rendered site");
  });
});

describe("npm run serve", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "hrd-serve-"));
  writeSite(
    folder,
    new Map([
      ["index.html", "<p>hello"],
      ["a.js", "1"],
    ]),
  );
  const server = siteServer(folder);
  let port = 0;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => {
    server.close();
  });

  const get = (url: string, host = "127.0.0.1"): Promise<{ status: number; type: string }> =>
    new Promise((resolve, reject) => {
      request({ host: "127.0.0.1", port, path: url, headers: { host } }, (response) => {
        response.resume();
        resolve({ status: response.statusCode ?? 0, type: response.headers["content-type"] ?? "" });
      })
        .on("error", reject)
        .end();
    });

  test("shows the folder's files with their types", async () => {
    expect(await get("/")).toEqual({ status: 200, type: "text/html; charset=utf-8" });
    expect(await get("/a.js?x=1")).toEqual({ status: 200, type: "text/javascript; charset=utf-8" });
    expect((await get("/nothing.html")).status).toBe(404);
  });

  test("shows nothing outside of it, and nothing to another name", async () => {
    for (const url of ["/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc/passwd", "/%00", "/%"])
      expect((await get(url)).status, url).toBe(404);
    expect((await get("/", "evil.example")).status).toBe(403);
  });
});

test("a cell tagged jupyter-only is not on the page", async () => {
  const cell = {
    cell_type: "markdown",
    id: "note",
    metadata: { tags: ["jupyter-only"] },
    source: "press Shift",
  };
  const { file } = notebookFolder([markdownCell("# A title"), cell]);
  const { page } = await notebookPage(file, {
    root: ROOT,
    library: new Map(),
    files: new Map(),
    single: false,
  });
  expect(page.main.textContent).toContain("A title");
  expect(page.main.textContent).not.toContain("press Shift");
});
