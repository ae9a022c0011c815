import type { LedgerEntry } from "../notebooks/ledger";
import { plainText } from "./html";
import type { Page } from "./site";
import { sixLines } from "./six-lines";
import { VERDICT_MARKS } from "./verdict-marks";

/** What was found, with what it rests on; null where that is said already. */
export interface Answer {
  readonly found: string;
  readonly restsOn: string | null;
}

/** Computed: the lines of the cell tagged `six-lines` (`headlines()` of the library), by the notebook that shows them. */
const ANSWERED_BY: Readonly<Record<string, string>> = {
  Releases: "00-campaign",
  "Figure 1": "01-long-list",
  "Table 1": "03-cox-models",
  "The clock": "05-clocks-and-codings",
};

/** The notebook with the ledger. */
export const LEDGER = "13-ledger";

/**
 * Written: one sentence for each of the other notebooks, and the words of its page that it sums up. It is shown as long
 * as the page says them.
 */
const WRITTEN: Readonly<Record<string, { readonly found: string; readonly sumsUp: readonly string[] }>> = {
  "02-ua-control-group": {
    found: "The printed counts agree with one another, but the paper has no table of who was left out where.",
    sumsUp: ["The printed numbers are consistent with one another; the paper has no table of who was left out where"],
  },
  "04-diagnostics": {
    found:
      "What textbooks warn of first hardly moves the coefficient; what does is who is in the data and from when she counts.",
    sumsUp: ["What moves it is who is in the data and from when she counts"],
  },
  "06-attention": {
    found:
      "That searches rose at the launch and that no attention lasted can both be true if the rise was short; whether it was cannot be known.",
    sumsUp: ["Both can be true if the rise was short", "Whether it was so cannot be known"],
  },
  "07-mechanisms": {
    found:
      "Private inducements are in both versions of the paper; what public pressure did is not, and the public record says next to nothing about it.",
    sumsUp: ["Private inducements are in both; what public pressure did is not", "the public record is nearly silent"],
  },
  "08-your-own-campaign": {
    found:
      "Say once what the columns of your file mean; a report says which rows are used, which are not, and what was assumed.",
    sumsUp: ["which rows are used, which are not, and what was assumed on the way"],
  },
  "09-at-scale": {
    found:
      "Counts give the same model as the rows that they count, to the last printed digit; taken for weights they give another, without a warning.",
    sumsUp: ["Rows and counts agree to the last digit that is printed", "it is one model, written shorter"],
  },
  "10-forensics": {
    found:
      "Hazard ratios, intervals and p values can be recomputed from what is printed; how many releases stand behind each coefficient cannot.",
    sumsUp: ["how many events stand behind each coefficient, cannot be known from the paper"],
  },
  "11-more-diagnostics": {
    found:
      "Strata, ties, few events and six missing rows hardly move the campaign's coefficient; what no page says of the nineteen does.",
    sumsUp: [
      "None of these moves the campaign's coefficient by much",
      "What does move it comes last: what is made of the things that no page says of the nineteen",
    ],
  },
  "12-more-clocks": {
    found:
      "Uncertain dates matter least; and an effect that lasts looks like women who were nearer to release from the start.",
    sumsUp: ["the one that matters least", "An effect that lasts would look like this"],
  },
  "14-more-models": {
    found:
      "A curve of first releases counts as free whoever was out for a month; what tells never from late is the form of a model alone.",
    sumsUp: ["counts as free whoever was on bail for a month", "what tells never from late is the form alone"],
  },
};

/** The answers of notebooks, by name: computed, counted, or summed up from words that their pages say. */
export function answers(pages: readonly Page[], ledger: readonly LedgerEntry[]): ReadonlyMap<string, Answer> {
  const found = new Map<string, Answer>();
  for (const { notebook, main } of pages) {
    const written = WRITTEN[notebook ?? ""];
    if (notebook === null || written === undefined) continue;
    const text = plainText(main);
    if (written.sumsUp.every((words) => text.includes(words)))
      found.set(notebook, { found: written.found, restsOn: null });
  }
  for (const { about, found: line, restsOn } of sixLines(pages)?.lines ?? []) {
    const notebook = ANSWERED_BY[about];
    if (notebook !== undefined) found.set(notebook, { found: line, restsOn });
  }
  if (ledger.length > 0) found.set(LEDGER, { found: `${ledgerCounts(ledger)}.`, restsOn: null });
  return found;
}

/** "36 claims: 9 hold by the printed numbers, 6 attainable …", in the order of the ledger's marks. */
export function ledgerCounts(ledger: readonly LedgerEntry[]): string {
  const counts = Object.keys(VERDICT_MARKS).flatMap((verdict) => {
    const count = ledger.filter(({ claim }) => claim.verdict === verdict).length;
    return count === 0 ? [] : [countedVerdict(count, verdict)];
  });
  return `${ledger.length} claims: ${counts.join(", ")}`;
}

/** So many claims of one verdict: "1 holds by the printed numbers", "9 hold by the printed numbers". */
export function countedVerdict(count: number, verdict: string): string {
  return `${count} ${count === 1 ? verdict : verdict.replace(/^holds/, "hold")}`;
}

/** The first sentence of an answer, for where there is room for one. */
export function firstSentence(text: string): string {
  return /^.*?[.?](?=\s+[A-Z]|$)/s.exec(text)?.[0] ?? text;
}
