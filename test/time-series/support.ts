import { isoDay } from "../../lib/dates";
import type { TimeSeries } from "../../lib/time-series";

/** A daily series from 2015-01-01 on with these values. */
export function seriesOf(values: readonly number[], name = "made up"): TimeSeries {
  return {
    name,
    unit: "things",
    period: "day",
    dates: values.map((_, i) => isoDay(16436 + i)),
    values,
    below: values.map(() => false),
    incomplete: 0,
    file: "made-up.csv",
    own: false,
    provenance: ["synthetic"],
  };
}
