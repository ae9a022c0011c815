import type { Manifest, ManifestClaim } from "./manifest";
import { isInRanges } from "./ranges";
import type { DataRecord } from "./records";

/** What is at hand now, to be held against the manifest. What a page does not hold is left out. */
export interface AtHand {
  readonly files: ReadonlyMap<string, readonly DataRecord[]>;
  readonly cells: ReadonlyMap<string, string>;
  readonly functions: ReadonlyMap<string, string>;
  /** Fingerprint of what is printed of each claim. */
  readonly printed: ReadonlyMap<number, string>;
}

/** Something that is not what it was when the manifest was written, and the claims that rest on it. */
export interface Change {
  readonly kind: "row" | "cell" | "function" | "printed";
  readonly what: "changed" | "gone" | "new" | "in another order";
  /** "data/freethe20.csv: row 7, gao-yu". */
  readonly name: string;
  /** Numbers of the claims that rest on it. */
  readonly claims: readonly number[];
}

/** How many things of each kind were compared. */
export interface Compared {
  readonly rows: number;
  readonly cells: number;
  readonly functions: number;
}

/**
 * Everything that differs from the manifest, rows first, then cells, functions and printed results. It reads nothing and
 * runs in a page, too.
 */
export function changesSince(manifest: Manifest, now: AtHand): Change[] {
  const names = Object.keys(manifest.functions);
  const claimsOf = (rests: (claim: ManifestClaim) => boolean): number[] =>
    manifest.claims.filter(rests).map(({ id }) => id);
  const cells = singleChanges("cell", manifest.cells, now.cells, (name) =>
    claimsOf(({ notebook, cells: own }) => own.some((cell) => `${notebook}: ${cell}` === name)),
  );
  const functions = singleChanges("function", manifest.functions, now.functions, (name) => {
    const at = names.indexOf(name);
    return claimsOf((claim) => isInRanges(claim.functions, at));
  });
  const rows = Object.entries(manifest.files).flatMap(([file, before]) => {
    const records = now.files.get(file);
    return records === undefined ? [] : rowChanges(file, before, records, manifest.claims);
  });
  const printed = manifest.claims.flatMap(({ id, notebook, cell, printed: before }): Change[] => {
    const found = now.printed.get(id);
    if (found === before || now.printed.size === 0) return [];
    const what = found === undefined ? "gone" : "changed";
    return [{ kind: "printed", what, name: `${notebook}: ${cell}, what it shows of claim ${id}`, claims: [id] }];
  });
  return [...rows, ...cells, ...functions, ...printed];
}

/** How much of the manifest could be held against what is at hand. */
export function comparedWith(manifest: Manifest, now: AtHand): Compared {
  const rows = Object.entries(manifest.files).filter(([file]) => now.files.has(file));
  return {
    rows: rows.reduce((sum, [, records]) => sum + records.length, 0),
    cells: now.cells.size === 0 ? 0 : Object.keys(manifest.cells).length,
    functions: now.functions.size === 0 ? 0 : Object.keys(manifest.functions).length,
  };
}

function singleChanges(
  kind: "cell" | "function",
  before: Readonly<Record<string, string>>,
  now: ReadonlyMap<string, string>,
  claimsOf: (name: string) => number[],
): Change[] {
  if (now.size === 0) return [];
  return Object.entries(before).flatMap(([name, hash]): Change[] => {
    const found = now.get(name);
    if (found === hash) return [];
    return [{ kind, what: found === undefined ? "gone" : "changed", name, claims: claimsOf(name) }];
  });
}

function rowChanges(
  file: string,
  before: readonly (readonly [string, string])[],
  now: readonly DataRecord[],
  claims: readonly ManifestClaim[],
): Change[] {
  const restingOn = (record: string | null): number[] =>
    claims
      .filter(({ files, records }) =>
        record === null
          ? files.includes(file) || records.some((one) => one.startsWith(`${file}: `))
          : files.includes(file) || records.includes(`${file}: ${record}`),
      )
      .map(({ id }) => id);
  const left = new Map<string, number>();
  for (const { hash } of now) left.set(hash, (left.get(hash) ?? 0) + 1);
  const lost = before.filter(([, hash]) => !taken(left, hash));
  // What is left over now: rows that the manifest does not know.
  const fresh = [...now].reverse().filter(({ hash }) => taken(left, hash));
  const changed = lost.filter(([name]) => fresh.some((row) => row.name === name)).map(([name]) => name);
  const found: Change[] = [
    ...lost.map(([name]) => {
      const what = changed.includes(name) ? ("changed" as const) : ("gone" as const);
      return { kind: "row" as const, what, name: `${file}: ${name}`, claims: restingOn(name) };
    }),
    ...fresh
      .filter(({ name }) => !changed.includes(name))
      .map(({ name }) => {
        return { kind: "row" as const, what: "new" as const, name: `${file}: ${name}`, claims: restingOn(null) };
      }),
  ];
  if (found.length > 0 || before.every(([, hash], at) => now[at]?.hash === hash)) return found;
  return [{ kind: "row", what: "in another order", name: file, claims: restingOn(null) }];
}

function taken(left: Map<string, number>, hash: string): boolean {
  const count = left.get(hash) ?? 0;
  if (count === 0) return false;
  left.set(hash, count - 1);
  return true;
}
