import { loadPublished, type Published } from "../../data";

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
  const worked = (document: Conclusion["document"]): Mechanism[] => [
    ...new Set(
      conclusions
        .filter((one) => one.document === document && one.role === "worked")
        .map(({ mechanism }) => mechanism),
    ),
  ];
  const [draft, article] = [worked("working-paper"), worked("article")];
  return {
    shared: draft.filter((one) => article.includes(one)),
    onlyDraft: draft.filter((one) => !article.includes(one)),
    onlyArticle: article.filter((one) => !draft.includes(one)),
  };
}
