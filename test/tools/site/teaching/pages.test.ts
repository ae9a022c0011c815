import { JSDOM } from "jsdom";
import { describe, expect, test } from "vitest";
import type { SiteCell } from "../../../../tools/site/cells";
import { controlHtml } from "../../../../tools/site/teaching/control";
import { slidesOf } from "../../../../tools/site/teaching/deck";
import { exerciseBox } from "../../../../tools/site/teaching/exercise-box";
import { foldPredictions, predictionHtml } from "../../../../tools/site/teaching/prediction";

function cell(tags: readonly string[], metadata: Readonly<Record<string, unknown>> = {}): SiteCell {
  return { id: "one", kind: "code", tags, metadata, source: "", number: 1, code: null };
}

function elementOf(html: string): Element {
  const { document } = new JSDOM(`<main>${html}</main>`).window;
  const main = document.querySelector("main");
  if (main === null) throw new Error("no main");
  return main;
}

describe("a cell tagged predict", () => {
  const asked = cell(["predict"], { hrd: { predict: { choices: ["a < b", "neither"] } } });

  test("has its choices, escaped, and its outputs behind them", () => {
    const html = predictionHtml(asked) ?? "";
    expect(html).toContain("a &lt; b");
    const main = elementOf(`<section><div class="output">42</div>${html}</section>`);
    foldPredictions(main);
    expect(main.querySelector(".prediction-result .output")?.textContent).toBe("42");
    expect(main.querySelectorAll("section > .output").length).toBe(0);
  });

  test("without choices asks for a number, with its unit", () => {
    const html = predictionHtml(cell(["predict"], { hrd: { predict: { unit: "%" } } }));
    expect(html).toContain("Your guess (%)");
  });

  test("and nothing is put behind any other cell", () => {
    expect([predictionHtml(cell([])), exerciseBox(cell([])), controlHtml(cell([]))]).toEqual([null, null, null]);
  });
});

test("a field under an exercise is hidden until its script is there, and holds no solution", () => {
  const html = exerciseBox(cell(["exercise:00-b"])) ?? "";
  expect(html).toMatch(/^<form class="exercise" data-exercise="00-b" hidden>/);
  expect(html).toContain("<option>before</option><option>while</option>");
});

test("the control's data cannot end their element, and its parts have names", () => {
  const main = elementOf(controlHtml(cell(["control:follow-up"])) ?? "");
  expect(main.querySelectorAll("script").length).toBe(1);
  for (const field of main.querySelectorAll("input[type=range], select"))
    expect(main.querySelector(`label[for="${field.id}"]`)?.textContent).not.toBe("");
  expect(main.querySelector("output.said")?.getAttribute("aria-live")).toBe("polite");
});

describe("slides", () => {
  const deck = (...cells: [SiteCell["kind"], string[], string][]) =>
    slidesOf(
      cells.map(([kind, tags, html]) => ({
        cell: { kind, tags },
        section: elementOf(`<section>${html}</section>`).children[0] ?? elementOf(""),
      })),
    ).map(({ title, body, notes }) => ({
      title,
      body: body.map((part) => part.textContent),
      notes: notes.map((part) => part.textContent),
    }));

  test("begin with a heading that follows a result, which fills its slide", () => {
    const result = '<div class="output">42</div>';
    const slides = deck(
      ["markdown", ["slide"], "<h2>One</h2><p>asked</p>"],
      ["code", ["slide-more"], result],
      ["markdown", ["slide-more"], "<h3>Two</h3><p>shown</p>"],
    );
    expect(slides.map(({ body }) => body)).toEqual([
      ["One", "asked"],
      ["One", "42"],
      ["Two", "shown"],
    ]);
  });

  test("show heading, first paragraph and lists; what is said besides becomes notes", () => {
    const html = "<h2>One</h2><p>shown</p><p>said</p><p>leads:</p><ul><li>list</li></ul>";
    expect(deck(["markdown", ["slide"], html])).toEqual([
      { title: "One", body: ["One", "shown", "leads:", "list"], notes: ["said"] },
    ]);
  });

  test("begin at each heading; what stands before the first one belongs to the slide before", () => {
    const slides = deck(
      ["markdown", ["slide"], "<h2>One</h2>"],
      ["markdown", ["slide"], "<p>said to one</p><h2>Two</h2><h2>Three</h2>"],
    );
    expect(slides.map(({ title }) => title)).toEqual(["One", "Two", "Three"]);
    expect(slides[0]?.notes).toEqual(["said to one"]);
  });

  test("begin at a heading also where its cell goes on with a subject", () => {
    const slides = deck(
      ["markdown", ["slide"], "<h2>One</h2><p>shown</p>"],
      ["markdown", ["slide-more"], "<h3>Two</h3><p>asked</p>"],
      ["code", ["slide-more"], '<div class="output">42</div>'],
    );
    expect(slides.map(({ body }) => body)).toEqual([
      ["One", "shown"],
      ["Two", "asked"],
      ["Two", "42"],
    ]);
  });

  test("show a formula with the sentence that leads to it, and with what ends its sentence", () => {
    const formula = '<p></p><div class="formula">x,</div><p></p>';
    const html = `<h2>One</h2><p>shown</p><p>said</p><p>leads to</p>${formula}<p>where x is</p>${formula}<p>Said</p>`;
    expect(deck(["markdown", ["slide"], html])).toEqual([
      { title: "One", body: ["One", "shown", "leads to", "x,", "where x is", "x,"], notes: ["said", "Said"] },
    ]);
  });

  test("hold a table that is too long for one in parts, each row once, with the head over each and the notes below the last", () => {
    const rows = Array.from({ length: 40 }, (_, at) => `<tr><td>row ${at}.</td><td>${"word ".repeat(30)}</td></tr>`);
    const table = (body: string): string =>
      `<div class="output"><div class="table"><p class="caption">Long</p><div class="scroll"><table data-sortable=""><thead><tr><th>What</th><th>Why</th></tr></thead><tbody>${body}</tbody></table></div><div class="table-notes">note</div></div></div>`;
    const heading: Parameters<typeof deck>[0] = ["markdown", ["slide"], "<h2>One</h2><p>shown</p>"];
    const parts = deck(heading, ["code", ["slide-more"], table(rows.join(""))]).slice(1);
    const texts = parts.map(({ body }) => body[1] ?? "");
    expect(parts.length).toBeGreaterThan(2);
    expect(texts.map((text) => /^Long \(\d of \d\)WhatWhy/.test(text))).toEqual(texts.map(() => true));
    expect(texts.map((text) => text.includes("note"))).toEqual(texts.map((_, at) => at === texts.length - 1));
    expect(texts.flatMap((text) => [...text.matchAll(/row (\d+)\./g)].map(([, at]) => Number(at)))).toEqual(
      rows.map((_, at) => at),
    );
    expect(deck(heading, ["code", ["slide-more"], table(rows.slice(0, 9).join(""))])).toHaveLength(2);
  });

  test("never hold a heading alone where a result follows", () => {
    const result = '<div class="output">1</div>';
    const slides = deck(["markdown", ["slide"], "<h2>One</h2>"], ["code", ["slide-more"], result]);
    expect(slides.map(({ body }) => body)).toEqual([["One", "1"]]);
  });

  test("show each result by itself; the question of a prediction goes with its choices", () => {
    const slides = deck(
      ["markdown", ["slide"], "<h2>One</h2><p>text</p><blockquote>what?</blockquote>"],
      [
        "code",
        ["slide-more"],
        '<details class="code">x</details><div class="prediction">choices</div><div class="output">two</div>',
      ],
      ["code", [], '<div class="output">not shown</div>'],
    );
    expect(slides.map(({ body }) => body)).toEqual([
      ["One", "text"],
      ["One", "what?", "choices", "x"],
      ["One", "two"],
    ]);
  });
});
