import { PNG } from "pngjs";
import { describe, expect, test } from "vitest";
import type { Figure } from "../../../lib/figures";
import { comparePng } from "../../../tools/picture/compare";
import { textAdvance } from "../../../tools/picture/font";
import { galleryFigures } from "../../../tools/picture/gallery";
import { figurePng, figureSvg } from "../../../tools/picture/picture";
import { every } from "../../e2e/support/every";

const FIGURES = galleryFigures();

function figure(name: string): Figure {
  const make = FIGURES[name];
  if (make === undefined) throw new Error(`no figure ${name} in the gallery`);
  return make();
}

/** Distinct colours of a picture, and how much of it is not white. */
function ink(png: Buffer): { colours: number; share: number; width: number; height: number } {
  const { data, width, height } = PNG.sync.read(png);
  const colours = new Set<number>();
  let dark = 0;
  for (let at = 0; at < data.length; at += 4) {
    const colour = data.readUInt32BE(at);
    colours.add(colour);
    if (colour !== 0xffffffff) dark++;
  }
  return { colours: colours.size, share: dark / (width * height), width, height };
}

/** Texts of an SVG with their horizontal place on the page, as far as translations give it. */
function texts(svg: string, pattern: RegExp): { text: string; x: number }[] {
  return Array.from(svg.matchAll(pattern), ([, x, text]) => ({ text: text ?? "", x: Number(x) }));
}

// The first figure of every third kind on every run, for all are drawn in one way; HRD_EVERY=1 draws each.
const kindOf = (name: string): string => name.split("-")[0] ?? name;
const KINDS = [...new Set(Object.keys(FIGURES).map(kindOf))].filter((_, at) => at % 3 === 0);
const DRAWN = Object.keys(FIGURES).filter(
  (name, at, all) =>
    every || (KINDS.includes(kindOf(name)) && all.findIndex((other) => kindOf(other) === kindOf(name)) === at),
);

describe("every figure of the gallery", () => {
  for (const name of DRAWN) {
    test(`${name} is drawn, in many colours, on white`, async () => {
      const png = await figurePng(figure(name));
      const { colours, share, width } = ink(png);
      expect(width).toBe(988);
      expect(colours).toBeGreaterThan(50);
      expect(share).toBeGreaterThan(0.02);
      expect(share).toBeLessThan(0.6);
      expect(png.length).toBeLessThan(300_000);
      const { data } = PNG.sync.read(png);
      expect(data.readUInt32BE(0)).toBe(0xffffffff);
    });
  }
});

describe("the same figure gives the same bytes", () => {
  test("again, and after other figures were drawn", async () => {
    const first = await figurePng(figure("survival-long-list"));
    await figurePng(figure("permutation"));
    const second = await figurePng(figure("survival-long-list"));
    expect(second.equals(first)).toBe(true);
  });

  test("as SVG too, where plotly.js would number its traces at random", async () => {
    for (const name of ["survival-long-list", "permutation"]) {
      const [first, second] = [await figureSvg(figure(name)), await figureSvg(figure(name))];
      expect(first === second).toBe(true);
    }
  });

  test("and leaves the figure as it was", async () => {
    const own = figure("intervals-codings");
    const before = JSON.stringify(own);
    await figureSvg(own);
    expect(JSON.stringify(own)).toBe(before);
  });
});

describe("in the picture of the survival curves", () => {
  test("the numbers at risk stand exactly under the ticks", async () => {
    for (const width of [360, 760, 1280]) {
      const svg = await figureSvg(figure("survival-long-list"), { width });
      const ticks = texts(svg, /<g class="xtick"><text[^>]*transform="translate\(([\d.]+),0\)"[^>]*>([^<]*)</g);
      const plot = Number(/<g class="xy2" transform="translate\(([\d.]+),/.exec(svg)?.[1] ?? Number.NaN);
      const numbers = texts(svg, /<g class="textpoint"[^>]*><text x="([\d.]+)"[^>]*>(\d+)</g);
      expect(ticks.map((tick) => tick.text)).toEqual(["0", "6", "12", "18", "24", "30", "36"]);
      expect(numbers).toHaveLength(14);
      for (const [index, number] of numbers.entries()) {
        expect(plot + number.x).toBeCloseTo(ticks[index % 7]?.x ?? Number.NaN, 1);
      }
    }
  });

  test("the mark for synthetic data is there", async () => {
    const svg = await figureSvg(figure("survival-long-list"));
    expect(svg.includes("PARTLY SYNTHETIC DATA")).toBe(true);
    expect(svg.includes("fill: rgb(240, 228, 66)")).toBe(true);
  });

  test("a name from data is text", async () => {
    const svg = await figureSvg(figure("survival-crowded"));
    expect(svg.includes("&#60;b&#62;bold&#60;/b&#62;")).toBe(true);
    expect(svg.includes("<b>")).toBe(false);
  });
});

describe("labels beside the rows of the swimmer plot", () => {
  test("lie inside the picture, from a telephone's width up", async () => {
    for (const width of [360, 760]) {
      const svg = await figureSvg(figure("custody-19"), { width });
      expect(svg.includes("Khadija Ismayilova")).toBe(true);
      const longest = textAdvance("María Lourdes Afiuni", { size: 11, bold: true });
      const edge = Number(/<text text-anchor="end" x="([\d.]+)"/.exec(svg)?.[1] ?? Number.NaN);
      expect(edge - longest).toBeGreaterThanOrEqual(0);
      const right = Number(/<g class="y2tick"><text text-anchor="start" x="([\d.]+)"/.exec(svg)?.[1] ?? Number.NaN);
      expect(right + textAdvance("◆ conditional release", { size: 11, bold: false })).toBeLessThanOrEqual(width);
    }
  });
});

describe("comparePng", () => {
  const solid = (width: number, value: number): Buffer => {
    const png = new PNG({ width, height: 2 });
    png.data.fill(255);
    png.data[0] = value;
    return PNG.sync.write(png);
  };

  test("equal pictures", () => {
    expect(comparePng(solid(3, 10), solid(3, 10))).toEqual({ equal: true, sameSize: true, maxDifference: 0 });
  });

  test("the largest difference of a channel of a pixel", () => {
    expect(comparePng(solid(3, 10), solid(3, 17))).toEqual({
      equal: false,
      sameSize: true,
      maxDifference: 7,
    });
  });

  test("pictures of another size are not compared", () => {
    expect(comparePng(solid(3, 10), solid(4, 10)).sameSize).toBe(false);
  });

  test("a changed number in a figure is seen", async () => {
    const before = figure("intervals-codings");
    const changed: Figure = JSON.parse(JSON.stringify(before).replaceAll("84.2%", "84.3%"));
    const difference = comparePng(await figurePng(before), await figurePng(changed));
    expect(difference.sameSize).toBe(true);
    expect(difference.maxDifference).toBeGreaterThan(100);
  });
});

test("text is as wide as DejaVu's glyphs are", () => {
  // Advances of the font in units of 2048 to the em: space 651, i 569, m 1995.
  expect(textAdvance(" im", { size: 2048, bold: false })).toBe(651 + 569 + 1995);
  expect(textAdvance("im", { size: 10, bold: true })).toBeGreaterThan(textAdvance("im", { size: 10, bold: false }));
});
