import { expect, test } from "vitest";
import { pText, significantText } from "../../lib/tables";
import { fc } from "../support/property";

test.each([
  [0.0123456, "0.0123"],
  [0.1, "0.1"],
  [0.00039321, "0.000393"],
  [0.00009996, "0.0001"],
  [0.0000108123, "1.08 × 10⁻⁵"],
  [4.4e-23, "4.40 × 10⁻²³"],
  [-0.00000034, "−3.40 × 10⁻⁷"],
  [0, "0"],
])("%s is %s", (value, text) => {
  expect(significantText(value).replaceAll("\u00a0", " ")).toBe(text);
});

test("what is printed is the number, within half of its last digit", () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-300, max: 0.99, noNaN: true }), fc.integer({ min: 1, max: 6 }), (value, digits) => {
      const [, multiple = "", power = "0"] =
        /^([\d.]+)(?:\u00a0×\u00a010(\S+))?$/.exec(significantText(value, digits)) ?? [];
      const exponent = [...power].map((sign) => (sign === "⁻" ? "-" : "⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(sign))).join("");
      const read = Number(power === "0" ? multiple : `${multiple}e${exponent}`);
      expect(Math.abs(read / value - 1)).toBeLessThanOrEqual(0.5000001 * 10 ** (1 - digits));
    }),
  );
});

test("a p value below what doubles tell apart is below it", () => {
  expect(pText(9.5e-33)).toBe("p < 2.2\u00a0×\u00a010⁻¹⁶");
  expect(pText(0.0123)).toBe("p = 0.0123");
  expect(pText(null)).toBe("no p value");
});
