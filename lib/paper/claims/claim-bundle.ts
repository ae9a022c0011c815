import { escapeHtml, tableHtml, tableText } from "../../tables";
import type { Claim } from "./claim";
import { claimTable } from "./claim-table";

/** What `npm run notebooks` reads a verdict from. */
export const CLAIM_MIME = "application/vnd.hrd.claim+json";

/** A claim in all forms in which a notebook shows it. */
export function claimBundle(claim: Claim): Record<string, unknown> {
  const { id, verdict, recorded, basis } = claim;
  const shown = claimTable(claim);
  return {
    [CLAIM_MIME]: { id, verdict, recorded: basis === "other data" ? verdict : recorded, basis },
    "text/html": `${tableHtml(shown)}\n<p>${escapeHtml(claim.text)}</p>`,
    "text/plain": `${tableText(shown)}\n${claim.text}`,
  };
}
