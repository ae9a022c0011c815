import type { AtHand } from "./compare";
import { MANIFEST_NOTE, type Manifest, type ManifestClaim } from "./manifest";
import { printedClaim, printedFingerprint } from "./printed";
import { rangesText } from "./ranges";
import type { Recomputed } from "./recompute";
import type { ClaimSlice } from "./slices";

const CLAIMS = "data/claims.json";
const PUBLISHED = "data/published.json";
const PACKAGE = "data/datapackage.json";

/** What is known of the two files that are read for every claim. */
export interface Stated {
  /** data/claims.json. */
  readonly claims: readonly StatedClaim[];
  /** Path of each resource of the data package, by its name. */
  readonly resources: ReadonlyMap<string, string>;
}

/** Of a claim what it names of the printed numbers. */
export interface StatedClaim {
  readonly id: number;
  readonly quotes: readonly string[];
  readonly checks: readonly { readonly published?: string | undefined; readonly table1?: unknown }[];
}

/** Members of a data package that describe it to people and catalogues (specs.frictionlessdata.io). */
const DESCRIPTIVE = new Set(
  "$schema name title description version created keywords licenses contributors sources homepage".split(" "),
);

/**
 * The manifest of claims as they are now.
 *
 * A claim rests on every row of each table that was read for it, for a count rests on the rows that it leaves out, too. Of
 * the ledger it rests on its own entry, of the printed numbers on those that its checks and quotations name and on the
 * parts that its code names, of the data package on the tables that it read.
 *
 * @throws Error where a claim reads a file that is not at hand
 */
export function makeManifest(
  slices: readonly ClaimSlice[],
  computed: readonly Recomputed[],
  now: AtHand,
  stated: Stated,
): Manifest {
  const names = [...now.functions.keys()].sort();
  const places = new Map(names.map((name, at) => [name, at]));
  const claims = slices.map((slice): ManifestClaim => {
    const found = computed.find(({ id }) => id === slice.id);
    const shown = printedClaim(found?.bundle);
    if (found === undefined || shown === null) throw new Error(`claim ${slice.id} was not computed`);
    const entries = found.files.filter((file) => [CLAIMS, PUBLISHED, PACKAGE].includes(file));
    const tables = found.files.filter((file) => !entries.includes(file));
    const unknown = tables.find((file) => !now.files.has(file));
    if (unknown !== undefined) throw new Error(`claim ${slice.id} reads ${unknown}, which is no file of data/`);
    return {
      id: slice.id,
      notebook: slice.notebook,
      cell: slice.cellId,
      verdict: shown.verdict,
      printed: printedFingerprint(shown),
      cells: [...new Set(slice.statements.map(({ cellId }) => cellId))],
      functions: rangesText(slice.functions.flatMap((name) => places.get(name) ?? [])),
      files: tables,
      records: recordsRead(slice, found, now, stated),
    };
  });
  const read = new Set([CLAIMS, PUBLISHED, PACKAGE, ...claims.flatMap(({ files }) => files)]);
  return {
    note: MANIFEST_NOTE,
    files: Object.fromEntries(
      [...now.files]
        .filter(([file]) => read.has(file))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([file, records]) => [file, records.map(({ name, hash }): [string, string] => [name, hash])]),
    ),
    cells: Object.fromEntries([...now.cells].sort(([a], [b]) => (a < b ? -1 : 1))),
    functions: Object.fromEntries(names.map((name) => [name, now.functions.get(name) ?? ""])),
    claims,
  };
}

function recordsRead(slice: ClaimSlice, found: Recomputed, now: AtHand, { claims, resources }: Stated): string[] {
  const stated = claims.find(({ id }) => id === slice.id);
  const has = (file: string, name: string): boolean => now.files.get(file)?.some((one) => one.name === name) ?? false;
  const all = (file: string): string[] => (now.files.get(file) ?? []).map(({ name }) => name);
  const records = [`${CLAIMS}: claims/${slice.id}`];
  for (const id of stated?.quotes ?? []) records.push(`${PUBLISHED}: quotations/${id}`);
  for (const { published, table1 } of stated?.checks ?? []) {
    if (published !== undefined) records.push(`${PUBLISHED}: numbers/${published}`);
    if (table1 !== undefined) records.push(`${PUBLISHED}: table1`);
  }
  if (found.readsPublished) {
    const code = [...slice.statements.map(({ text }) => text), ...slice.readsPrinted].join("\n");
    const named = partsNamed(code);
    // publishedNumber(published, "id") names its number alone.
    const literal = all(PUBLISHED).filter((name) => name.includes("/") && code.includes(`"${name.split("/")[1]}"`));
    const parts = all(PUBLISHED).filter((name) => named.has(name.split("/")[0] ?? ""));
    records.push(...[...parts, ...literal].map((name) => `${PUBLISHED}: ${name}`));
  }
  const tables = [...resources].filter(([, path]) => found.files.includes(`data/${path}`)).map(([name]) => name);
  if (found.files.includes(PACKAGE)) {
    const readsTables = tables.some((name) => name !== "published");
    const general = all(PACKAGE).filter(
      (name) => !name.startsWith("resources/") && !DESCRIPTIVE.has(name.split("/")[0] ?? ""),
    );
    const described = tables.map((name) => `resources/${name}`).filter((name) => has(PACKAGE, name));
    records.push(...[...described, ...(readsTables ? general : [])].map((name) => `${PACKAGE}: ${name}`));
  }
  return [...new Set(records)];
}

const PARTS = ["sources", "quotations", "numbers", "regions", "figure3", "table1", "conclusions", "citations"];

/** The parts of data/published.json that code names and so may read: `published.table1`. */
function partsNamed(code: string): Set<string> {
  return new Set(PARTS.filter((part) => new RegExp(`\\b${part}\\b`).test(code)));
}
