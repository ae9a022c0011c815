import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { type ClaimText, claimTexts } from "../../../lib/paper/claims";
import { ledgerState } from "../../../tools/notebooks/ledger";
import { findNotebooks, type Notebook, readNotebook } from "../../../tools/notebooks/notebook";
import { ROOT } from "../kernel/project";

/** A notebook of one cell that shows verdicts. */
function notebook(name: string, verdicts: readonly { id: number; verdict: string; basis?: string }[]): Notebook {
  const outputs = verdicts.map(({ id, verdict, basis = "public record" }) => ({
    output_type: "display_data" as const,
    metadata: {},
    data: {
      "application/vnd.hrd.claim+json": { id, verdict, recorded: verdict, basis },
      "text/plain": ["Claim\n", "Its text."],
    },
  }));
  const cell = { number: 3, id: "verdicts", source: "", tags: [], outputs, executionCount: 1 };
  return { file: name, name: `${name}.ipynb`, json: {}, cells: [cell] };
}

/** Claim 7 as it is on record, and a claim that waits for its notebook. */
const claims: ClaimText[] = claimTexts()
  .filter(({ id }) => id === 7 || id === 32)
  .map((claim) => (claim.id === 7 ? claim : { ...claim, checks: [], verdict: "not yet checked" as const }));
const problemsOf = (notebooks: Notebook[]) =>
  ledgerState(claims, notebooks).entries.flatMap(({ problems }) => problems);

describe("the ledger beside the notebooks", () => {
  test("agrees where the named notebook computes the verdict on record", () => {
    expect(problemsOf([notebook("01-long-list", [{ id: 7, verdict: "inconsistent within the paper" }])])).toEqual([]);
  });

  test("another verdict is a problem that names claim, notebook and cell", () => {
    expect(problemsOf([notebook("01-long-list", [{ id: 7, verdict: "attainable" }])])).toEqual([
      'claim 7 is "attainable" in 01-long-list, cell 3; data/claims.json records "inconsistent within the paper"',
    ]);
  });

  test("a claim on record that no cell of its notebook computes is a problem", () => {
    const elsewhere = [notebook("00-campaign", [{ id: 7, verdict: "inconsistent within the paper" }])];
    expect(problemsOf(elsewhere)).toEqual([
      'claim 7 is on record as "inconsistent within the paper", but no cell of 01-long-list computes it',
    ]);
  });

  test("a claim that waits needs no cell, and a verdict on it has to be recorded", () => {
    const seven = { id: 7, verdict: "inconsistent within the paper" };
    expect(problemsOf([notebook("01-long-list", [seven])])).toEqual([]);
    expect(problemsOf([notebook("01-long-list", [seven, { id: 32, verdict: "attainable" }])])).toEqual([
      'claim 32 is "attainable" in 01-long-list, cell 3; data/claims.json records "not yet checked"',
    ]);
  });

  test("a ledger that is to be complete has a verdict on every claim", () => {
    const { entries } = ledgerState(
      claims,
      [notebook("01-long-list", [{ id: 7, verdict: "inconsistent within the paper" }])],
      {
        complete: true,
      },
    );
    expect(entries.flatMap(({ problems }) => problems)).toEqual([
      "claim 32 has no verdict; data/claims.json says that it waits for 07-mechanisms",
    ]);
  });

  test("in a folder of some notebooks the claims of the others are not missed", () => {
    const some = [notebook("00-campaign", [])];
    expect(problemsOf(some)).toHaveLength(1);
    const { entries } = ledgerState(claims, some, { partial: true });
    expect(entries.flatMap(({ problems }) => problems)).toEqual([]);
  });

  test("on other data any verdict will do", () => {
    const other = { id: 7, verdict: "attainable", basis: "other data" };
    expect(problemsOf([notebook("01-long-list", [other])])).toEqual([]);
  });

  test("a verdict on a claim that there is not is a problem", () => {
    const { unknown } = ledgerState(claims, [notebook("01-long-list", [{ id: 99, verdict: "attainable" }])]);
    expect(unknown).toEqual(["01-long-list, cell 3: data/claims.json has no claim 99"]);
  });
});

test("the ledger is complete: each claim has a verdict, and the committed notebooks compute it", () => {
  const notebooks = findNotebooks(`${ROOT}/notebooks`, []).map(readNotebook);
  const { entries, unknown } = ledgerState(claimTexts(), notebooks, { complete: true });
  expect(entries.flatMap(({ problems }) => problems)).toEqual([]);
  expect(unknown).toEqual([]);
  const command = ["tools/launch.mjs", "tools/notebooks/ledger-main.ts", "--check"];
  const { status, stdout } = spawnSync(process.execPath, command, { cwd: ROOT, encoding: "utf8" });
  expect(status).toBe(0);
  expect(stdout).toContain("(claim7)");
  expect(stdout).toMatch(/\d+ inconsistent within the paper, .* 0 not yet checked/);
});
