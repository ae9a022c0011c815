import { canonicalJson, fingerprint } from "../seal/seal";

/** Mime type under which a cell shows a claim; CLAIM_MIME of lib/paper/claims, which reads files. */
const CLAIM_MIME = "application/vnd.hrd.claim+json";

/** What a claim's output says in all its forms, with the claim's number. */
export interface Printed {
  readonly id: number;
  readonly verdict: string;
  /** One form after the other; texts as one string. */
  readonly forms: Readonly<Record<string, unknown>>;
}

/** The claims among the outputs of a cell, as a notebook stores them or a kernel gives them. */
export function printedClaims(outputs: readonly unknown[]): Printed[] {
  return outputs.flatMap((output) => {
    if (typeof output !== "object" || output === null || !("data" in output)) return [];
    const found = printedClaim(output.data);
    return found === null ? [] : [found];
  });
}

/** A claim from all the forms in which it is shown; null for what is no claim. */
export function printedClaim(data: unknown): Printed | null {
  if (typeof data !== "object" || data === null || !(CLAIM_MIME in data)) return null;
  const claim = data[CLAIM_MIME];
  if (typeof claim !== "object" || claim === null || !("id" in claim) || typeof claim.id !== "number") return null;
  const forms = Object.fromEntries(
    Object.entries(data).map(([type, value]) => [type, type.startsWith("text/") ? asText(value) : value]),
  );
  return { id: claim.id, verdict: "verdict" in claim ? String(claim.verdict) : "", forms };
}

function asText(value: unknown): string {
  return Array.isArray(value) ? value.map(String).join("") : String(value);
}

export function printedFingerprint({ forms }: Printed): string {
  return fingerprint(canonicalJson(forms));
}

/**
 * The first line in which two ways of saying the same claim differ; null where they agree to the byte.
 *
 * @param printed what stands in the notebook
 * @param computed what the code gives now
 */
export function firstDifference(printed: Printed, computed: Printed): string | null {
  if (canonicalJson(printed.forms) === canonicalJson(computed.forms)) return null;
  const [old, now] = [printed, computed].map(({ forms }) => asText(forms["text/plain"] ?? "").split("\n"));
  const at = Math.max(old?.length ?? 0, now?.length ?? 0);
  for (let line = 0; line < at; line++)
    if (old?.[line] !== now?.[line]) return `printed "${old?.[line] ?? ""}", computed "${now?.[line] ?? ""}"`;
  const types = [...new Set([...Object.keys(printed.forms), ...Object.keys(computed.forms)])];
  const differing = types.filter(
    (type) => canonicalJson(printed.forms[type] ?? null) !== canonicalJson(computed.forms[type] ?? null),
  );
  return `${differing.join(", ")} differs`;
}
