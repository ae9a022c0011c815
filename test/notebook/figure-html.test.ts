import { type DOMWindow, JSDOM } from "jsdom";
import { describe, expect, test } from "vitest";
import type { Figure } from "../../lib/figures";
import { composeFigure } from "../../lib/figures/figure";
import { figureHtml } from "../../lib/notebook/figure-html";

const FIGURE: Figure = {
  data: [{ type: "scatter", text: ["</script><script>alert(1)</script>", "<!--", "\u2028"] }],
  layout: { height: 200 },
  alt: 'A "figure" with <tags> & more.',
};

/** A stand-in for plotly.js that leaves a trace of each drawing. */
const FAKE_PLOTLY = `
if (typeof define === "function" && define.amd) throw new Error("registered with RequireJS");
window.loads = (window.loads || 0) + 1;
window.Plotly = { Icons: {}, newPlot: function (place, data, layout, config) {
  place.innerHTML = "<svg></svg>"; place.drawn = { data: data, layout: layout, config: config };
  layout.height = 0;
} };`;

interface Page {
  readonly window: DOMWindow;
  readonly asked: string[];
}

/** A page at an address, with some figures in it, on a server that has plotly.js at one place. */
async function open(
  address: string,
  bodies: readonly string[],
  at: string | null,
  head = "",
  attributes = "",
  width = 0,
): Promise<Page> {
  const asked: string[] = [];
  const dom = new JSDOM(`<!doctype html><html><head>${head}</head><body ${attributes}></body></html>`, {
    url: `http://127.0.0.1:8888${address}`,
    runScripts: "dangerously",
  });
  const { window } = dom;
  Object.defineProperty(window.HTMLElement.prototype, "clientWidth", { get: () => width });
  const amd = Object.assign(() => undefined, { amd: {} });
  Object.assign(window, {
    define: amd,
    fetch: (url: string) => {
      asked.push(url);
      return Promise.resolve(
        url === at
          ? { ok: true, status: 200, text: () => Promise.resolve(FAKE_PLOTLY) }
          : { ok: false, status: 404, text: () => Promise.resolve("") },
      );
    },
  });
  for (const html of bodies) {
    const holder = window.document.createElement("div");
    holder.innerHTML = html;
    window.document.body.append(holder);
    // As Jupyter does: scripts set by innerHTML do not run, so they are made anew.
    for (const old of Array.from(holder.querySelectorAll("script"))) {
      const script = window.document.createElement("script");
      script.textContent = old.textContent;
      old.replaceWith(script);
    }
  }
  for (let tries = 0; tries < 100 && window.document.querySelector("[data-hrd-figure]:empty") !== null; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(Reflect.get(window, "define")).toBe(amd);
  return { window, asked };
}

const PATH = "node_modules/plotly.js-dist/plotly.js";

describe("where plotly.js is looked for", () => {
  const cases: [string, string, string, string[]][] = [
    [
      "classic Notebook",
      "/notebooks/notebooks/01.ipynb",
      'data-base-url="/"',
      [`/files/notebooks/${PATH}`, `/files/${PATH}`],
    ],
    [
      "a deeper folder",
      "/notebooks/a%20b/c/01.ipynb",
      'data-base-url="/"',
      [`/files/a%20b/c/${PATH}`, `/files/a%20b/${PATH}`, `/files/${PATH}`],
    ],
    [
      "a base address",
      "/user/ann/notebooks/n/01.ipynb",
      'data-base-url="/user/ann/"',
      [`/user/ann/files/n/${PATH}`, `/user/ann/files/${PATH}`],
    ],
    ["JupyterLab", "/lab/tree/notebooks/01.ipynb", "", [`/files/notebooks/${PATH}`, `/files/${PATH}`]],
    [
      "a workspace of JupyterLab",
      "/lab/workspaces/auto-x/tree/p/notebooks/01.ipynb",
      "",
      [`/files/p/notebooks/${PATH}`, `/files/p/${PATH}`, `/files/${PATH}`],
    ],
    ["Notebook 7", "/tree/notebooks/01.ipynb", "", [`/files/notebooks/${PATH}`, `/files/${PATH}`]],
    ["an address without a notebook", "/lab", "", [`/files/${PATH}`]],
  ];
  for (const [name, address, attributes, expected] of cases) {
    test(name, async () => {
      const { asked } = await open(address, [figureHtml(FIGURE)], null, "", attributes);
      expect(asked).toEqual(expected);
    });
  }

  test("JupyterLab's base address comes from its configuration", async () => {
    const config = '<script id="jupyter-config-data" type="application/json">{"baseUrl": "/hub/user/ann"}</script>';
    const { asked } = await open("/hub/user/ann/lab/tree/n/01.ipynb", [figureHtml(FIGURE)], null, config);
    expect(asked).toEqual([`/hub/user/ann/files/n/${PATH}`, `/hub/user/ann/files/${PATH}`]);
  });
});

describe("drawing", () => {
  test("takes data and layout as they are, and hides RequireJS from plotly.js", async () => {
    const { window } = await open("/lab/tree/notebooks/01.ipynb", [figureHtml(FIGURE)], `/files/${PATH}`);
    const place = window.document.querySelector("[data-hrd-figure]");
    expect(place?.querySelector("svg")).not.toBeNull();
    const drawn = JSON.parse(JSON.stringify(Reflect.get(place ?? {}, "drawn")));
    expect(drawn.data).toEqual(FIGURE.data);
    expect(drawn.config.responsive).toBe(true);
    expect(window.document.querySelectorAll("script")).toHaveLength(1);
  });

  test("the words stand over the plot as HTML, with the mark, as wide as the page", async () => {
    const parts = {
      finding: "Found: 1 < 2 & more",
      notes: ["one note", "another"],
      data: [],
      size: { plot: 100, below: 0 },
      layout: {},
      table: undefined,
      alt: "Nothing.",
    };
    const made = composeFigure("test", { subtitle: "What is drawn", data: [{ provenance: "synthetic" }] }, parts);
    const { window } = await open("/lab/tree/notebooks/01.ipynb", [figureHtml(made)], `/files/${PATH}`);
    const words = [...window.document.querySelectorAll(".hrd-figure-head p")].map(({ textContent }) => textContent);
    expect(words).toEqual(["Found: 1 < 2 & more", "SYNTHETIC DATA What is drawn", "one note · another"]);
    const { drawn } = Object(window.document.querySelector("[data-hrd-figure]"));
    expect(drawn.layout.title).toBeUndefined();
    expect(drawn.layout.annotations ?? []).toEqual([]);
    // plotly.js's own picture would have neither words nor mark.
    const [[button]] = drawn.config.modeBarButtons;
    expect(button.title).toBe("Download plot as a PNG");
  });

  test("the picture that the button saves has words and mark, at one left edge", async () => {
    const parts = { finding: "Found", data: [], size: { plot: 100, below: 0 }, layout: {}, table: undefined, alt: "-" };
    const made = composeFigure("test", { data: [{ provenance: "synthetic" }] }, parts);
    const { window } = await open("/lab/tree/notebooks/01.ipynb", [figureHtml(made)], `/files/${PATH}`);
    const { drawn } = Object(window.document.querySelector("[data-hrd-figure]"));
    const saved: { layout?: unknown; changes?: unknown; options?: unknown } = {};
    Object.assign(Object(Reflect.get(window, "Plotly")), {
      newPlot: (place: object, _: unknown, layout: unknown) => {
        saved.layout = layout;
        Object.assign(place, { _fullLayout: { _size: { l: 90 } } });
        return Promise.resolve();
      },
      relayout: (_: unknown, changes: unknown) => {
        saved.changes = changes;
      },
      downloadImage: (_: unknown, options: unknown) => {
        saved.options = options;
      },
      purge: () => undefined,
    });
    drawn.config.modeBarButtons[0][0].click();
    await new Promise((resolve) => setTimeout(resolve, 20));
    const asJson: unknown = JSON.parse(JSON.stringify(saved));
    expect(asJson).toMatchObject({
      layout: { title: { text: "<b>Found</b>" }, width: 760 },
      changes: { annotations: [{ name: "synthetic-data", xshift: 14 - 90 }] },
      options: { format: "png" },
    });
  });

  test("loads plotly.js once for all figures, and draws the same figure as often as it is shown", async () => {
    const other: Figure = { ...FIGURE, alt: "Another." };
    const bodies = [figureHtml(FIGURE), figureHtml(other), figureHtml(FIGURE)];
    const { window, asked } = await open("/lab/tree/notebooks/01.ipynb", bodies, `/files/notebooks/${PATH}`);
    expect(window.document.querySelectorAll("[data-hrd-figure] svg")).toHaveLength(3);
    expect(asked).toEqual([`/files/notebooks/${PATH}`]);
    expect(Reflect.get(window, "loads")).toBe(1);
    const heights = Array.from(window.document.querySelectorAll("[data-hrd-figure]")).map(
      (place) => JSON.parse(JSON.stringify(Reflect.get(place, "drawn"))).layout.height,
    );
    expect(heights).toEqual([0, 0, 0]);
  });

  test("says what the figure shows and what to do where plotly.js is not found", async () => {
    const { window } = await open("/lab/tree/notebooks/01.ipynb", [figureHtml(FIGURE)], null);
    const text = window.document.querySelector("[data-hrd-figure]")?.textContent ?? "";
    expect(text).toContain(FIGURE.alt);
    expect(text).toContain("npm run doctor");
  });
});

describe("the HTML", () => {
  test("has the alternative text for a screen reader", () => {
    const place = new JSDOM(figureHtml(FIGURE)).window.document.querySelector("[data-hrd-figure]");
    expect(place?.getAttribute("role")).toBe("img");
    expect(place?.getAttribute("aria-label")).toBe(FIGURE.alt);
  });

  test("nothing in the figure ends the script or a line of it", () => {
    const html = figureHtml(FIGURE);
    expect(html.match(/<\/script/g)).toHaveLength(1);
    expect(html).not.toContain("<!--");
    expect(html).not.toContain("\u2028");
  });

  test("is the same for the same figure, and fetches nothing from elsewhere", () => {
    expect(figureHtml(FIGURE)).toBe(figureHtml({ ...FIGURE }));
    expect(figureHtml(FIGURE)).not.toBe(figureHtml({ ...FIGURE, alt: "Another." }));
    expect(figureHtml(FIGURE)).not.toMatch(/https?:\/\/|\/\/cdn/);
  });
});
