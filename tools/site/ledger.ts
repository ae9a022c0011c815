import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { asObject } from "../kernel/protocol/wire";
import { findNotebooks, readNotebook } from "../notebooks/notebook";
import { CLAIM } from "../notebooks/outputs";

/** A claim of the paper with what became of it. */
export interface LedgerEntry {
  readonly id: number;
  readonly title: string;
  readonly notebook: string;
  /** The verdict on record; null where none was reached yet. */
  readonly verdict: string | null;
  /** What the verdict rests on, as the committed notebook says; null where no notebook shows it. */
  readonly basis: string | null;
}

const schema = z.object({
  claims: z.array(
    z.object({
      id: z.number(),
      title: z.string(),
      notebook: z.string().optional(),
      verdict: z.string().nullish(),
    }),
  ),
});

/** The ledger of claims as it stands, with what the committed outputs say of each. */
export function ledger(root: string): LedgerEntry[] {
  const { claims } = schema.parse(JSON.parse(readFileSync(path.join(root, "data/claims.json"), "utf8")));
  const shown = new Map<number, { notebook: string; basis: string }>();
  for (const file of findNotebooks(path.join(root, "notebooks"), [])) {
    for (const { outputs } of readNotebook(file).cells)
      for (const output of outputs) {
        if (output.output_type !== "display_data" && output.output_type !== "execute_result") continue;
        if (output.data[CLAIM] === undefined) continue;
        const { id, basis } = asObject(output.data[CLAIM]);
        shown.set(Number(id), { notebook: path.basename(file, ".ipynb"), basis: String(basis) });
      }
  }
  return claims.map(({ id, title, notebook, verdict }) => ({
    id,
    title,
    notebook: shown.get(id)?.notebook ?? notebook ?? "",
    verdict: verdict ?? null,
    basis: shown.get(id)?.basis ?? null,
  }));
}
