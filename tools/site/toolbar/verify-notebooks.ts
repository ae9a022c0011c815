import type { Notebook } from "../../notebooks/notebook";
import { fingerprint } from "../../seal/seal";
import type { Manifest } from "../../verify/manifest";
import { type Printed, printedClaims } from "../../verify/printed";
import { rangesText } from "../../verify/ranges";
import type { ClaimSlice, SliceStatement } from "../../verify/slices";
import type { CellSource } from "../live/compile";

/** Names of the parts of a page's program in the manifest of pages. */
export const kernelPart = (notebook: string): string => `the library as ${notebook} uses it`;
export const cellsPart = (notebook: string): string => `the statements that the claims of ${notebook} need`;

/** What a page needs to verify all claims. */
export interface PageVerification {
  /** What claims rest on: rows and cells, and of the program the parts that a page runs. */
  readonly manifest: Manifest;
  /** What the notebooks print of each claim. */
  readonly printed: readonly Printed[];
  /** Notebooks with claims, in order. */
  readonly notebooks: readonly string[];
}

/**
 * The statements that the claims of a notebook need, as cells that a page can run, under the names of the cells from which
 * they are.
 */
export function sliceCells(slices: readonly ClaimSlice[]): (CellSource & { readonly tags: readonly string[] })[] {
  const statements = new Map<number, SliceStatement>();
  for (const slice of slices) for (const one of slice.statements) statements.set(one.at, one);
  const cells = new Map<string, string[]>();
  for (const { cellId, text: code } of [...statements.values()].sort((a, b) => a.at - b.at))
    cells.set(cellId, [...(cells.get(cellId) ?? []), code]);
  return [...cells].map(([id, code], number) => ({ number, id, tags: [], source: code.join("\n") }));
}

/**
 * The manifest for pages. A page runs the library as one script for each notebook, without the names of its functions: it
 * stands there in the place of the functions, with the claims of its notebook.
 *
 * @param parts fingerprints of scripts, by their names in the manifest
 */
export function pageManifest(manifest: Manifest, parts: ReadonlyMap<string, string>): Manifest {
  const names = [...parts.keys()].sort();
  const placesOf = (notebook: string): number[] =>
    [kernelPart(notebook), cellsPart(notebook)].map((name) => names.indexOf(name)).sort((a, b) => a - b);
  return {
    ...manifest,
    functions: Object.fromEntries(names.map((name) => [name, parts.get(name) ?? ""])),
    claims: manifest.claims.map((claim) => ({ ...claim, functions: rangesText(placesOf(claim.notebook)) })),
  };
}

/** Fingerprint of a script as a page can take it: a function's text, or a value. */
export function partFingerprint(content: unknown): string {
  return fingerprint(typeof content === "function" ? String(content) : JSON.stringify(content));
}

/** What notebooks print of claims. */
export function printedIn(notebooks: readonly Notebook[]): Printed[] {
  return notebooks.flatMap(({ cells }) => cells.flatMap(({ outputs }) => printedClaims(outputs)));
}
