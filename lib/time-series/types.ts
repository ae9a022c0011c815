import type { Provenance } from "../files";

/** Values at equal distances in time, in order. */
export interface TimeSeries {
  readonly name: string;
  /** What a value counts or measures. */
  readonly unit: string;
  readonly period: "minutes" | "hour" | "day" | "week" | "month";
  /** First day (or moment) of each period. */
  readonly dates: readonly string[];
  readonly values: readonly number[];
  /** Which values are bounds: below what the service shows. */
  readonly below: readonly boolean[];
  /** Incomplete periods at the ends that were left out when periods were put together. */
  readonly incomplete: number;
  readonly file: string;
  readonly own: boolean;
  readonly provenance: readonly Provenance[];
}
