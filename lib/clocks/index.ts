/** One set of dates on several clocks: since arrest, since the launch, calendar time. */
export * from "./clocked-rows";
export * from "./date-bounds";
export * from "./spell";
export * from "./time-zero";
