export * from "./binomial";
export * from "./chi-square";
export * from "./holm";
export * from "./normal";
export * from "./random";
