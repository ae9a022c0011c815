import { fc } from "../support/property";

/** More cases than fast-check draws by itself. */
export const OFTEN = { numRuns: 200 } as const;

export interface Rows {
  readonly time: number[];
  readonly event: number[];
  readonly group: string[];
}

/** Rows in two groups with whole times, many of them tied; at least one event, and each group has a row. */
export const tiedRows: fc.Arbitrary<Rows> = fc
  .array(
    fc.record({
      time: fc.integer({ min: 0, max: 12 }),
      event: fc.integer({ min: 0, max: 1 }),
      first: fc.boolean(),
    }),
    {
      minLength: 2,
      maxLength: 40,
    },
  )
  .map((rows) => ({
    time: [3, 5, ...rows.map((row) => row.time)],
    event: [1, 1, ...rows.map((row) => row.event)],
    group: ["a", "b", ...rows.map((row) => (row.first ? "a" : "b"))],
  }));

/** The same without ties: whole times, each once, so that no arithmetic on them rounds. */
export const untiedRows: fc.Arbitrary<Rows> = tiedRows.chain((rows) =>
  fc
    .shuffledSubarray(
      rows.time.map((_, i) => i + 1),
      { minLength: rows.time.length, maxLength: rows.time.length },
    )
    .map((time) => ({ ...rows, time })),
);

/** Rows with an order to put them in. */
export const shuffledRows = tiedRows.chain((rows) =>
  fc
    .shuffledSubarray(
      rows.time.map((_, i) => i),
      { minLength: rows.time.length, maxLength: rows.time.length },
    )
    .map((order) => ({ rows, order })),
);

export function reorder(rows: Rows, order: readonly number[]): Rows {
  return {
    time: order.map((i) => rows.time[i]),
    event: order.map((i) => rows.event[i]),
    group: order.map((i) => rows.group[i]),
  };
}
