import type { FeaturedWoman } from "../data";
import type { Coding } from "../data/schema";
import { type Table, table } from "./table";

/**
 * Codings side by side: how many count as released, whom of the unclear cases each counts, and why.
 *
 * @param codings as codings() gives them
 * @param women rows of loadFreeThe20(), for the names
 * @example show(codingsTable(codings(), loadFreeThe20().rows))
 */
export function codingsTable(codings: readonly Coding[], women: readonly FeaturedWoman[]): Table {
  const name = (id: string): string => women.find((woman) => woman.id === id)?.label ?? id;
  const counted = (coding: Coding): string[] =>
    coding.decisions.filter(({ outcome }) => outcome === "released").map(({ id }) => name(id));
  return table(codings, {
    caption: "Codings of the same record",
    data: women,
    columns: [
      { label: "Coding", value: "name" },
      { label: "Released", value: "released" },
      {
        label: "Unclear cases that it counts",
        value: (coding) => (counted(coding).length > 0 ? counted(coding) : "none"),
      },
      { label: "Why", value: "reasoning" },
    ],
  });
}
