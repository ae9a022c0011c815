import { fingerprint } from "../../../seal/seal";
import { type AtHand, changesSince, comparedWith } from "../../../verify/compare";
import { type Printed, printedClaims, printedFingerprint } from "../../../verify/printed";
import { recordsOf } from "../../../verify/records";
import { changeText, type Finding, findings, summary } from "../../../verify/report";
import { button } from "../../client/dom";
import type { PageNotebook } from "../../live";
import type { LiveApi, LivePage } from "../../live/client/api";
import { pieceFingerprints } from "../pieces";
import { cellsPart, functionPart, kernelPart, type PageVerification, partFingerprint } from "../verify-notebooks";
import { type Dialog, dialog, paragraph } from "./dialog";
import { part } from "./parts";

/**
 * *Verify*: computes every claim of the ledger in the reader's browser, compares it with what is printed, and holds rows,
 * cells and the program against their fingerprints.
 */
export function verifyButton(api: LiveApi): HTMLButtonElement {
  let open: Dialog | null = null;
  let running: AbortController | null = null;
  return button("Verify", () => {
    if (open === null) {
      open = dialog("Verify");
      open.element.addEventListener("close", () => running?.abort());
    }
    open.element.showModal();
    running?.abort();
    running = new AbortController();
    void verify(api, open, running.signal);
  });
}

async function verify(api: LiveApi, { content, say }: Dialog, signal: AbortSignal): Promise<void> {
  content.replaceChildren(
    paragraph(
      "Every claim of the ledger is computed anew in this browser, from the statements that it needs and on the project's own data, and compared to the byte with what the notebooks print. Each row of data, each cell and each function of the library, as this page runs it, is held against its fingerprint.",
    ),
  );
  const started = performance.now();
  try {
    say("Loading …");
    // A script of the site, made with it.
    const verification = (await part("verify", api)) as PageVerification;
    const { manifest, printed } = verification;
    const now = await atHand(verification, api);
    const changes = changesSince(manifest, now);
    const { computed, failed } = await recomputed(await api.ready(), verification, say, signal);
    if (signal.aborted) return;
    const found = findings(manifest, printed, computed, failed);
    const problems = document.createElement("ul");
    problems.className = "verify-problems";
    const wrong = found.filter(({ same }) => same !== true);
    problems.append(
      ...changes.map((change) => item(changeText(change))),
      ...wrong.map(({ id, words }) => item(`claim ${id} is not what is printed: ${words}`)),
    );
    content.append(problems, allClaims(found, manifest, printed));
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    say(`${summary(found, changes, comparedWith(manifest, now))} It took ${seconds} s.`);
  } catch (error) {
    if (!signal.aborted) say(`This page cannot verify: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The claims of all notebooks, one notebook after the other. */
async function recomputed(
  page: LivePage,
  { manifest, scripts }: PageVerification,
  say: (words: string) => void,
  signal: AbortSignal,
): Promise<{ computed: Printed[]; failed: Map<number, string> }> {
  const computed: Printed[] = [];
  const failed = new Map<number, string>();
  for (const notebook of Object.keys(scripts)) {
    if (signal.aborted) break;
    say(`Computing ${notebook} (${computed.length} of ${manifest.claims.length} claims done) …`);
    try {
      const cells = await page.runNotebook(`verify-${notebook}`, { signal });
      computed.push(...cells.flatMap(({ outputs }) => printedClaims(outputs)));
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error);
      for (const { id } of manifest.claims.filter((claim) => claim.notebook === notebook)) failed.set(id, words);
    }
  }
  return { computed, failed };
}

/** What the page holds: the very texts that its kernels are given. */
async function atHand({ manifest, printed, scripts }: PageVerification, api: LiveApi): Promise<AtHand> {
  const files = Object.entries(Object(await part("data", api))).filter(([file]) => file.startsWith("data/"));
  const cells = new Map<string, string>();
  const functions = new Map<string, string>();
  for (const [notebook, { length, places }] of Object.entries(scripts)) {
    const whole = (await part(`cells-${notebook}`, api)) as PageNotebook;
    for (const { id, source } of whole.cells) cells.set(`${notebook}: ${id}`, fingerprint(source));
    functions.set(cellsPart(notebook), partFingerprint(await part(`cells-verify-${notebook}`, api)));
    const script = String(await part(`kernel-${notebook}`, api));
    for (const [name, hash] of pieceFingerprints(script, places, kernelPart(notebook))) {
      const own = name === kernelPart(notebook) ? name : functionPart(notebook, name);
      // Where it is longer or shorter, nothing stands in its place any more: the script as a whole is another one.
      functions.set(own, script.length === length || own === name ? hash : (manifest.functions[own] ?? hash));
    }
  }
  return {
    files: new Map(files.map(([file, text]) => [file, recordsOf(file, String(text))])),
    cells,
    functions,
    printed: new Map(printed.map((claim) => [claim.id, printedFingerprint(claim)])),
  };
}

function allClaims(
  found: readonly Finding[],
  { claims }: PageVerification["manifest"],
  printed: readonly Printed[],
): HTMLElement {
  const fold = document.createElement("details");
  const title = document.createElement("summary");
  title.textContent = "All claims";
  const list = document.createElement("ul");
  for (const { id, same } of found) {
    const claim = claims.find((one) => one.id === id);
    const verdict = printed.find((one) => one.id === id)?.verdict ?? "";
    const line = document.createElement("li");
    const link = document.createElement("a");
    link.href = `${claim?.notebook}.html#cell-${claim?.cell}`;
    link.textContent = `${same === true ? "✓" : "✗"} claim ${id}`;
    line.append(link, `, ${verdict}: ${same === true ? "computed here as printed" : "not as printed"}`);
    list.append(line);
  }
  fold.append(title, list);
  return fold;
}

function item(text: string): HTMLElement {
  const made = document.createElement("li");
  made.textContent = text;
  return made;
}
