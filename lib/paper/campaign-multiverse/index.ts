/** An inner door: the defensible analyses of this campaign, and what each of them answers. */
export * from "./campaign-choices";
export * from "./campaign-multiverse";
