import { z } from "zod";

/**
 * What each claim of the ledger rests on, as fingerprints: rows of data, cells, functions of the library. Written by
 * `npm run verify -- --write`, read by `npm run verify` and by the pages.
 */

const hash = z.string().regex(/^[0-9a-f]{32}$/, "is no fingerprint; npm run verify -- --write writes it");
const text = z.string().min(1);

const claimSchema = z.strictObject({
  id: z.number().int().min(1),
  /** Without its ending. */
  notebook: text,
  /** Name of the cell that shows it. */
  cell: text,
  verdict: text,
  /** Fingerprint of what the cell shows of it. */
  printed: hash,
  /** Names of the cells whose statements it needs, its own among them. */
  cells: z.array(text),
  /** Places in the sorted list of functions, from 0, as ranges: "103-107 110". */
  functions: z.string().regex(/^(?:\d+(?:-\d+)?(?: |$))*$/),
  /** Files of which it rests on every row. */
  files: z.array(text),
  /** Single records of other files, "data/claims.json: claims/7". */
  records: z.array(text),
});

export const manifestSchema = z.strictObject({
  note: text,
  /** Of each file its rows: name and fingerprint, in the file's order. */
  files: z.record(text, z.array(z.tuple([text, hash]))),
  /** Of each cell, "01-long-list: figure1", the fingerprint of its code. */
  cells: z.record(text, hash),
  /** Of each function or constant of the library, "lib/survival/log-rank.ts: logRank". */
  functions: z.record(text, hash),
  claims: z.array(claimSchema),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type ManifestClaim = Manifest["claims"][number];

export const MANIFEST_NOTE =
  "What each claim rests on: rows of data, cells, and functions of lib/, each with the first 128 bits of its SHA-256. npm run verify recomputes all claims and holds everything against this file; npm run verify -- --write writes it anew after a change that was meant.";
