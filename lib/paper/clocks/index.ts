/** An inner door: when time begins, and which days the sources leave open. */
export * from "./clocked-rows";
export * from "./date-bounds";
export * from "./featured-ratio";
export * from "./spell";
