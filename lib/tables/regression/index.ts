/** An inner door: tables of regression models, for a screen, for Markdown and for LaTeX. */
export * from "./forms";
export * from "./regression-table";
