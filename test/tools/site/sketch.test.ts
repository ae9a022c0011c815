import { expect, test } from "vitest";
import { sketch } from "../../../tools/site/sketch";

const SIZE = { width: 100, height: 50 };
const drawn = (data: readonly unknown[], layout: Record<string, unknown> = {}): string =>
  sketch({ data, layout }, SIZE) ?? "";

test("a sketch has a figure's lines where its axes put them, and none of its words", () => {
  const line = {
    type: "scatter",
    mode: "lines",
    name: "Liu Xia",
    x: [0, 10],
    y: [0, 1],
    line: { color: "#0072B2", dash: "dash" },
  };
  const svg = drawn([line, { type: "scatter", mode: "text", x: [0], y: [0], text: ["words"] }], {
    title: { text: "words" },
    xaxis: { range: [0, 20] },
    yaxis: { range: [0, 1] },
  });
  expect(svg).toContain('d="M0 50L50 0"');
  expect(svg).toContain('stroke-dasharray="7 4"');
  expect(svg).not.toMatch(/words|Liu Xia|<text/);
});

test("steps are steps, gaps are gaps, a reversed axis is reversed, dates and words have their places", () => {
  const steps = { type: "scatter", mode: "lines", line: { shape: "hv" }, x: [0, 5, 10], y: [1, 0.5, 0] };
  expect(drawn([steps], { yaxis: { range: [1, 0] } })).toContain('d="M0 50H50V25H100V0"');
  const gap = { type: "scatter", mode: "lines", x: [0, 10, null, 0, 10], y: [0, 0, null, 1, 1] };
  expect(drawn([gap])).toContain('d="M0 50L100 50M0 0L100 0"');
  const dates = { type: "scatter", mode: "markers", x: ["2015-01-01", "2015-01-03"], y: ["a", "b"] };
  expect(drawn([dates], { xaxis: { type: "date" } })).toMatch(/cx="0" cy="50"[\s\S]*cx="100" cy="0"/);
});

test("bars, intervals and the ticks of the censored are there; what cannot be drawn so is null", () => {
  expect(drawn([{ type: "bar", orientation: "h", x: [2, 4], y: [0, 1] }])).toMatch(/<rect x="0"[^>]* width="50"/);
  const forest = { type: "scatter", mode: "markers", x: [1], y: [0], error_x: { array: [1], arrayminus: [0.5] } };
  expect(drawn([forest], { xaxis: { range: [0, 2] } })).toContain('<line x1="25" x2="100"');
  const censored = { type: "scatter", mode: "markers", marker: { symbol: "line-ns-open" }, x: [0, 1], y: [0, 1] };
  expect(drawn([censored])).toMatch(/v10"/);
  expect(sketch({ data: [{ type: "sankey" }], layout: {} }, SIZE)).toBeNull();
});

test("colours of data cannot end their attribute", () => {
  const svg = drawn([{ type: "scatter", mode: "lines", x: [0, 1], y: [0, 1], line: { color: '"><script>' } }]);
  expect(svg).not.toContain("<script>");
});

test("each colour brings the one of dark pages, as the live figure has it", () => {
  const line = { type: "scatter", mode: "lines", x: [0, 1], y: [0, 1], line: { color: "#F0E442" } };
  // Yellow reads on dark paper as it is; black would not.
  expect(drawn([line])).toContain('stroke="#F0E442" style="--dark:#f0e442"');
  expect(drawn([{ ...line, line: { color: "#000000" } }])).toMatch(/stroke="#000000" style="--dark:#[ef][0-9a-f]/);
});
