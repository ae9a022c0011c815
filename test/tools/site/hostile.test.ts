import { JSDOM } from "jsdom";
import { describe, expect, test } from "vitest";
import { asideText, setAside, withAsides } from "../../../tools/site/aside";
import { notebookPage } from "../../../tools/site/notebook-page";
import type { Files } from "../../../tools/site/site";
import { codeCell, HOSTILE, hostileCells, hostileFigure, markdownCell, notebookFolder, PIXEL, ROOT } from "./support";

async function mainOf(cells: readonly unknown[]): Promise<{ main: Element; html: string }> {
  const { file } = notebookFolder(cells);
  const files: Files = new Map();
  const { page } = await notebookPage(file, {
    root: ROOT,
    library: new Map(),
    files,
    single: false,
  });
  return { main: page.main, html: page.main.outerHTML };
}

describe("hostile cells", () => {
  test("leave no script, style, form, frame, event attribute or strange address behind", async () => {
    const { html } = await mainOf([...hostileCells(), codeCell("1", { id: "f", outputs: [hostileFigure(PIXEL)] })]);
    const main = new JSDOM(withAsides(html)).window.document.body;
    const forbidden =
      "script:not([type='application/json']), style:not(.katex style), iframe, form, input, base, meta, object, embed, link, svg:not(.katex svg)";
    expect([...main.querySelectorAll(forbidden)].map((found) => found.outerHTML)).toEqual([]);
    for (const found of main.querySelectorAll("*")) {
      for (const { name, value } of found.attributes) {
        expect(name, found.outerHTML.slice(0, 200)).not.toMatch(/^on/);
        if (name === "href" || name === "src" || name === "srcset")
          expect(value).not.toMatch(/script:|^data:text|example\.org/i);
        if (name === "style" && found.closest(".katex") === null)
          expect(value).toMatch(/^--height:\d+px;--seen:\d+ \/ \d+$/);
      }
    }
    expect(main.querySelector("#main")).toBeNull();
  });

  test("show what they tried as text", async () => {
    const { main } = await mainOf(hostileCells());
    const page = new JSDOM(withAsides(main.outerHTML)).window.document;
    expect(page.querySelector("pre.code")?.textContent).toContain(`<script>${HOSTILE}</script>`);
    expect(main.querySelector("pre.error")?.textContent).toContain("<b>E</b>");
    expect(main.textContent).not.toContain("\u001b");
  });

  test("put nothing into the place of what the renderer sets aside", async () => {
    const wanted = `<!--aside:<script>${HOSTILE}</script>-->`;
    const html = { "text/html": wanted, "text/plain": "x" };
    const outputs = [
      { output_type: "display_data", metadata: {}, data: html },
      { output_type: "display_data", metadata: {}, data: { "text/markdown": wanted } },
      { output_type: "stream", name: "stdout", text: wanted },
      hostileFigure(PIXEL),
    ];
    const { html: page } = await mainOf([markdownCell(wanted), codeCell("1", { id: "a", outputs })]);
    const { document } = new JSDOM(withAsides(page)).window;
    expect(document.querySelectorAll("script:not([type='application/json'])")).toHaveLength(0);
    expect(document.querySelectorAll("figure.figure tbody tr").length).toBeGreaterThan(0);
    expect(document.querySelector("pre.stream")?.textContent).toContain(wanted);
  });

  test("an output of 5 MB is cut, and says so", async () => {
    const { main, html } = await mainOf(hostileCells());
    expect(html.length).toBeLessThan(300_000);
    const notes = [...main.querySelectorAll(".note")].map((note) => note.textContent);
    expect(notes.filter((note) => note?.includes("the output has 5.0 MB"))).toHaveLength(2);
  });

  test("a figure's JSON cannot end its element", async () => {
    const { html } = await mainOf([codeCell("1", { outputs: [hostileFigure(PIXEL)] })]);
    const [, json = ""] = /class="figure-json">(.*?)<\/script>/s.exec(html) ?? [];
    expect(JSON.parse(json).data[0].name).toContain("</script>");
  });
});

describe("what a page cannot show is an error that says where", () => {
  test("a figure without its picture", async () => {
    await expect(mainOf([codeCell("1", { id: "km", outputs: [hostileFigure("")] })])).rejects.toThrow(
      "90-made-up, cell km: the figure has no picture; run npm run notebooks",
    );
  });

  test("a link that leads nowhere", async () => {
    await expect(mainOf([markdownCell("[x](../lib/nothing.ts)")])).rejects.toThrow(
      "90-made-up, cell 1: a link in notebooks leads to ../lib/nothing.ts, which is not there",
    );
  });
});

test("what is set aside comes back as it was, and nothing is that would end the comment", () => {
  const row = "<tr><td>a -- b</td><td>$&amp;$1</td></tr>";
  expect(withAsides(`<tbody>${setAside(row)}</tbody>${setAside("")}`)).toBe(`<tbody>${row}</tbody>`);
  expect(asideText(`aside:${row}`)).toBe("a -- b $&$1  ");
  expect(asideText(row)).toBe("");
  expect(() => setAside("a --> b")).toThrow("ends a comment");
});
