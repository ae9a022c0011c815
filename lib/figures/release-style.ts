/** How a kind of release is marked in the swimmer plot: kinds that mean alike share a shape and a colour. */
export interface ReleaseStyle {
  readonly name: string;
  readonly symbol: string;
  readonly color: string;
}

const FREED: ReleaseStyle = { name: "freed by a decision", symbol: "circle", color: "#0072B2" };
const SERVED: ReleaseStyle = { name: "sentence served", symbol: "square", color: "#000000" };
const CONDITIONAL: ReleaseStyle = { name: "on conditions", symbol: "diamond", color: "#D55E00" };
const ABROAD: ReleaseStyle = { name: "out of the country", symbol: "triangle-up", color: "#009E73" };
const UNKNOWN: ReleaseStyle = { name: "kind not found", symbol: "cross", color: "#9C3F73" };

/** Order in the legend. */
export const RELEASE_STYLES: readonly ReleaseStyle[] = [FREED, CONDITIONAL, SERVED, ABROAD, UNKNOWN];

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
