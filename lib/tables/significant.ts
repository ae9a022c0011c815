import { checkAllFinite, checkWhole } from "../statistics/inner";

/**
 * A number as prose has it, with some significant digits and no zeros behind them: from 0.0001 on written out, below as
 * a multiple of a power of ten, which no line is broken in. The same on every machine.
 *
 * @param digits how many are significant, 1 to 15
 * @throws {InvalidInputError} where the value is not finite, or the digits are none that a double has
 * @example significantText(0.0000108123) // "1.08 × 10⁻⁵"
 */
export function significantText(value: number, digits = 3): string {
  checkAllFinite("significantText", "value", [value]);
  checkWhole("significantText", "digits", digits, 1, 15);
  const [multiple = "", power = "0"] = value.toExponential(digits - 1).split("e");
  const text =
    value === 0 || Number(power) >= -4
      ? String(Number(value.toPrecision(digits)))
      : `${multiple}\u00a0×\u00a010${superscript(power)}`;
  return text.replace(/^-/, "−");
}

function superscript(power: string): string {
  return [...power].map((sign) => (sign === "-" ? "⁻" : ("⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(sign)] ?? ""))).join("");
}
