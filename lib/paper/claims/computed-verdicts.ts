import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { projectRoot } from "../../data/schema";
import { parseJson, refuse } from "../../files";
import { CLAIM_MIME } from "./claim";
import { NOT_MET, VERDICTS, type Verdict } from "./ledger";

/** A verdict on a claim with the cell that computed it. */
export interface ComputedVerdict {
  readonly claim: number;
  readonly verdict: Verdict;
  /** What the numbers rest on, such as "public record". */
  readonly basis: string;
  /** Without its ending. */
  readonly notebook: string;
  /** Name of the cell, which stays when cells are put before it. */
  readonly cellId: string;
  /** Place of the cell among all cells, from 1, as `npm run claims` counts. */
  readonly cell: number;
}

/** A verdict as an output of a cell holds it. */
export interface ShownVerdict {
  readonly claim: number;
  readonly verdict: Verdict;
  /** What data/claims.json had on record when the cell ran. */
  readonly recorded: string;
  /** What the numbers rest on, such as "public record" or "other data". */
  readonly basis: string;
  /** The claim in the project's words. */
  readonly text: string;
}

const lines = z.union([z.string(), z.array(z.string())]);
const shown = z.object({
  data: z.object({
    [CLAIM_MIME]: z.object({
      id: z.number(),
      verdict: z.enum([...VERDICTS, NOT_MET]),
      recorded: z.string().default(""),
      basis: z.string().default(""),
    }),
    "text/plain": lines.default(""),
  }),
});
const notebook = z.object({
  cells: z.array(z.object({ id: z.string().optional(), outputs: z.array(z.unknown()).optional() })),
});

/**
 * The verdicts among the outputs of a cell, as a notebook file stores them. All else is passed over.
 *
 * @example shownVerdicts(cell.outputs).map(({ claim, verdict }) => `${claim} ${verdict}`)
 */
export function shownVerdicts(outputs: readonly unknown[]): ShownVerdict[] {
  return outputs.flatMap((output) => {
    const found = shown.safeParse(output);
    if (!found.success) return [];
    const { [CLAIM_MIME]: claim, "text/plain": plain } = found.data.data;
    const text = [plain].flat().join("").split("\n").at(-1) ?? "";
    return [{ claim: claim.id, verdict: claim.verdict, recorded: claim.recorded, basis: claim.basis, text }];
  });
}

/**
 * The verdicts that the executed notebooks hold in their outputs: what the ledger is made from. It reads files and runs
 * nothing, so it is as new as the last run.
 *
 * @param folder executed notebooks; the project's own unless told
 * @returns in the order of notebooks and cells
 * @throws DataError where there is no such folder, or a notebook is not JSON of its shape
 * @example computedVerdicts().filter(({ claim }) => claim === 7)
 */
export function computedVerdicts(folder: string = path.join(projectRoot(), "notebooks")): ComputedVerdict[] {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw refuse(folder, "folder-missing", "there is no such folder; one with executed notebooks is needed");
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(".ipynb"))
    .sort();
  return files.flatMap((name) => {
    const { cells } = parseJson(readFileSync(path.join(folder, name), "utf8"), notebook, `notebooks/${name}`);
    return cells.flatMap(({ id, outputs }, at) =>
      shownVerdicts(outputs ?? []).map(({ claim, verdict, basis }): ComputedVerdict => {
        const cellId = id ?? `cell-${at + 1}`;
        return { claim, verdict, basis, notebook: name.replace(/\.ipynb$/, ""), cellId, cell: at + 1 };
      }),
    );
  });
}
