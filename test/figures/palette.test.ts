import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as theme from "../../lib/figures/theme";

/** Relative luminance of a colour (WCAG 2.2). */
function luminance(color: string): number {
  const channel = (at: number): number => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

const contrast = (a: string, b: string): number => {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
};

describe("the palette", () => {
  test("is the only place that names a colour", () => {
    const files = readdirSync("lib/figures").filter((name) => name.endsWith(".ts") && name !== "theme.ts");
    const literal = /#[0-9A-Fa-f]{6}\b|#[0-9A-Fa-f]{3}\b|\brgba?\(|"(?:white|black|grey|gray|red|green|blue)"/;
    const code = (name: string): string =>
      readFileSync(`lib/figures/${name}`, "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
    expect(files.length).toBeGreaterThan(40);
    expect(files.filter((name) => literal.test(code(name)))).toEqual([]);
  });

  test("has texts that can be read, and marks that can be seen, on its paper", () => {
    const styles = [0, 1, 2, 3, 4, 5].map((i) => theme.seriesStyle(i));
    for (const text of [theme.INK, theme.MUTED, theme.BLACK, ...styles.map(({ ink }) => ink)])
      expect(contrast(text, theme.PAPER), text).toBeGreaterThanOrEqual(4.5);
    for (const mark of [theme.HELD, ...styles.slice(0, 3).map(({ color }) => color)])
      expect(contrast(mark, theme.PAPER), mark).toBeGreaterThanOrEqual(3);
    expect(contrast(theme.BLACK, theme.CAUTION)).toBeGreaterThanOrEqual(7);
  });

  test("gives each of six series a colour, a letter's colour and a tint of its own, and dashes to simulated people only", () => {
    const styles = [0, 1, 2, 3, 4, 5].map((i) => theme.seriesStyle(i));
    for (const part of ["color", "ink", "tint"] as const)
      expect(new Set(styles.map((style) => style[part])).size, part).toBe(6);
    expect(styles.map(({ dash }) => dash)).not.toContain("dash");
    expect(theme.syntheticStyle(1)).toEqual({ ...styles[1], dash: "dash" });
    expect(styles.map(({ color }) => color)).not.toContain(theme.CAUTION);
  });

  test("has one grey for time in custody, plain or as an area", () => {
    const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(theme.HELD.slice(at, at + 2), 16));
    expect(theme.held(0.5)).toBe(`rgba(${r},${g},${b},0.5)`);
  });
});
