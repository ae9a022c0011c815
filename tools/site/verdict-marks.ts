/** What a verdict looks like where colour is not seen. */
export const VERDICT_MARKS: Readonly<Record<string, { mark: string; kind: string }>> = {
  "holds by the printed numbers": { mark: "✓", kind: "good" },
  attainable: { mark: "≈", kind: "good" },
  "inconsistent within the paper": { mark: "≠", kind: "bad" },
  "criticism of method": { mark: "!", kind: "open" },
  wording: { mark: "“”", kind: "open" },
  "cannot be known": { mark: "?", kind: "open" },
  "not yet checked": { mark: "…", kind: "todo" },
};

/** Gives the output of a claim the mark and the colour of its verdict, the same that the index counts it under. */
export function markVerdict(section: Element, verdict: string): void {
  const { mark, kind } = VERDICT_MARKS[verdict] ?? { mark: "?", kind: "open" };
  section.classList.add("claim", kind);
  section.querySelector(".caption")?.setAttribute("data-mark", mark);
}
