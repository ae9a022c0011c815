/** When time begins, and from when on a woman is at risk. */
export type TimeZero =
  | "arrest"
  | "arrest, from two months"
  | "arrest, from the launch"
  | "arrest, campaign switched on"
  | "launch"
  | "landmark"
  | "calendar";

/** What a clock assumes, for tables and for the notes of results. */
export interface TimeZeroNote {
  readonly name: TimeZero;
  readonly title: string;
  readonly reasoning: string;
}

/**
 * The clocks, each with what speaks for it or against it.
 *
 * @example TIME_ZEROS.map(({ name }) => name)
 */
export const TIME_ZEROS: readonly TimeZeroNote[] = [
  {
    name: "arrest",
    title: "since arrest, at risk from the first day",
    reasoning:
      "The clock of Table 1 and of footnote 5. A featured woman had to be held on the day of the launch, so that her months before it could hold no release, and they are counted all the same.",
  },
  {
    name: "arrest, from two months",
    title: "since arrest, at risk from two months on",
    reasoning:
      "Whoever was free within two months is not in the data: nobody's observation begins at arrest.",
  },
  {
    name: "arrest, from the launch",
    title: "since arrest, at risk from the launch on",
    reasoning:
      "Compares women who had been held for equally long, among those held on the day of the launch (delayed entry).",
  },
  {
    name: "arrest, campaign switched on",
    title: "since arrest, featured from the launch on",
    reasoning:
      "All women from arrest, the campaign as a covariate that changes with time: before the launch nobody is featured.",
  },
  {
    name: "launch",
    title: "since the launch",
    reasoning:
      "Compares women at the same date, among those held on the day of the launch, however long they had been held.",
  },
  {
    name: "landmark",
    title: "since a landmark after the launch",
    reasoning:
      "Among those still held when the last woman had been featured: who is featured is settled, and what happened before does not count.",
  },
  {
    name: "calendar",
    title: "calendar time, featured from the launch on",
    reasoning: "Compares women at the same date, at all dates: before the launch nobody is featured.",
  },
];
