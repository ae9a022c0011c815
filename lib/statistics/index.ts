export * from "./binomial";
export * from "./chi-square";
export * from "./combinations";
export * from "./holm";
export * from "./normal";
export * from "./random";
export * from "./student-t";
