import type { FeaturedWoman } from "../data";
import type { Coding } from "../data/schema";
import { lengthOf } from "../statistics/inner";
import { type Table, table } from "./table";

/**
 * The women of the campaign, one row each, with every date as precise as its sources and with the sources
 * themselves: the table behind all others.
 *
 * @param women rows of loadFreeThe20()
 * @example show(casesTable(loadFreeThe20().rows))
 */
export function casesTable(women: readonly FeaturedWoman[]): Table {
  lengthOf("casesTable", "women", women);
  return table(women, {
    caption: "Detention and first release",
    columns: [
      { label: "Day", value: "feature_day" },
      { label: "Name", value: "name" },
      { label: "Country", value: "country" },
      { label: "Occupation", value: "occupation" },
      { label: "Detained", value: (woman) => woman.detained.text },
      { label: "Released", value: (woman) => woman.released?.text ?? null },
      { label: "Bounds of the release", value: bounds },
      { label: "Kind of release", value: "release_kind" },
      { label: "Sources", value: (woman) => [...woman.sources_detained, ...woman.sources_released] },
    ],
  });
}

function bounds({ released_earliest: earliest, released_latest: latest }: FeaturedWoman): string | null {
  return earliest || latest ? `${earliest ?? "?"} to ${latest ?? "?"}` : null;
}

/**
 * Codings side by side: how many count as released, whom of the unclear cases each counts, and why.
 *
 * @param codings as codings() gives them
 * @param women rows of loadFreeThe20(), for the names
 * @example show(codingsTable(codings(), loadFreeThe20().rows))
 */
export function codingsTable(codings: readonly Coding[], women: readonly FeaturedWoman[]): Table {
  lengthOf("codingsTable", "codings", codings);
  lengthOf("codingsTable", "women", women);
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
