import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { parseJson } from "../../lib/files";
import { changesSince, comparedWith } from "./compare";
import { gather } from "./gather";
import { makeManifest } from "./make";
import { type Manifest, manifestSchema } from "./manifest";
import { type Printed, printedClaim } from "./printed";
import { type Recomputed, recompute } from "./recompute";
import { changeText, findings, summary } from "./report";
import type { ClaimSlice } from "./slices";

const HELP = `npm run verify -- [options]

Computes every claim of the ledger anew, from the statements that it needs, and compares it with what the notebooks
print, to the byte; and holds each row of data, each cell and each function of lib/ that a claim rests on against its
fingerprint in notebooks/verify.json. What has changed is named with the claims that rest on it. Exits with 1 where
anything differs.

  --write   take what is there now for right: write notebooks/verify.json anew, after a change that was meant
  --help    this text`;

const ROOT = fileURLToPath(new URL("../../", import.meta.url)).replace(/[\\/]$/, "");
const FILE = "notebooks/verify.json";

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { write: { type: "boolean", default: false }, help: { type: "boolean", default: false } },
  });
  if (values.help) {
    say(HELP);
    return 0;
  }
  const started = performance.now();
  const { now, slices, printed, stated } = gather(ROOT);
  const { computed, failed } = await recomputeAll(slices);
  const shown = computed.map(({ bundle }) => printedClaim(bundle)).filter((claim) => claim !== null);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (values.write) return write(makeManifest(slices, computed, now, stated), shown, printed, failed);
  if (!existsSync(path.join(ROOT, FILE))) throw new Error(`${FILE} is missing; npm run verify -- --write writes it`);
  const manifest = parseJson(readFileSync(path.join(ROOT, FILE), "utf8"), manifestSchema, FILE);
  const changes = changesSince(manifest, now);
  const found = findings(manifest, printed, shown, failed);
  const unlisted = slices.filter(({ id }) => !manifest.claims.some((claim) => claim.id === id)).map(({ id }) => id);
  for (const change of changes) say(changeText(change));
  for (const { id, same, words } of found) if (same !== true) say(`claim ${id} is not what is printed: ${words}`);
  for (const id of unlisted) say(`claim ${id} is not in ${FILE}`);
  say(`${summary(found, changes, comparedWith(manifest, now))} (${seconds} s)`);
  const differs = changes.length > 0 || unlisted.length > 0 || found.some(({ same }) => same !== true);
  if (differs) say(`A change that was meant: npm run verify -- --write, and commit ${FILE}.`);
  return differs ? 1 : 0;
}

async function recomputeAll(
  slices: readonly ClaimSlice[],
): Promise<{ computed: Recomputed[]; failed: Map<number, string> }> {
  const computed: Recomputed[] = [];
  const failed = new Map<number, string>();
  const cache = path.join(process.env.HRD_CACHE ?? path.join(ROOT, ".cache"), "verify");
  for (const notebook of new Set(slices.map((slice) => slice.notebook))) {
    const own = slices.filter((slice) => slice.notebook === notebook);
    try {
      computed.push(...(await recompute(ROOT, own, cache)));
    } catch (error) {
      for (const { id } of own) failed.set(id, error instanceof Error ? error.message : String(error));
    }
  }
  return { computed, failed };
}

/** Nothing is written that would take a wrong result for right. */
function write(
  manifest: Manifest,
  computed: readonly Printed[],
  printed: readonly Printed[],
  failed: ReadonlyMap<number, string>,
): number {
  const wrong = findings(manifest, printed, computed, failed).filter(({ same }) => same !== true);
  for (const { id, words } of wrong) say(`claim ${id} is not what is printed: ${words}`);
  if (wrong.length > 0) {
    say(`${FILE} was left as it is: run npm run notebooks first`);
    return 1;
  }
  writeFileSync(path.join(ROOT, FILE), manifestText(manifest));
  const rows = Object.values(manifest.files).reduce((sum, records) => sum + records.length, 0);
  const [cells, functions] = [manifest.cells, manifest.functions].map((one) => Object.keys(one).length);
  say(`${FILE}: ${manifest.claims.length} claims rest on ${rows} rows, ${cells} cells and ${functions} functions`);
  return 0;
}

/** One line a row, cell, function and claim, so that a change of one is one line of a diff. */
function manifestText({ note, files, cells, functions, claims }: Manifest): string {
  const line = (value: unknown): string => JSON.stringify(value);
  const members = (all: Readonly<Record<string, string>>): string =>
    Object.entries(all)
      .map(([key, value]) => `  ${line(key)}: ${line(value)}`)
      .join(",\n");
  const lists = Object.entries(files).map(
    ([file, records]) => `  ${line(file)}: [\n${records.map((record) => `   ${line(record)}`).join(",\n")}\n  ]`,
  );
  return `{
 "note": ${line(note)},
 "claims": [
${claims.map((claim) => `  ${line(claim)}`).join(",\n")}
 ],
 "cells": {
${members(cells)}
 },
 "functions": {
${members(functions)}
 },
 "files": {
${lists.join(",\n")}
 }
}
`;
}

try {
  process.exitCode = await main();
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
