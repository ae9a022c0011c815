/** An inner door: a specification curve, that is all defensible analyses of one question, whatever the question is. */
export * from "./choices";
export * from "./curve-test";
export * from "./dealt-fits";
export * from "./multiverse";
export * from "./summary";
