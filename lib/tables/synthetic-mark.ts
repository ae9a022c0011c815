import type { Provenance } from "../files";

/** The words that a table over simulated rows carries in its caption; null where none is simulated. */
export function syntheticCaption(provenance: readonly Provenance[]): string | null {
  if (!provenance.includes("synthetic")) return null;
  return provenance.length === 1 ? "SYNTHETIC DATA" : "PARTLY SYNTHETIC DATA";
}
