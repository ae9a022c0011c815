import { type DateInterval, type DatePolicy, dateInterval, type PartialDate, pointOf } from "../dates";
import type { Provenance } from "../files";
import type { ReleaseStyle } from "./swimmer";
import { BLACK, seriesStyle } from "./theme";

/** What the swimmer plot needs of a woman; the rows of `loadFreeThe20()` and `loadLongList()` have it. */
export interface CustodyRow {
  readonly label: string;
  readonly country: string;
  readonly detention: DateInterval;
  readonly released: PartialDate | null;
  readonly released_earliest: string | null;
  readonly released_latest: string | null;
  /** Release under the coding that the rows were loaded with; null where it counts none. */
  readonly releaseInterval: DateInterval | null;
  readonly release_kind: string;
  readonly counted: boolean;
  readonly provenance: Provenance;
}

/** A woman's time in custody, as it is drawn. */
export interface CustodySpell {
  readonly label: string;
  readonly country: string;
  readonly synthetic: boolean;
  readonly detention: DateInterval;
  readonly start: string;
  /** Null where no release is known or supposed. */
  readonly release: DateInterval | null;
  readonly releaseDay: string | null;
  readonly kind: string;
  readonly counted: boolean;
  /** The release is the coding's supposition: the record has none. */
  readonly supposed: boolean;
}

/**
 * The spell of a row. It shows what the record says, also where the coding does not count it: a woman who
 * left custody before the launch is not drawn as held.
 */
export function custodySpell(row: CustodyRow, policy: DatePolicy): CustodySpell {
  const recorded = recordedRelease(row);
  const release = recorded ?? row.releaseInterval;
  return {
    label: row.label,
    country: row.country,
    synthetic: row.provenance === "synthetic",
    detention: row.detention,
    start: pointOf(row.detention, policy),
    release,
    releaseDay: release === null ? null : pointOf(release, policy),
    kind: row.release_kind,
    counted: row.counted,
    supposed: recorded === null && release !== null,
  };
}

/** Kinds that say what the record lacks, and nothing on what became of her. */
const OPEN_RECORDS: readonly string[] = ["no release reported", "no release found"];

/** Whether the record leaves open if she was held after the launch: no release is reported, and nothing establishes custody. */
export function isOpenRecord({ kind }: CustodySpell): boolean {
  return OPEN_RECORDS.includes(kind);
}

function recordedRelease(row: CustodyRow): DateInterval | null {
  const { released, released_earliest: earliest, released_latest: latest } = row;
  if (earliest !== null && latest !== null) return dateInterval(released, { earliest, latest });
  return released === null ? null : dateInterval(released, null);
}

/**
 * The order of the rows, top to bottom: people of the public record before simulated ones; among them the
 * earliest release first, then those without a release, longest held first.
 */
export function bySpell(a: CustodySpell, b: CustodySpell): number {
  return (
    Number(a.synthetic) - Number(b.synthetic) ||
    compare(a.releaseDay ?? "9999", b.releaseDay ?? "9999") ||
    compare(a.start, b.start) ||
    compare(a.label, b.label)
  );
}

/** By code units: the same everywhere, unlike a comparison by the machine's language. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Freed by a decision that leaves nothing to serve. */
const FREED: ReleaseStyle = { symbol: "circle", glyph: "●", color: seriesStyle(0).color };
const SERVED: ReleaseStyle = { symbol: "square", glyph: "■", color: BLACK };
/** Out of prison under conditions that can be revoked. */
const CONDITIONAL: ReleaseStyle = { symbol: "diamond", glyph: "◆", color: seriesStyle(1).color };
/** Released to another country. */
const ABROAD: ReleaseStyle = { symbol: "triangle-up", glyph: "▲", color: seriesStyle(2).color };
const UNKNOWN: ReleaseStyle = { symbol: "cross", glyph: "✚", color: seriesStyle(3).ink };

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
