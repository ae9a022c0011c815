/**
 * A number as prose has it, with some significant digits and no zeros behind them: from 0.0001 on written out, below as
 * a multiple of a power of ten. The same on every machine.
 *
 * @param digits how many are significant
 * @example significantText(0.0000108123) // "1.08 × 10⁻⁵"
 */
export function significantText(value: number, digits = 3): string {
  const [multiple = "", power = "0"] = value.toExponential(digits - 1).split("e");
  const text =
    value === 0 || Number(power) >= -4
      ? String(Number(value.toPrecision(digits)))
      : `${multiple} × 10${superscript(power)}`;
  return text.replace(/^-/, "−");
}

function superscript(power: string): string {
  return [...power].map((sign) => (sign === "-" ? "⁻" : ("⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(sign)] ?? ""))).join("");
}
