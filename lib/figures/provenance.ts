import { isSynthetic, provenancesOf, type Sourced } from "../files";
import { listing } from "./label";
import { type SeriesStyle, seriesStyle, syntheticStyle } from "./theme";

/**
 * Which series of a figure hold simulated people. All do where all data are synthetic. Where real and
 * simulated people stand side by side, the source tells them apart if it knows group and provenance of each
 * person, as the result of `releaseOutcomes()` does; or a dataset of `loadLongList()`; otherwise none can
 * be named, and only the mark above the plot says that part of the data is synthetic.
 */
export function syntheticSeries(source: Sourced, labels: readonly string[]): ReadonlySet<string> {
  if (!isSynthetic(source)) return new Set();
  if (provenancesOf(source).length === 1) return new Set(labels);
  return new Set(
    memberships(source)
      .filter((person) => person.provenance === "synthetic")
      .map((person) => person.group),
  );
}

interface Membership {
  readonly group: string;
  readonly provenance: unknown;
}

/**
 * Group and provenance of each person: from rows, from a dataset's rows, or from two arrays of the same
 * length.
 */
function memberships(source: Sourced): Membership[] {
  if (!("provenance" in source)) return source.flatMap(membershipOf);
  if ("rows" in source && Array.isArray(source.rows)) return source.rows.flatMap(membershipOf);
  if (!("group" in source && "rowProvenance" in source)) return [];
  const { group, rowProvenance } = source;
  if (!Array.isArray(group) || !Array.isArray(rowProvenance) || group.length !== rowProvenance.length) return [];
  return group.map((label: unknown, index) => ({ group: String(label), provenance: rowProvenance[index] }));
}

function membershipOf(row: unknown): Membership[] {
  if (typeof row !== "object" || row === null || !("provenance" in row)) return [];
  if ("group" in row) return [{ group: String(row.group), provenance: row.provenance }];
  // Women of the long list are grouped by releaseOutcomes(), under these names.
  if ("featured" in row)
    return [{ group: row.featured === true ? "short list" : "long list", provenance: row.provenance }];
  return [];
}

/** Groups that a campaign took up, by the names that this library gives them: they come first. */
const FEATURED = ["short list", "featured", "treated"];

/** Whether a group, by its name, is the one that a campaign took up. */
export function isFeatured(group: string): boolean {
  return FEATURED.includes(group);
}

/**
 * How groups of people are drawn: the colour goes with the group, in the order of the data and not of the call, so that
 * whoever a campaign featured has the first colour in every figure; a dashed line goes with simulated people.
 *
 * @param source what the figure was computed from; where it does not know the groups, their order in `labels` counts
 * @param synthetic the labels of simulated people, where they are known already
 * @returns a style for each label
 */
export function groupStyles(
  source: Sourced,
  labels: readonly string[],
  synthetic = syntheticSeries(source, labels),
): SeriesStyle[] {
  const rank = (label: string): number => (isFeatured(label) ? 0 : 1);
  const found = [...new Set(memberships(source).map(({ group }) => group))];
  const groups = labels.every((label) => found.includes(label)) ? found : labels;
  const order = [...groups].sort((a, b) => rank(a) - rank(b));
  return labels.map((label) => (synthetic.has(label) ? syntheticStyle : seriesStyle)(order.indexOf(label)));
}

/** A series' name with the word that keeps simulated people apart from real ones. */
export function seriesLabel(label: string, synthetic: boolean): string {
  return synthetic ? `${label} (synthetic)` : label;
}

/**
 * Where the data of a figure come from, as a sentence for its alternative text; empty where there are none.
 */
export function provenanceSentence(source: Sourced): string {
  const provenances = provenancesOf(source);
  const real = listing([
    ...(provenances.includes("public-record") ? ["from the public record"] : []),
    ...(provenances.includes("published") ? ["published figures"] : []),
    ...(provenances.includes("own") ? ["the reader's own"] : []),
  ]);
  const judged = provenances.includes("judgement") ? "Judgements are shown, not data." : "";
  if (!isSynthetic(source)) {
    if (judged !== "") return real === "" ? judged : `${judged} What they are about is ${real}.`;
    return real === "" ? "" : `The data are ${real}.`;
  }
  return real === ""
    ? "Synthetic data: the data are simulated and describe no real person."
    : `Partly synthetic data: some of the data are ${real}, the others are simulated and describe no real person.`;
}
