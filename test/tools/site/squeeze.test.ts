import { expect, test } from "vitest";
import { leastHeight, squeezed, squeezedLayout } from "../../../tools/site/client/squeeze";

const margin = { t: 40, b: 34 };
const rows = (label: string) => ({ tickvals: Array(24).fill(0), ticktext: Array(24).fill(label) });

test("a figure on a slide is pressed by a quarter, but not so that the second line of a row's label runs into the next row", () => {
  const own = 24 * 36 + 74;
  const plain = leastHeight(own, { margin, yaxis: rows("Wang Yu") });
  expect(plain).toBe(own * 0.76);
  const twice = leastHeight(own, { margin, yaxis: rows("S-212<br>appeal"), yaxis2: rows("released<br>at 3.5") });
  expect((twice - 74) / 24).toBe(30);
  expect(squeezed(own, 400, twice)).toBe(twice);
  expect(squeezed(own, 400, plain)).toBe(Math.round(plain));
  expect(squeezed(300, 400)).toBe(300);
  expect(leastHeight(300, { margin, yaxis: rows("S-212<br>appeal") })).toBe(300);
});

test("what is in small print below the label of a row gives way before a figure is higher than its slide", () => {
  const small = (text: string): string => `<br><span style="font-size:10px;color:#555555">${text}</span>`;
  const layout = {
    height: 938,
    margin,
    yaxis: rows(`<b>S-212</b>${small("appeal")}`),
    yaxis2: rows(`released${small("at 3.5")}`),
  };
  const labels = (room: number): unknown[] => {
    const { yaxis, yaxis2 } = squeezedLayout(layout, room);
    return [yaxis, yaxis2].map((axis) => Reflect.get(Object(axis), "ticktext")[0]);
  };
  expect(leastHeight(938, layout)).toBe(74 + 24 * 14);
  expect(labels(800)).toEqual([layout.yaxis.ticktext[0], layout.yaxis2.ticktext[0]]);
  expect(labels(500)).toEqual(["<b>S-212</b>", "released"]);
  expect(squeezedLayout(layout, 500).height).toBe(500);
});

test("a long plot of rows is pressed until its rows are as high as a letter, whatever headings stand between them", () => {
  const tickvals = Array.from({ length: 24 }, (_, at) => 19 * at + 46 * Math.floor(at / 2));
  const yaxis = { tickvals, ticktext: tickvals.map(() => "(1)"), range: [1045, 0] };
  expect(leastHeight(1119, { margin, yaxis })).toBeCloseTo(74 + (1045 / 19) * 10.6, 9);
  // A plain scale of a few labels is not a list of rows.
  expect(leastHeight(500, { margin, yaxis: { tickvals: [0, 1, 2], ticktext: ["0", "1", "2"], range: [0, 2] } })).toBe(
    380,
  );
});

test("rows of one line below a plot give up what the plot cannot, and stay as high as a letter", () => {
  const layout = {
    height: 700,
    margin: { t: 60, b: 40 },
    yaxis: { domain: [0.6, 1] },
    yaxis2: { domain: [0, 0.55], ...rows("long list") },
  };
  const least = leastHeight(700, layout);
  expect(least).toBeCloseTo(100 + 0.4 * 240 + 30 + 24 * 11.5, 9);
  const { height, yaxis, yaxis2 } = squeezedLayout(layout, 300);
  expect(height).toBe(Math.round(least));
  const pixels = (axis: unknown): number => {
    const [from, to] = [Reflect.get(Object(axis), "domain")].flat();
    return (Number(height) - 100) * (Number(to) - Number(from));
  };
  expect(pixels(yaxis)).toBeCloseTo(0.4 * 240, 9);
  expect(pixels(yaxis2) / 24).toBeCloseTo(11.5, 1);
});

test("labels on the right stand in one line where they would run into the next row, if those on the left have one", () => {
  const layout = { height: 600, margin, yaxis: rows("China"), yaxis2: rows("0.65<br>0.10 to 1.20") };
  const labels = (room: number): unknown => Reflect.get(Object(squeezedLayout(layout, room).yaxis2), "ticktext");
  expect(labels(580)).toEqual(Array(24).fill("0.65 0.10 to 1.20"));
  expect(squeezedLayout({ ...layout, height: 900 }, 800).yaxis2).toEqual(layout.yaxis2);
  expect(squeezedLayout(layout, 450).height).toBe(450);
});
