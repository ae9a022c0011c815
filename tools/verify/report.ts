import type { Change, Compared } from "./compare";
import type { Manifest } from "./manifest";
import { firstDifference, type Printed } from "./printed";

/** What a claim came to when it was computed again. */
export interface Finding {
  readonly id: number;
  /** Whether what is printed is what the code gives now, to the byte; null where it could not be computed. */
  readonly same: boolean | null;
  /** In words, where it is not the same. */
  readonly words: string;
}

/**
 * Holds each claim of the manifest, computed anew, against what is printed of it.
 *
 * @param failed why a claim could not be computed, by its number
 */
export function findings(
  manifest: Manifest,
  printed: readonly Printed[],
  computed: readonly Printed[],
  failed: ReadonlyMap<number, string> = new Map(),
): Finding[] {
  return manifest.claims.map(({ id, notebook, cell }) => {
    const [before, now] = [printed, computed].map((all) => all.find((one) => one.id === id));
    const why = failed.get(id);
    if (before === undefined) return { id, same: null, words: `${notebook}, cell ${cell}, shows no such claim` };
    if (why !== undefined || now === undefined)
      return { id, same: null, words: why ?? "its code no longer computes it" };
    const words = firstDifference(before, now);
    return { id, same: words === null, words: words ?? "" };
  });
}

/** "claims 5 and 7"; "no claim". */
export function claimsText(ids: readonly number[]): string {
  if (ids.length === 0) return "no claim";
  const [last = 0, ...others] = [...ids].reverse();
  if (others.length === 0) return `claim ${last}`;
  return `claims ${others.reverse().join(", ")} and ${last}`;
}

/** One change in words: what, and the claims that rest on it. */
export function changeText({ kind, what, name, claims }: Change): string {
  const title = kind === "row" ? "data" : kind === "printed" ? "printed" : kind;
  return `${title} ${what}: ${name}; ${claimsText(claims)} ${claims.length === 1 ? "rests" : "rest"} on it`;
}

/** The last line: how much was compared, and what came of it. */
export function summary(
  found: readonly Finding[],
  changes: readonly Change[],
  { rows, cells, functions }: Compared,
): string {
  const same = found.filter((one) => one.same === true).length;
  const compared = `${rows} rows, ${cells} cells and ${functions} functions`;
  const rest =
    changes.length === 0
      ? `${compared} are what they were.`
      : `${changes.length} of ${compared} are not what they were.`;
  return `${same} of ${found.length} claims, computed anew, are what is printed, to the byte. ${rest}`;
}
