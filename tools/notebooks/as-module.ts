import { type CodeCell, MUST_FAIL, type Notebook } from "./notebook";

/** The code cells of a notebook as one module, with the line on which each of them begins. */
export interface NotebookModule {
  readonly text: string;
  readonly starts: readonly { readonly cell: CodeCell; readonly line: number }[];
}

/**
 * The cells one after the other, as a compiler sees them at once. Those that are tagged to fail are left out: the
 * runner sees to it that they do fail.
 */
export function asModule(notebook: Notebook): NotebookModule {
  const lines = ["export {};"];
  const starts: { cell: CodeCell; line: number }[] = [];
  for (const cell of notebook.cells) {
    if (cell.tags.includes(MUST_FAIL)) continue;
    starts.push({ cell, line: lines.length });
    lines.push(...cell.source.split("\n"));
  }
  return { text: lines.join("\n"), starts };
}
