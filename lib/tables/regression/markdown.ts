import { syntheticCaption } from "../synthetic-mark";
import { cellLines, fixed, pretty } from "./cell-lines";
import type { RegressionTable } from "./types";

/**
 * A regression table in GitHub's Markdown, estimates and brackets in rows of their own. Text from data is escaped, so
 * that it shows letter for letter.
 *
 * @example regressionMarkdown(regressionTable([fit], { data: women })) // "**Cox models**\n\n|  | (1) |\n| :-- | --: | …"
 */
export function regressionMarkdown(regression: RegressionTable): string {
  const { models, rows, summary, notes } = regression;
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const body = rows.flatMap(({ name, cells }) => {
    const lines = cells.map((cell) => cellLines(cell, regression));
    const above = lines.map((cell) =>
      cell === null || cell === "left out"
        ? (cell ?? "")
        : `${pretty(cell.estimate)}${escapeMarkdown(cell.stars)}`,
    );
    const below = lines.map((cell) =>
      cell === null || cell === "left out" ? "" : `(${cell.bracket.map(pretty).join(" to ")})`,
    );
    return [line([escapeMarkdown(name), ...above]), line(["", ...below])];
  });
  const foot = summary.map(({ label, values, digits }) =>
    line([label, ...values.map((value) => (value === null ? "–" : pretty(fixed(value, digits))))]),
  );
  return [
    `**${captionOf(regression, escapeMarkdown)}**`,
    "",
    line(["", ...models.map(escapeMarkdown)]),
    line([":--", ...models.map(() => "--:")]),
    ...body,
    ...foot,
    "",
    ...notes.map(escapeMarkdown),
  ].join("\n");
}

/** The caption behind the words for synthetic data, where the table rests on any. */
export function captionOf(
  { caption, provenance }: Pick<RegressionTable, "caption" | "provenance">,
  escaped: (text: string) => string,
): string {
  return [syntheticCaption(provenance), escaped(caption)].filter((part) => part !== null).join(": ");
}

/** Text as Markdown that shows it letter for letter, in a table's cell or a line of prose. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/[\\`*_{}[\]|$~#!]/g, "\\$&");
}
