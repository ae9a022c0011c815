/** An inner door: the four Cox models of Table 1, and what the paper prints of them. */
export * from "./columns";
export * from "./compare";
export * from "./complete-rows";
export * from "./models";
