import type { RunningCell } from "./notebook";

/** What a page says of a cell that changes values of others, or may; empty for most. */
export function saidOfMutation({
  compiled,
  changed,
  unseen,
}: Pick<RunningCell, "compiled" | "changed" | "unseen">): string {
  const seen = [...new Set([...compiled.changes, ...changed])];
  const list = (names: readonly string[]): string => names.join(", ");
  const parts = [
    ...(seen.length > 0 ? [`This cell changes ${list(seen)} of another cell, which runs again with it.`] : []),
    ...(unseen.length > 0
      ? [
          `Nobody can look into ${list(unseen)}: in case this cell changes it, the cell that makes it runs again with it.`,
        ]
      : []),
  ];
  return parts.join(" ");
}
