import type { ReleaseSymbol } from "./plotly";

/**
 * How a kind of release is marked in the swimmer plot: kinds that mean alike share a shape and a colour.
 */
export interface ReleaseStyle {
  readonly symbol: ReleaseSymbol;
  /** The same shape as a letter, for the label beside the row. */
  readonly glyph: string;
  readonly color: string;
}

/** Freed by a decision that leaves nothing to serve. */
const FREED: ReleaseStyle = { symbol: "circle", glyph: "●", color: "#0072B2" };
const SERVED: ReleaseStyle = { symbol: "square", glyph: "■", color: "#000000" };
/** Out of prison under conditions that can be revoked. */
const CONDITIONAL: ReleaseStyle = { symbol: "diamond", glyph: "◆", color: "#D55E00" };
/** Released to another country. */
const ABROAD: ReleaseStyle = { symbol: "triangle-up", glyph: "▲", color: "#009E73" };
const UNKNOWN: ReleaseStyle = { symbol: "cross", glyph: "✚", color: "#9C3F73" };

const BY_KIND: Readonly<Record<string, ReleaseStyle>> = {
  pardon: FREED,
  "charges dropped": FREED,
  "early release": FREED,
  "mass release": FREED,
  "house arrest lifted": FREED,
  "sentence served": SERVED,
  bail: CONDITIONAL,
  "sentence suspended": CONDITIONAL,
  "medical parole": CONDITIONAL,
  "conditional release before launch": CONDITIONAL,
  exchange: ABROAD,
  exile: ABROAD,
};

/** The mark of a kind of release; kinds that are not listed here are marked as not found. */
export function releaseStyle(kind: string): ReleaseStyle {
  return BY_KIND[kind] ?? UNKNOWN;
}
