import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { claimTexts, VERDICTS } from "../../lib/paper/claims";
import { table, tableText } from "../../lib/tables";
import { type LedgerEntry, ledgerState } from "./ledger";
import { findNotebooks, readNotebook } from "./notebook";

const HELP = `npm run claims -- [options]

Prints the ledger of the paper's claims: the verdict on each, and the cell that computed it, read from the
outputs of the notebooks. Exits with 1 where record and notebook differ, or no cell computes a claim on record.

  --check       fail, too, where a claim has no verdict: the ledger is to be complete
  --in FOLDER   executed notebooks of that folder instead of notebooks/, such as copies run on other data;
                not all need be there
  --help        this text`;

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const STATES = [...VERDICTS, "not yet checked"] as const;

function verdictText({ claim, found }: LedgerEntry): string {
  const other = found.find(({ basis }) => basis === "other data");
  return other === undefined ? claim.verdict : `${other.verdict} on other data`;
}

function cellText({ claim, found }: LedgerEntry): string {
  if (found.length > 0)
    return found.map(({ notebook, cell, cellId }) => `${notebook}, cell ${cell} (${cellId})`).join("; ");
  return claim.verdict === "not yet checked" ? `waits for ${claim.notebook}` : "none";
}

function main(): number {
  const { values } = parseArgs({
    options: {
      in: { type: "string" },
      check: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(`${HELP}\n`);
    return 0;
  }
  const folder = values.in === undefined ? path.join(ROOT, "notebooks") : path.resolve(values.in);
  const notebooks = findNotebooks(folder, []).map(readNotebook);
  const { entries, unknown } = ledgerState(claimTexts(), notebooks, {
    partial: values.in !== undefined,
    complete: values.check,
  });
  const ledger = table(entries, {
    columns: [
      { label: "Claim", value: ({ claim }) => claim.id },
      { label: "About", value: ({ claim }) => claim.title },
      { label: "Verdict", value: verdictText },
      { label: "Rests on", value: ({ found }) => found[0]?.basis ?? "" },
      { label: "Computed in", value: cellText },
    ],
  });
  const counts = STATES.map((state) => `${entries.filter(({ claim }) => claim.verdict === state).length} ${state}`);
  const problems = [...entries.flatMap((entry) => entry.problems), ...unknown];
  process.stdout.write(`${[tableText(ledger), "", counts.join(", "), ...problems].join("\n")}\n`);
  return problems.length > 0 ? 1 : 0;
}

try {
  process.exitCode = main();
} catch (error) {
  process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
