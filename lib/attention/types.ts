import type { Provenance } from "../files";
import type { Stamp } from "./stamps";

/** The exports that {@link loadAttention} knows. */
export const ATTENTION_FORMATS = [
  "google-trends",
  "wikimedia-api",
  "pageviews-tool",
  "gdelt-timeline",
  "media-cloud",
] as const;

export type AttentionFormat = (typeof ATTENTION_FORMATS)[number];

/** The name of each format, for tables and messages. */
export const FORMAT_TITLES: Readonly<Record<AttentionFormat, string>> = {
  "google-trends": "Google Trends, multiTimeline.csv",
  "wikimedia-api": "Wikimedia page views, REST answer (JSON)",
  "pageviews-tool": "Wikimedia page views, CSV of the Pageviews tool",
  "gdelt-timeline": "GDELT DOC 2.0 timeline, CSV",
  "media-cloud": "Media Cloud attention over time, CSV",
};

/** How long a period is. A month is a calendar month; the others have a fixed length. */
export type Granularity = "minutes" | "hour" | "day" | "week" | "month";

/** One value of one series in one period: the tidy shape of every format. */
export interface AttentionRow {
  /** First moment of the period: `2015-09-01`, or `2015-09-01T05:00` where periods are shorter than a day. */
  readonly date: string;
  readonly series: string;
  readonly value: number;
  /** True where the file has `<1`: below what the service shows, and `value` is the number chosen for it. */
  readonly below: boolean;
  readonly provenance: Provenance;
}

/** What the numbers of a series are. */
export interface AttentionSeries {
  readonly name: string;
  /** Where, for Google Trends: what the file has in brackets, such as `Worldwide`. */
  readonly place: string | null;
  /** What a value counts or measures. */
  readonly unit: string;
  readonly periods: number;
  /** First and last period. */
  readonly from: string;
  readonly to: string;
  /** Periods that are `<1` in the file. */
  readonly below: number;
  /** Periods between the first and the last for which the file has no row. */
  readonly missing: readonly string[];
  /** Periods at the end that the service had not counted yet: empty in the file, and no rows. */
  readonly notCounted: readonly string[];
}

/** A file of attention, read and checked. */
export interface Attention {
  readonly title: string;
  readonly format: AttentionFormat;
  readonly granularity: Granularity;
  /** Minutes from one period to the next; null for months, which differ. */
  readonly stepMinutes: number | null;
  /** "UTC" where the file gives moments with their offset, and dates are in UTC; null where dates are as the file has them. */
  readonly timeZone: "UTC" | null;
  /** Series by series, in the order of the file, each by date. */
  readonly rows: readonly AttentionRow[];
  readonly series: readonly AttentionSeries[];
  /** What stands for `<1` in `value`; null where the format has no such thing. */
  readonly belowAs: number | null;
  /** What was made of the file beyond copying its cells, in sentences. */
  readonly notes: readonly string[];
  /** The file as shown to the user: relative to the project for its own. */
  readonly file: string;
  /** True for the project's own file, false for one of yours. */
  readonly own: boolean;
  readonly provenance: readonly Provenance[];
}

/** A value as a reader of one format has found it, before dates are ordered and rows checked against one another. */
export interface RawValue {
  readonly row: number | null;
  readonly column: string;
  /** The date, as it stands in the file and as a number. */
  readonly stamp: Stamp;
  readonly series: string;
  readonly value: number;
  readonly below: boolean;
}

/** What a reader of one format gives. */
export interface RawSeries {
  readonly name: string;
  readonly place: string | null;
  readonly unit: string;
  readonly notCounted?: readonly Stamp[];
}

export interface RawExport {
  readonly format: AttentionFormat;
  readonly series: readonly RawSeries[];
  readonly values: readonly RawValue[];
  /** What the file itself says of its periods, and where; null where it says nothing. */
  readonly stated: { readonly granularity: Granularity; readonly where: string } | null;
  /** Whether the service leaves out periods in which it counted nothing. */
  readonly mayHaveGaps: boolean;
}
