import { isSynthetic, provenancesOf, type Sourced } from "../data/provenance";

/**
 * Which series of a figure hold simulated people. All do where all data are synthetic. Where real and simulated
 * people stand side by side, the source tells them apart if it has a group and a provenance for each person
 * (as rows, or as two arrays of the same length); otherwise none can be named, and only the mark above the plot says
 * that part of the data is synthetic.
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

/** Group and provenance of each person, where the source knows both. */
function memberships(source: Sourced): { readonly group: string; readonly provenance: string }[] {
  if (Array.isArray(source)) return source.flatMap(membershipOf);
  return [];
}

function membershipOf(row: unknown): { group: string; provenance: string }[] {
  if (typeof row !== "object" || row === null || !("group" in row) || !("provenance" in row)) return [];
  const { group, provenance } = row;
  return typeof provenance === "string" ? [{ group: String(group), provenance }] : [];
}
