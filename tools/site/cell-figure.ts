import { asObject, asString, type JsonObject } from "../kernel/protocol/wire";
import { PLOTLY } from "../notebooks/outputs";
import { isBasic } from "./plotly-parts";
import type { Page } from "./site";

/** A figure of a notebook as its cell has it, and where it stands on the page. */
export interface CellFigure {
  readonly plotly: JsonObject;
  readonly alt: string;
  /** Its `<figure>` on the page. */
  readonly element: Element;
  /** Address of it inside the site. */
  readonly href: string;
}

/** The first figure that a cell has shown; null where it has none. */
export function cellFigure(page: Page, cellId: string): CellFigure | null {
  const cell = page.cells.find(({ id }) => id === cellId);
  const element = page.main.querySelector(`[id="cell-${cellId}"] figure.figure`);
  if (cell === undefined || element === null) return null;
  for (const output of cell.code?.outputs ?? []) {
    const data = "data" in output ? asObject(output.data) : {};
    if (data[PLOTLY] === undefined) continue;
    const alt = element.querySelector("img")?.getAttribute("alt") ?? "";
    return { plotly: asObject(data[PLOTLY]), alt, element, href: `${page.path}#${element.id}` };
  }
  return null;
}

/** Whether a page has a figure that only the whole of plotly.js draws. */
export function needsWhole({ cells }: Pick<Page, "cells">): boolean {
  return cells.some(({ code }) =>
    (code?.outputs ?? []).some((output) => {
      const figure = "data" in output ? asObject(output.data)[PLOTLY] : undefined;
      return figure !== undefined && !isBasic(asObject(figure).data);
    }),
  );
}

/** What the figure says of its data beside what it draws: its title as plain text, and its table. */
export function figureMeta({ plotly }: Pick<CellFigure, "plotly">): {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
} {
  const meta = asObject(asObject(plotly.layout).meta);
  const table = asObject(meta.table);
  const columns = Array.isArray(table.columns) ? table.columns.map(String) : [];
  const rows = Array.isArray(table.rows) ? table.rows.filter(Array.isArray) : [];
  return { title: asString(meta.title), columns, rows };
}
