import { beforeAll, describe, expect, test } from "vitest";
import { headlines } from "../../../lib/paper";
import { renderSite } from "../../../tools/site/render";
import type { Files } from "../../../tools/site/site";
import { MOST_BYTES, pageWeights } from "../../../tools/site/weight";
import { ROOT } from "./support";

describe("the site of the committed notebooks", () => {
  let files: Files;
  beforeAll(async () => {
    files = await renderSite({ root: ROOT });
  }, 120_000);

  const pages = (): [string, string][] =>
    [...files].filter(([name]) => name.endsWith(".html")).map(([name, content]) => [name, String(content)]);

  test("twice gives the same bytes", async () => {
    const again = await renderSite({ root: ROOT });
    expect([...again.keys()].sort()).toEqual([...files.keys()].sort());
    const different = [...again].filter(
      ([name, content]) => !Buffer.from(content).equals(Buffer.from(files.get(name) ?? "")),
    );
    expect(different.map(([name]) => name)).toEqual([]);
  }, 120_000);

  test("all links lead somewhere, and so do their anchors", () => {
    const names = new Map<string, Set<string>>();
    for (const [page, html] of pages())
      names.set(page, new Set([...html.matchAll(/\sid="([^"]+)"/g)].map(([, id = ""]) => decode(id))));
    const broken: string[] = [];
    for (const [page, html] of pages()) {
      for (const [, , raw = ""] of html.matchAll(/\s(href|src|srcset)="([^"]*)"/g)) {
        const target = decode(raw);
        if (/^(?:https?:|mailto:|data:)/.test(target)) continue;
        const [file = "", anchor = ""] = target.split("#");
        const address = file === "" ? page : new URL(file, `http://x/${page}`).pathname.slice(1);
        if (!files.has(decodeURIComponent(address))) broken.push(`${page}: ${target}`);
        else if (anchor !== "" && names.get(address)?.has(decodeURIComponent(anchor)) !== true)
          broken.push(`${page}: ${target} (no such place)`);
      }
    }
    expect([...new Set(broken)]).toEqual([]);
  });

  test("no name stands twice in a page", () => {
    const twice = pages().flatMap(([page, html]) => {
      const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
      return ids.filter((id, at) => ids.indexOf(id) < at).map((id) => `${page}#${id}`);
    });
    expect(twice).toEqual([]);
  });

  test("nothing comes from the network, and nothing in a page runs that the policy does not name", () => {
    for (const [page, html] of pages()) {
      const loaded = [
        ...html.matchAll(/<(?:script|img|link|source|iframe)\b[^>]*?\s(?:src|href|srcset)="([^"]*)"/g),
      ];
      for (const [, source = ""] of loaded) expect(`${page} ${source}`).not.toMatch(/ (?:https?:)?\/\//);
      expect(html, page).toMatch(
        /http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; script-src &#39;self&#39;;/,
      );
      expect(html, page).not.toContain("unsafe-eval");
      for (const [tag] of html.matchAll(/<script\b[^>]*>/g))
        expect(`${page} ${tag}`).toMatch(/ src="| type="application\/json"/);
      expect(html, page).not.toMatch(/<[a-z][^>]*\son[a-z]+="/);
    }
  });

  test("no page weighs more than it may", () => {
    for (const { path, bytes } of pageWeights(files)) expect(bytes, path).toBeLessThanOrEqual(MOST_BYTES);
  });

  test("each notebook has its page, its figures with pictures, and its claims", () => {
    for (const name of ["00-campaign", "01-long-list"]) {
      const html = String(files.get(`${name}.html`));
      const figures = [...html.matchAll(/<figure class="figure"[\s\S]*?<\/figure>/g)].map(
        ([figure]) => figure,
      );
      expect(figures.length).toBeGreaterThan(1);
      for (const figure of figures) {
        const [, light = "", alt = ""] = /<img src="([^"]+)" alt="([^"]{40,})"/.exec(figure) ?? [];
        expect(files.get(light)).toBeInstanceOf(Buffer);
        expect(alt).not.toBe("");
        expect(figure).toContain("Data as a table");
      }
      expect(html).toContain('class="claim');
    }
  });

  test("a name of the library leads to its documentation, and from there to its source", () => {
    const notebook = String(files.get("01-long-list.html"));
    expect(notebook).toMatch(
      /<a class="lib f" href="library\/survival.html#kaplanMeier" title="[^"]+">kaplanMeier<\/a>/,
    );
    const docs = String(files.get("library/survival.html"));
    const [, line = ""] =
      /id="kaplanMeier"[\s\S]*?href="\.\.\/source\/lib\/survival\/kaplan-meier\.ts\.html#L(\d+)"/.exec(
        docs,
      ) ?? [];
    const source = String(files.get("source/lib/survival/kaplan-meier.ts.html"));
    const declaration = source.split("\n").find((text) => text.includes(`id="L${line}"`)) ?? "";
    expect(declaration.replace(/<[^>]*>/g, "")).toContain("export function kaplanMeier(");
  });

  test("who opens only the index reads the question, what is real, the six lines and Figure 1 before anything else", () => {
    const index = String(files.get("index.html"));
    const front = index.slice(index.indexOf("<main"), index.indexOf('<h2 id="the-notebooks"'));
    const text = decode(front.replace(/<[^>]*>/g, ""));
    for (const { found, restsOn } of headlines()) expect(text).toContain(`${found} Rests on: ${restsOn}.`);
    expect(front).toMatch(
      /faster\?[\s\S]*Made up[\s\S]*<ol class="six-lines">[\s\S]*<figure class="front-figure"><picture/,
    );
    // All of it in two minutes, at 225 words a minute; what is real comes in the first.
    expect(text.split(/\s+/).length).toBeLessThan(450);
  });

  test("the index counts the claims by verdict, links to the ledger, and says what is quoted", () => {
    const index = String(files.get("index.html"));
    const ledger: { claims: { verdict: string }[] } = JSON.parse(String(files.get("files/data/claims.json")));
    const counts = [...index.matchAll(/class="verdict [^"]*">.*?<\/td><td[^>]*>(\d+)</g)].map((match) =>
      Number(match[1]),
    );
    expect(counts).toHaveLength(new Set(ledger.claims.map(({ verdict }) => verdict)).size);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(ledger.claims.length);
    expect(index).toContain('href="09-ledger.html"');
    expect(index).toContain("Please do not circulate or cite without permission of the authors.");
  });
});

function decode(text: string): string {
  return text
    .replaceAll("&amp;", "&")
    .replaceAll("&#39;", "'")
    .replaceAll("&quot;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&nbsp;", "\u00a0");
}
