import type { Dataset } from "../../data/schema";
import { type Table, table } from "../../tables";
import { HYPOTHESES, HYPOTHESIS_IDS, hypothesis } from "./hypothesis";
import { IMPLICATIONS } from "./implication";
import type { Evidence } from "./load-evidence";

/** The working paper and the abstract: words of the authors, no data. */
const WORDS = { provenance: ["published"] } as const;

/**
 * The hypotheses side by side, with what the two versions of the paper conclude about each.
 *
 * @example show(hypothesesTable())
 */
export function hypothesesTable(): Table {
  return table(HYPOTHESES, {
    caption: "Five explanations that exclude each other",
    data: WORDS,
    columns: [
      { label: "Hypothesis", value: "name" },
      { label: "What it says", value: "statement" },
      { label: "The draft (2018)", value: "draft" },
      { label: "The article (2022)", value: "article" },
      { label: "From", value: "origin" },
    ],
  });
}

/**
 * What one should be able to observe under each hypothesis, which of the four tests that would be, and what the public
 * record has of it.
 *
 * @example show(implicationsTable(loadEvidence()))
 */
export function implicationsTable(evidence: Dataset<Evidence>): Table {
  const title = (id: string): string => evidence.rows.find((row) => row.id === id)?.title ?? id;
  return table(IMPLICATIONS, {
    caption: "Observable implications, and what the public record has of them",
    data: evidence,
    columns: [
      { label: "If this holds …", value: (row) => hypothesis(row.hypothesis).name },
      { label: "… one should observe", value: "observation" },
      { label: "Test", value: "test" },
      { label: "Look in", value: "lookIn" },
      { label: "Public record", value: "finding" },
      { label: "Rows", value: (row) => (row.evidence.length === 0 ? "none" : row.evidence.map(title)) },
    ],
  });
}

/**
 * The evidence: what is stated, when, and on which pages. No judgement is in it.
 *
 * @param country rows of one country only; all unless told
 * @example show(evidenceTable(loadEvidence(), "Uzbekistan"))
 */
export function evidenceTable(evidence: Dataset<Evidence>, country?: Evidence["country"]): Table {
  const rows = evidence.rows.filter((row) => country === undefined || row.country === country);
  return table(rows, {
    caption: `${country === undefined ? "Public facts" : headings[country]}, in the order of their days`,
    data: evidence,
    columns: [
      {
        label: "When",
        value: ({ when }) => when.reported?.text ?? `${when.earliest} to ${when.latest}`,
      },
      { label: "Row", value: "title" },
      { label: "What the sources state", value: "statement" },
      { label: "Sources", value: "sources" },
    ],
  });
}

const headings = {
  Azerbaijan: "Azerbaijan: two featured women, both released",
  Uzbekistan: "Uzbekistan: one featured woman, no release found",
  campaign: "The campaign as a whole",
} as const;

/**
 * How this project reads each row: the words by hypothesis, and why. Judgements, to be disagreed with.
 *
 * @example show(readingTable(loadEvidence()))
 */
export function readingTable(evidence: Dataset<Evidence>): Table {
  return table(evidence.rows, {
    caption: "How the rows are read here: a judgement, not public record",
    data: evidence,
    columns: [
      { label: "Row", value: "title" },
      ...HYPOTHESIS_IDS.map((id) => ({
        label: hypothesis(id).name,
        value: (row: Evidence) => row.expectation[id],
      })),
      { label: "Why", value: "reading" },
    ],
  });
}
