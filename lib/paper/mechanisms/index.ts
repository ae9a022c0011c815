/** An inner door: how the campaign worked, if it did: explanations, evidence, tests and beliefs. */
export * from "./beliefs";
export * from "./evidence";
export * from "./hypothesis";
export * from "./process-tracing-test";
export * from "./second-reader";
export * from "./sensitivity";
