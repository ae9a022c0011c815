import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import MiniSearch from "minisearch";
import { describe, expect, inject, test } from "vitest";
import { loadLongList, releaseOutcomes } from "../../lib";
import { headlines } from "../../lib/paper";
import { readNotebook } from "../../tools/notebooks/notebook";
import { firstSentence } from "../../tools/site/answers";
import { siteCells } from "../../tools/site/cells";
import { entriesOf, libraryParts } from "../../tools/site/library";
import { FOR_JUPYTER } from "../../tools/site/media";
import { notebookPage } from "../../tools/site/notebook-page";
import { renderSite } from "../../tools/site/render";
import { findPlaces } from "../../tools/site/search-find";
import { folded, SEARCH_OPTIONS, type SearchPlace } from "../../tools/site/search-options";
import { documentOf } from "../../tools/site/shell";
import type { Files } from "../../tools/site/site";
import { MOST_BYTES, pageWeights } from "../../tools/site/weight";
import { ROOT } from "../tools/site/support";
import { every } from "./support/every";

/** What was rendered for all tests of pages. */
const files: Files = filesIn(inject("site"));

function filesIn(folder: string): Files {
  const names = readdirSync(folder, { recursive: true }).map(String).sort();
  return new Map(
    names
      .filter((name) => statSync(path.join(folder, name)).isFile())
      .map((name) => [name.replaceAll("\\", "/"), readFileSync(path.join(folder, name))]),
  );
}

/** What a reader opens: not the frame that cells run in. */
const pages = (): [string, string][] =>
  [...files]
    .filter(([name]) => name.endsWith(".html") && name !== RUNNER)
    .map(([name, content]) => [name, String(content)]);
const RUNNER = "assets/live/runner.html";

/** A text whose spaces all may break. */
const plain = (text: string): string => text.replaceAll("\u00a0", " ");

let index: MiniSearch<SearchPlace> | null = null;
/** The index as a page loads it. */
function searched(): MiniSearch<SearchPlace> {
  const script = String(files.get("assets/search-index.js"));
  const json = script.slice(script.indexOf("=") + 1, script.lastIndexOf(";"));
  index ??= MiniSearch.loadJSON<SearchPlace>(json, SEARCH_OPTIONS);
  return index;
}

describe("the site of the committed notebooks", () => {
  // One notebook stands for the site on every run; HRD_EVERY=1 renders all of it again.
  test.runIf(every)(
    "twice gives the same bytes",
    async () => {
      const again = await renderSite({ root: ROOT });
      // The mark of a folder that may be written again is put there by whoever writes it.
      const written = [...files.keys()].filter((name) => name !== ".hrd-site");
      expect([...again.keys()].sort()).toEqual(written.sort());
      const different = [...again].filter(
        ([name, content]) => !Buffer.from(content).equals(Buffer.from(files.get(name) ?? "")),
      );
      expect(different.map(([name]) => name)).toEqual([]);
    },
    120_000,
  );

  test("a notebook twice gives the same page, and the same pictures as those of the site", async () => {
    const library = new Map(entriesOf(libraryParts(ROOT)).map((entry) => [entry.name, entry]));
    const rendered = async (): Promise<{ html: string; own: Files }> => {
      const own: Files = new Map();
      const { page } = await notebookPage(`${ROOT}/notebooks/03-cox-models.ipynb`, {
        root: ROOT,
        library,
        files: own,
        single: false,
      });
      return { html: page.main.outerHTML, own };
    };
    const [first, second] = [await rendered(), await rendered()];
    expect(second.html === first.html).toBe(true);
    expect([...second.own.keys()]).toEqual([...first.own.keys()]);
    expect(first.own.size).toBeGreaterThan(1);
    const different = [...first.own, ...second.own].filter(
      ([name, content]) => !Buffer.from(content).equals(Buffer.from(files.get(name) ?? "")),
    );
    expect(different.map(([name]) => name)).toEqual([]);
  });

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
      const loaded = [...html.matchAll(/<(?:script|img|link|source|iframe)\b[^>]*?\s(?:src|href|srcset)="([^"]*)"/g)];
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

  test("the frame that cells run in may make code of text, and reach nothing", () => {
    const html = String(files.get(RUNNER));
    const [, policy = ""] = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html) ?? [];
    const rules = policy.replaceAll("&#39;", "'").split("; ");
    expect(rules).toContain("default-src 'none'");
    expect(rules).toContain("connect-src 'none'");
    expect(rules.find((rule) => rule.startsWith("script-src"))).toMatch(/^script-src 'sha256-[^ ]+' 'unsafe-eval'$/);
    expect(html).not.toMatch(/\ssrc=|\shref=/);
  });

  test("no page weighs more than it may", () => {
    for (const { path, bytes } of pageWeights(files)) expect(bytes, path).toBeLessThanOrEqual(MOST_BYTES);
  });

  test("each notebook has its page, its figures with pictures, and its claims", () => {
    for (const name of ["00-campaign", "01-long-list"]) {
      const html = String(files.get(`${name}.html`));
      const figures = [...html.matchAll(/<figure class="figure"[\s\S]*?<\/figure>/g)].map(([figure]) => figure);
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
      /id="kaplanMeier"[\s\S]*?href="\.\.\/source\/lib\/survival\/kaplan-meier\.ts\.html#L(\d+)"/.exec(docs) ?? [];
    const source = String(files.get("source/lib/survival/kaplan-meier.ts.html"));
    const declaration = source.split("\n").find((text) => text.includes(`id="L${line}"`)) ?? "";
    expect(declaration.replace(/<[^>]*>/g, "")).toContain("export function kaplanMeier(");
  });

  test("the index begins with the question, the answer, Figure 1 and what is real; then come the notebooks, then the six lines", () => {
    const index = String(files.get("index.html"));
    const between = (from: string, to: string): string => index.slice(index.indexOf(from), index.indexOf(to));
    const words = (html: string): string => plain(decode(html.replace(/<svg[\s\S]*?<\/svg>|<[^>]*>/g, "")));
    const first = between('<div class="first-screen">', '<h2 id="the-notebooks"');
    const counted = headlines()[0]?.found ?? "";
    expect(first).toMatch(
      /<h1 [^<]+faster\?<\/h1>[\s\S]*<p class="answer">[\s\S]*<figure class="front-figure"><svg[\s\S]*Real[\s\S]*Synthetic/,
    );
    expect(words(first)).toContain(firstSentence(counted));
    const answer = words(/<p class="answer">[\s\S]*?<\/p>/.exec(first)?.[0] ?? "");
    expect(answer.match(/[.?](?= |$)/g)).toHaveLength(2);
    // One screen, read in half a minute.
    expect(words(first).split(/\s+/).length).toBeLessThan(120);
    const six = words(between('<h2 id="what-was-found-in-six-lines"', '<h2 id="the-claims-of-the-paper"'));
    for (const { found, restsOn } of headlines()) expect(six).toContain(`${plain(found)} Rests on: ${restsOn}.`);
  });

  test("Figure 1 on the index is drawn from the women's own times", () => {
    const figure = /<figure class="front-figure">[\s\S]*?<\/figure>/.exec(String(files.get("index.html")))?.[0] ?? "";
    const women = releaseOutcomes(loadLongList(), { clock: "launch" });
    for (const { label, kind } of [
      { label: "short list", kind: "real" },
      { label: "long list", kind: "made-up" },
    ]) {
      const group = women.group.flatMap((name, at) => (name === label ? [women.event[at]] : []));
      const said = `${group.filter(Boolean).length} of ${group.length} released`;
      const [part = ""] = new RegExp(`<g class="${kind}">[\\s\\S]*?</g>`).exec(figure) ?? [];
      expect(part).toContain(said);
      const times = new Set(women.time.filter((_, at) => women.group[at] === label));
      // One step for each time at which somebody is released or followed no longer.
      expect(/class="curve" d="([^"]+)"/.exec(part)?.[1]?.match(/H/g)).toHaveLength(times.size);
    }
  });

  test("a card says what its notebook asks, what it found, and how long it takes", () => {
    const index = String(files.get("index.html"));
    const cards = [...index.matchAll(/<li class="card">[\s\S]*?<\/li>/g)].map(([html]) => html);
    expect(cards.length).toBe(readdirSync(`${ROOT}/notebooks`).filter((name) => /^\d\d-.*\.ipynb$/.test(name)).length);
    for (const html of cards) {
      const title = /class="title">([^<]+)</.exec(html)?.[1] ?? "";
      expect(html, title).toMatch(/<p class="question">[\s\S]{30,}?<\/p>/);
      // Missing where the page no longer says the words that the answer sums up (answers.ts).
      expect(html, `${title} has an answer`).toMatch(/<p class="found">[\s\S]{20,}?[.]<\/p>/);
      expect(html, title).toMatch(/<p class="facts">\d+ minutes(?: |&nbsp;)· /);
    }
    // The ledger's answer is its counts.
    const ledger: { claims: unknown[] } = JSON.parse(String(files.get("files/data/claims.json")));
    expect(index).toContain(`${ledger.claims.length} claims: `);
  });

  test("the index counts the claims by verdict, links to the ledger, and says what is quoted", () => {
    const index = String(files.get("index.html"));
    const ledger: { claims: { verdict: string }[] } = JSON.parse(String(files.get("files/data/claims.json")));
    const counts = [...index.matchAll(/class="verdict [^"]*">.*?<\/td><td[^>]*>(\d+)</g)].map((match) =>
      Number(match[1]),
    );
    expect(counts).toHaveLength(new Set(ledger.claims.map(({ verdict }) => verdict)).size);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(ledger.claims.length);
    expect(index).toContain('href="13-ledger.html"');
    expect(index).toContain("Please do not circulate or cite without permission of the authors.");
  });
});

test("what is written for Jupyter is on no page, and every rule finds something to replace", () => {
  const notebooks = readdirSync(`${ROOT}/notebooks`).filter((name) => /^\d\d-.*\.ipynb$/.test(name));
  const written = notebooks.flatMap((name) => siteCells(readNotebook(`${ROOT}/notebooks/${name}`)));
  for (const { said } of FOR_JUPYTER)
    expect(
      written.some(({ kind, source }) => kind === "markdown" && said.test(source)),
      String(said),
    ).toBe(true);
  for (const name of notebooks) {
    const html = String(files.get(name.replace(/ipynb$/, "html")));
    const text = html.replace(/<script[\s\S]*?<\/script>|<pre[\s\S]*?<\/pre>|<[^>]*>/g, "");
    const left = text.match(/.*(?:rendered page|run the cell|Not answered yet|Shift\+Enter|Before you run anything).*/);
    expect(left?.[0], name).toBeUndefined();
    expect(html, name).not.toMatch(/<strong>(?:Before|Next):<\/strong>/);
  }
});

test("each notebook says under its title what it asks, how long it takes, on which data, how to cite it", () => {
  for (const [name, html] of pages().filter(([page]) => /^\d\d-/.test(page))) {
    const [block = ""] = /<div class="title-block">[\s\S]*?<\/div>/.exec(html) ?? [];
    expect(block, name).toMatch(/<p class="question">.{30,}<\/p>/);
    expect(block, name).toMatch(/\d+ minutes to read(?: |&nbsp;)· [^·]+, files of \d+ \w+ \d{4}/);
    expect(block, name).toMatch(
      /Contributors to the human-rights-diplomacy project \(\d{4}\)\. \d\d(?: |&nbsp;)· .+, version /,
    );
  }
  // Where a notebook has figures, one stands under its title, and it leads to its cell.
  for (const [name, html] of pages().filter(([page]) => /^\d\d-/.test(page))) {
    const has = html.includes('<figure class="figure"');
    const [, figure = ""] = /<figure class="lead-figure[^"]*">[\s\S]*?<a href="#([^"]+)"/.exec(html) ?? [];
    expect(figure !== "", name).toBe(has);
    if (has) expect(html, name).toContain(`<figure class="figure" id="${figure}"`);
  }
  // Where the library computes a line on what was found, the notebook that shows it has the line.
  const oneLine = (text: string) => text.replace(/&nbsp;|\s+/g, " ");
  const first = oneLine(String(files.get("index.html")).replace(/<[^>]*>/g, ""));
  for (const name of ["00-campaign", "01-long-list", "03-cox-models", "05-clocks-and-codings"]) {
    const [, found = ""] = /What was found<\/summary><p>([^<]+?) <span/.exec(String(files.get(`${name}.html`))) ?? [];
    expect(found.length, name).toBeGreaterThan(60);
    expect(first.includes(oneLine(found)), name).toBe(true);
  }
});

test("a page that is shared has a sentence and a picture, by its whole address where the site has one", async () => {
  for (const [name, html] of pages().filter(([page]) => !page.startsWith("slides-"))) {
    const of = (property: string): string =>
      new RegExp(`<meta property="og:${property}" content="([^"]+)">`).exec(html)?.[1] ?? "";
    expect(of("description").length, name).toBeGreaterThan(10);
    if (name.startsWith("source/")) continue;
    expect(files.get(of("image").replace(/^(?:\.\.\/)+/, "")), name).toBeInstanceOf(Buffer);
  }
  const options = { navigation: [], styles: [], scripts: [], address: "https://example.org/x/" };
  const picture = { path: "pictures/a.png", alt: "A", width: "760", height: "500" };
  const page = {
    path: "a/b.html",
    title: "T",
    description: "D",
    headings: [],
    notebook: null,
    previous: null,
    next: null,
  };
  const html = documentOf(page, "<main></main>", { ...options, picture });
  expect(html).toContain('<meta property="og:image" content="https://example.org/x/pictures/a.png">');
  expect(html).toContain('<meta property="og:url" content="https://example.org/x/a/b.html">');
});

describe("search", () => {
  test.each([
    ["p value", /glossary\.html#p-value/],
    ["what is a p value?", /glossary\.html#p-value/],
    ["Liu Xia", /00-campaign\.html|data\.html#what-counts-as-released/],
    ["María Afiuni", /00-campaign\.html|data\.html#what-counts-as-released/],
    ["maria afiuni", /00-campaign\.html|data\.html#what-counts-as-released/],
    ["R code", /^library\.html$/],
    ["download data", /data\.html#the-files/],
    ["codebook", /data\.html#codebook/],
    ["corrections", /data\.html#naming-people/],
    ["how to cite", /data\.html#licence/],
    ["censoring", /01-long-list\.html#censoring/],
    ["hazard ratio", /glossary\.html#hazard-ratio/],
    ["immortal time", /05-clocks-and-codings\.html#immortal-time/],
    ["propensity score", /glossary\.html#propensity-score/],
    ["risk set", /glossary\.html#at-risk/],
    ["how sure", /00-campaign\.html#how-sure/],
    ["Savchenko", /14-more-models\.html#what-counts-as-release|00-campaign\.html/],
    ["savchenkoo", /14-more-models\.html#what-counts-as-release|00-campaign\.html/],
    ["kaplan meier", /01-long-list\.html#kaplan-meier/],
    ["kaplanmeier", /library\/survival\.html#kaplanMeier$/],
    ["survdiff", /library\/survival\.html#logRank$/],
    ["newey west", /library\/time-series\.html#neweyWest$/],
    ["figure 1", /01-long-list\.html#figure-1/],
    ["table 1", /03-cox-models\.html#table-1/],
    ["footnote 4", /01-long-list\.html#footnote-4/],
    ["claim 19", /02-ua-control-group\.html#/],
    ["log-rank test", /glossary\.html#log-rank-test/],
    ["what is synthetic", /glossary\.html#synthetic-data/],
    ["my own data", /08-your-own-campaign\.html/],
    ["missing data", /11-more-diagnostics\.html#/],
    ["exercises", /^\d\d-[^#]*#exercises/],
    ["multiverse", /05-clocks-and-codings\.html#the-multiverse/],
    ["referee report", /13-ledger\.html#/],
    ["google trends", /06-attention\.html#five-files|library\/attention\.html/],
  ])("%s is answered in the first two places", (query, right) => {
    const { first } = findPlaces(searched(), query);
    expect(first.slice(0, 2).map(({ href }) => href)).toContainEqual(expect.stringMatching(right));
  });

  test("an excerpt shows the word that was asked for, marked, and no formula's source and no button's words", () => {
    for (const query of ["Liu Xia", "Savchenko", "hazard", "likelihood", "partial likelihood", "sources"]) {
      const { first } = findPlaces(searched(), query);
      expect(first.length, query).toBeGreaterThan(2);
      for (const { title, excerpt } of first) {
        const text = excerpt.map((piece) => piece.text).join("");
        const hits = [...title, ...excerpt].filter(({ hit }) => hit).map((piece) => folded(piece.text));
        const wanted = folded(query).split(" ");
        if (title.every(({ hit }) => !hit)) expect(hits, text).toEqual(expect.arrayContaining(wanted));
        expect(text.length).toBeLessThan(230);
        expect(text).not.toMatch(/\\[a-z]|\bCode · \d|Not answered yet|Show the result/);
      }
    }
  });

  test("nothing is found for nothing", () => {
    expect(findPlaces(searched(), " ?! ")).toEqual({ count: 0, first: [] });
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
