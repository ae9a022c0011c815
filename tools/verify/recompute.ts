import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";
import type { ClaimSlice, SliceStatement } from "./slices";

/** A claim as its cell's code gives it now. */
export interface Recomputed {
  readonly id: number;
  /** All forms in which a notebook shows it. */
  readonly bundle: Readonly<Record<string, unknown>>;
  /** Files that were read for it, from the project's folder, in the order of the alphabet. */
  readonly files: readonly string[];
  /** Whether the printed numbers were read by the notebook's own code, not only to state the claim. */
  readonly readsPublished: boolean;
}

/** What a slice reports as it runs. */
interface Recorder {
  at(statement: number): void;
  shown(bundle: Readonly<Record<string, unknown>> | null, id: number | null): void;
  read(file: string): void;
}

const RECORDER = "hrdVerify";
const PUBLISHED = "data/published.json";
const CLAIMS = "data/claims.json";

/**
 * Computes the claims of one notebook anew, from the statements that they need: no kernel, no types, no figures.
 *
 * @param root the project's folder
 * @param claims slices of one notebook
 * @param cache folder for the program that is made of them
 * @throws whatever the code throws, with the notebook's name before it
 */
export async function recompute(root: string, claims: readonly ClaimSlice[], cache: string): Promise<Recomputed[]> {
  const [{ notebook } = { notebook: "" }] = claims;
  const file = path.join(cache, `${notebook}-${process.pid}.mjs`);
  mkdirSync(cache, { recursive: true });
  const reads = new Map<number, string[]>();
  const bundles = new Map<number, Readonly<Record<string, unknown>>>();
  let current = -1;
  const recorder: Recorder = {
    at: (statement) => {
      current = statement;
    },
    shown: (bundle, id) => {
      if (bundle !== null && id !== null) bundles.set(id, bundle);
    },
    read: (name) => {
      reads.set(current, [...(reads.get(current) ?? []), path.relative(root, name).split(path.sep).join("/")]);
    },
  };
  const { HRD_DATA: other, HRD_ROOT: elsewhere } = process.env;
  try {
    writeFileSync(file, await programOf(root, claims));
    // The project's own data, whatever the environment says.
    delete process.env.HRD_DATA;
    process.env.HRD_ROOT = root;
    Reflect.set(globalThis, RECORDER, recorder);
    await import(pathToFileURL(file).href);
  } catch (error) {
    throw new Error(`${notebook}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  } finally {
    Reflect.deleteProperty(globalThis, RECORDER);
    if (other !== undefined) process.env.HRD_DATA = other;
    if (elsewhere === undefined) delete process.env.HRD_ROOT;
    else process.env.HRD_ROOT = elsewhere;
    rmSync(file, { force: true });
  }
  return claims.map(({ id, statements }) => {
    const bundle = bundles.get(id);
    if (bundle === undefined) throw new Error(`${notebook}: its code no longer computes claim ${id}`);
    const read = statements.flatMap(({ at }) => reads.get(at) ?? []);
    // claim() itself reads both files once a call; each further reading of the printed numbers is the notebook's own.
    const [own, stated] = [PUBLISHED, CLAIMS].map((name) => read.filter((one) => one === name).length);
    return { id, bundle, files: [...new Set(read)].sort(), readsPublished: Number(own) > Number(stated) };
  });
}

/** The statements of all claims of a notebook, each once and in their order, as one program. */
export function sliceText(claims: readonly ClaimSlice[]): string {
  const all = new Map<number, SliceStatement>();
  for (const { statements } of claims)
    for (const statement of statements) {
      const known = all.get(statement.at);
      // One claim's statement may be needed by another one, and shows its claim all the same.
      all.set(statement.at, known?.claim ? known : statement);
    }
  const lines = [...all.values()]
    .sort((a, b) => a.at - b.at)
    .map(({ at, text, claim }) => {
      if (text.startsWith("import ")) return text;
      return `${RECORDER}.at(${at});\n${claim === null ? text : `hrdShow(${claim});`}`;
    });
  return `import { claimBundle as hrdBundle, isClaim as hrdIsClaim } from "../lib/paper/claims";
const hrdShow = (value) => ${RECORDER}.shown(hrdIsClaim(value) ? hrdBundle(value) : null, hrdIsClaim(value) ? value.id : null);
${lines.join("\n")}`;
}

async function programOf(root: string, claims: readonly ClaimSlice[]): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    stdin: {
      contents: sliceText(claims),
      resolveDir: path.join(root, "notebooks"),
      loader: "ts",
      sourcefile: "slice.ts",
    },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    logLevel: "silent",
    write: false,
    plugins: [recordedReads],
  });
  return outputFiles[0]?.text ?? "";
}

/** Files are read as ever, and the recorder is told which. */
const recordedReads: Plugin = {
  name: "recorded-reads",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^(?:node:)?fs$/ }, ({ namespace }) =>
      namespace === "recorded" ? { path: "node:fs", external: true } : { path: "fs", namespace: "recorded" },
    );
    onLoad({ filter: /.*/, namespace: "recorded" }, () => ({
      contents: `export * from "node:fs";
import * as fs from "node:fs";
export function readFileSync(file, ...rest) {
  ${RECORDER}.read(String(file));
  return fs.readFileSync(file, ...rest);
}`,
      resolveDir: ".",
    }));
  },
};
