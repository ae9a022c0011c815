/**
 * A figure in dark colours: the same figure, with every colour in it moved to where it can be told apart from a dark
 * page. Runs in the browser, for the live figure, and when the site is made, for the picture that stands in for it.
 */

import { isList, type Json } from "../../lib/figures/inner";

/** The paper of figures on a dark page; the style sheet's `--paper` is the same. */
export const DARK_PAPER = "#16191e";

interface Colour {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  readonly alpha: number | null;
}

const LITERAL = /#[0-9a-f]{6}\b|#[0-9a-f]{3}\b|rgba?\([^)]*\)/gi;
const NAMED: Readonly<Record<string, string>> = { white: "#ffffff", black: "#000000" };

/**
 * Data and layout of a figure in dark colours. A label with a background of its own colour (the yellow mark of
 * synthetic data) is left as it is.
 *
 * @param value anything of a figure's JSON: the given value is left as it is
 */
export function darkened(value: Json): Json {
  if (typeof value === "string") return darkText(value);
  if (typeof value !== "object" || value === null) return value;
  if (isList(value)) return value.map(darkened);
  const background = value.bgcolor;
  if (typeof background === "string" && isSignal(background)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => {
      if (member === undefined || key === "meta") return [key, member];
      // Words that a reader sees are no colours, even where one of them looks like one.
      const isText = key === "text" || key === "hovertext" || key === "ticktext";
      return [key, isText ? darkLabel(member) : darkened(member)];
    }),
  );
}

/** Only the colours inside of a label's tags. */
function darkLabel(value: Json): Json {
  if (typeof value === "string")
    return value.replace(/<[^>]*>/g, (tag) => tag.replace(LITERAL, (found) => darkColour(found)));
  if (typeof value !== "object" || value === null) return value;
  return isList(value) ? value.map(darkLabel) : darkened(value);
}

function darkText(text: string): string {
  const named = NAMED[text];
  if (named !== undefined) return darkColour(named);
  return new RegExp(`^(?:${LITERAL.source})$`, "i").test(text) ? darkColour(text) : text;
}

/** A full, bright colour that carries meaning as a background. */
function isSignal(text: string): boolean {
  const colour = parse(text);
  return colour !== null && (colour.alpha ?? 1) === 1 && saturation(colour) > 0.5;
}

/**
 * Greys change places (white paper becomes dark paper). Colours, also pale ones, keep their hue and are lit up until
 * they read; of two shades of one colour the darker stays the darker, as legends say.
 */
function darkColour(text: string): string {
  const colour = parse(text);
  if (colour === null) return text;
  return format(saturation(colour) < 0.05 ? mirrored(colour) : legible(colour));
}

const PAPER = parse(DARK_PAPER) ?? { red: 22, green: 25, blue: 30, alpha: null };

/** White to the dark paper, black to a light grey, what lies between in between. */
function mirrored({ red, green, blue, alpha }: Colour): Colour {
  const turn = (value: number, paper: number): number => paper + ((255 - value) / 255) * (240 - paper);
  return { red: turn(red, PAPER.red), green: turn(green, PAPER.green), blue: turn(blue, PAPER.blue), alpha };
}

/** Mixed with white in steps until it has the contrast of text, 4.5 to 1. */
function legible(colour: Colour): Colour {
  for (let share = 0; share < 1; share += 0.05) {
    const lit = {
      red: colour.red + (255 - colour.red) * share,
      green: colour.green + (255 - colour.green) * share,
      blue: colour.blue + (255 - colour.blue) * share,
      alpha: colour.alpha,
    };
    if (contrast(lit, PAPER) >= 4.6) return lit;
  }
  return { red: 255, green: 255, blue: 255, alpha: colour.alpha };
}

function contrast(one: Colour, other: Colour): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance({ red, green, blue }: Colour): number {
  const linear = (value: number): number =>
    value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/** Distance from grey, 0 to 1. */
function saturation({ red, green, blue }: Colour): number {
  const high = Math.max(red, green, blue);
  return high === 0 ? 0 : (high - Math.min(red, green, blue)) / 255;
}

function parse(text: string): Colour | null {
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text)?.[1];
  if (hex !== undefined) {
    const wide = hex.length === 3 ? [...hex].map((digit) => digit + digit).join("") : hex;
    const value = Number.parseInt(wide, 16);
    return { red: value >> 16, green: (value >> 8) & 255, blue: value & 255, alpha: null };
  }
  const parts = /^rgba?\(([^)]*)\)$/i
    .exec(text)?.[1]
    ?.split(/[\s,/]+/)
    .map(Number);
  if (parts === undefined || parts.some(Number.isNaN)) return null;
  const [red, green, blue, alpha] = parts;
  if (red === undefined || green === undefined || blue === undefined) return null;
  return { red, green, blue, alpha: alpha ?? null };
}

function format({ red, green, blue, alpha }: Colour): string {
  const [r, g, b] = [red, green, blue].map(Math.round);
  if (alpha !== null) return `rgba(${r},${g},${b},${alpha})`;
  return `#${[r, g, b].map((value) => (value ?? 0).toString(16).padStart(2, "0")).join("")}`;
}
