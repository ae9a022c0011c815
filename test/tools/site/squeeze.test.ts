import { expect, test } from "vitest";
import { leastHeight, squeezed } from "../../../tools/site/client/squeeze";

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
