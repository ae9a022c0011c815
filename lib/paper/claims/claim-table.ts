import type { Table } from "../../tables";
import { table } from "../../tables";
import type { Claim, JudgedCheck } from "./claim";

const SIGNS = { equals: "=", below: "<", above: ">", atLeast: "≥", atMost: "≤" } as const;

/**
 * The checks of a claim as a table: each printed number with its recomputed twin.
 *
 * @example show(claimTable(claim(12, { descriptions: 2 })))
 */
export function claimTable(claim: Claim): Table {
  return table(claim.checks, {
    caption: claimHeading(claim),
    data: { provenance: claim.provenance },
    columns: [
      { label: "What", value: "quantity" },
      { label: "The paper prints", value: (check) => `${check.printed} (${check.place})` },
      { label: "Computed", value: (check) => computedText(check), align: "right" },
      { label: "Needed", value: (check) => `${SIGNS[check.rule]} ${check.value}`, align: "right" },
      {
        label: "Holds",
        value: (check) => (check.holds === null ? "cannot be known" : check.holds ? "yes" : "no"),
      },
    ],
  });
}

/** "Claim 7 contradicted, on the public record: …". */
export function claimHeading(claim: Claim): string {
  const on =
    claim.basis === "the paper's own words" ? "from the paper's own words" : `on ${article(claim.basis)}`;
  const changed =
    claim.verdict === claim.recorded || claim.basis === "other data" ? "" : ` (on record: ${claim.recorded})`;
  return `Claim ${claim.id} ${claim.verdict}${changed}, ${on}. ${claim.title}`;
}

function article(basis: Claim["basis"]): string {
  return basis === "public record" ? "the public record" : basis;
}

function computedText({ computed, rule, decimals }: JudgedCheck): string {
  if (typeof computed !== "number") return computed.unknowable;
  if (rule === "equals" || Number.isInteger(computed)) return computed.toFixed(decimals);
  return Math.abs(computed) < 0.001 ? computed.toExponential(2) : Number(computed.toPrecision(3)).toString();
}
