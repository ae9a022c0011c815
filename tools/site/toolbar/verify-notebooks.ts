import type { Notebook } from "../../notebooks/notebook";
import { fingerprint } from "../../seal/seal";
import type { Manifest } from "../../verify/manifest";
import { type Printed, printedClaims } from "../../verify/printed";
import { isInRanges, rangesText } from "../../verify/ranges";
import type { ClaimSlice, SliceStatement } from "../../verify/slices";
import type { CellSource } from "../live/compile";

/** Names of parts of a page's program in the manifest of pages. */
export const functionPart = (notebook: string, name: string): string => `${notebook}: ${name}`;
export const kernelPart = (notebook: string): string => `${notebook}: what else its library's script holds`;
export const cellsPart = (notebook: string): string => `${notebook}: the statements that its claims need`;

/** The library's script of a notebook's page, as it was made. */
export interface LibraryScript {
  /** Its characters. */
  readonly length: number;
  /** Where its functions stand in it: starts and lengths. */
  readonly places: Readonly<Record<string, readonly number[]>>;
}

/** What a page needs to verify all claims. */
export interface PageVerification {
  /** What claims rest on: rows, cells, and the functions of the scripts that a page runs. */
  readonly manifest: Manifest;
  /** What the notebooks print of each claim. */
  readonly printed: readonly Printed[];
  /** The library's script of each notebook with claims, in their order. */
  readonly scripts: Readonly<Record<string, LibraryScript>>;
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
 * The manifest for pages. A page runs the library as one script for each notebook: its functions stand there as the bundler
 * has written them, so that each notebook has its own, and what is left of its script is one thing more.
 *
 * @param parts fingerprints of functions and scripts, by their names in the manifest of pages
 */
export function pageManifest(manifest: Manifest, parts: ReadonlyMap<string, string>): Manifest {
  const names = [...parts.keys()].sort();
  const places = new Map(names.map((name, at) => [name, at]));
  const library = Object.keys(manifest.functions);
  return {
    ...manifest,
    functions: Object.fromEntries(names.map((name) => [name, parts.get(name) ?? ""])),
    claims: manifest.claims.map((claim) => {
      const { notebook } = claim;
      const own = library
        .filter((_, at) => isInRanges(claim.functions, at))
        .map((name) => functionPart(notebook, name));
      const all = [kernelPart(notebook), cellsPart(notebook), ...own].flatMap((name) => places.get(name) ?? []);
      return { ...claim, functions: rangesText([...all].sort((a, b) => a - b)) };
    }),
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
