import { loadPublished, type Published } from "../../data";
import { InvalidInputError } from "../../statistics";
import { calledAs, lengthOf } from "../../statistics/inner";

/** Works as the paper cites them, with the decisions on what the code flags. */
export type Citations = Published["citations"];
/** Authors with the year or years of one bracket. */
export type Citation = Citations["cited"][number];

/** Two citations that may be one work or one person under two names. */
export interface CitationCandidate {
  readonly kind: "spelling" | "year";
  /** The two spellings, or the authors who are cited with several years. */
  readonly names: readonly string[];
  readonly years: readonly string[];
  readonly places: readonly string[];
}

/** A candidate with what was decided about it. */
export interface DecidedCandidate extends CitationCandidate {
  readonly mismatch: boolean;
  readonly reason: string;
  readonly sources: readonly string[];
}

/**
 * Citations that may not match: surnames one letter or one exchange of neighbours apart, and authors who are cited with
 * years that never stand side by side. It flags and does not judge: Nielsen and Nielson are two people, and authors
 * write more than one work.
 *
 * @param cited in any order
 * @returns spellings first, then years, each in the order in which the names first appear
 * @example citationCandidates(loadPublished().citations.cited).length
 */
export function citationCandidates(cited: readonly Citation[]): CitationCandidate[] {
  lengthOf("citationCandidates", "cited", cited);
  const names = [...new Set(cited.flatMap(({ authors }) => surnames(authors)))];
  const spellings = names.flatMap((one, i) =>
    names
      .slice(i + 1)
      .filter((other) => distance(one, other) === 1)
      .map((other) => describe("spelling", [one, other].sort(), cited)),
  );
  const authors = [...new Set(cited.map((citation) => citation.authors))];
  const years = authors
    .filter((name) => hasScatteredYears(cited.filter((citation) => citation.authors === name)))
    .map((name) => describe("year", [name], cited));
  return [...spellings, ...years];
}

/**
 * The candidates with what is on record about each in data/published.json.
 *
 * @throws InvalidInputError where a candidate has no decision, or a decision no candidate, naming it
 * @example decidedCitations().filter(({ mismatch }) => mismatch).map(({ names }) => names)
 */
export function decidedCitations(citations: Citations = loadPublished().citations): DecidedCandidate[] {
  lengthOf("decidedCitations", "citations.decided", citations.decided);
  const candidates = calledAs("decidedCitations", () => citationCandidates(citations.cited));
  const same = (a: CitationCandidate, b: Citations["decided"][number]): boolean =>
    a.kind === b.kind && a.names.join() === [...b.names].sort().join();
  const idle = citations.decided.find((decision) => !candidates.some((candidate) => same(candidate, decision)));
  if (idle !== undefined) {
    throw new InvalidInputError(
      `decidedCitations: a decision is on record about ${idle.names.join(" and ")} (${idle.kind}), and nothing of that kind is cited`,
      "citations",
    );
  }
  return candidates.map((candidate) => {
    const decision = citations.decided.find((one) => same(candidate, one));
    if (decision !== undefined) {
      const { mismatch, reason, sources } = decision;
      return { ...candidate, mismatch, reason, sources };
    }
    throw new InvalidInputError(
      `decidedCitations: ${candidate.names.join(" and ")} (${candidate.kind}) may not match, and no decision is on record; write one into data/published.json`,
      "citations",
    );
  });
}

function describe(
  kind: CitationCandidate["kind"],
  names: readonly string[],
  cited: readonly Citation[],
): CitationCandidate {
  const found = cited.filter(({ authors }) =>
    kind === "year" ? names.includes(authors) : surnames(authors).some((name) => names.includes(name)),
  );
  return {
    kind,
    names,
    years: [...new Set(found.flatMap(({ years }) => years))].sort(),
    places: [...new Set(found.map(({ place }) => place))],
  };
}

/** "Hofmann, Osnago, and Ruta" are three surnames, "Ron et al." one. */
function surnames(authors: string): string[] {
  return authors
    .replace(/ et al\.$/, "")
    .split(/, and |, | and /)
    .filter((name) => name !== "");
}

/** Whether two of the years never stand in one bracket. Years in one bracket are meant as several works. */
function hasScatteredYears(cited: readonly Citation[]): boolean {
  const years = [...new Set(cited.flatMap((citation) => citation.years))];
  return years.some((one, i) =>
    years.slice(i + 1).some((other) => !cited.some(({ years: side }) => side.includes(one) && side.includes(other))),
  );
}

/**
 * Edits from one word to another, an exchange of two neighbours counting as one (optimal string alignment: Damerau 1964).
 */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  const at = (i: number, j: number): number => rows[i]?.[j] ?? 0;
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, at(i - 2, j - 2) + 1);
      row.push(least);
    }
  }
  return at(a.length, b.length);
}

/** What a version of the paper says of a mechanism. */
export type Conclusion = Published["conclusions"][number];
type Mechanism = Conclusion["mechanism"];

/** What the draft and the article name as what worked, side by side. */
export interface ConclusionsCompared {
  /** Named as what worked in both. */
  readonly shared: readonly Mechanism[];
  readonly onlyDraft: readonly Mechanism[];
  readonly onlyArticle: readonly Mechanism[];
}

/**
 * Which mechanisms the draft and the article's abstract name as what worked. Only wording is compared: the article's
 * body may say more than its abstract.
 *
 * @example compareConclusions().onlyArticle // ["deadlock"]
 */
export function compareConclusions(
  conclusions: readonly Conclusion[] = loadPublished().conclusions,
): ConclusionsCompared {
  lengthOf("compareConclusions", "conclusions", conclusions);
  const worked = (document: Conclusion["document"]): Mechanism[] => [
    ...new Set(
      conclusions.filter((one) => one.document === document && one.role === "worked").map(({ mechanism }) => mechanism),
    ),
  ];
  const [draft, article] = [worked("working-paper"), worked("article")];
  return {
    shared: draft.filter((one) => article.includes(one)),
    onlyDraft: draft.filter((one) => !article.includes(one)),
    onlyArticle: article.filter((one) => !draft.includes(one)),
  };
}
