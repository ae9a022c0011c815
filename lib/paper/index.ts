/** What only this paper needs: its control groups, its table, its clocks, its choices, its claims. */

export * from "./attainable";
export * from "./campaign-multiverse";
export * from "./claims";
export * from "./clocks";
export * from "./control-group";
export * from "./mechanisms";
export * from "./multiverse";
export * from "./table-one";
