/**
 * What a row of the project's files can say of where it comes from: it rests on the pages listed in the row, a generator
 * made it and it describes nobody, or it comes from the authors of the paper.
 */
export const PROVENANCE = ["public-record", "synthetic", "published"] as const;
export type RowProvenance = (typeof PROVENANCE)[number];

/**
 * Where data come from: what a row of the project's files can say, `"own"`, for the data that a reader brings to the
 * method, of which the project knows nothing but what their file says; or `"judgement"`: somebody's beliefs, weights,
 * likelihoods or readings, which are no data, whatever they are about.
 */
export const ANY_PROVENANCE = [...PROVENANCE, "own", "judgement"] as const;
export type Provenance = (typeof ANY_PROVENANCE)[number];

/** Anything that says where it comes from: a row, rows, or a result over rows. */
export type Sourced =
  | { readonly provenance: Provenance }
  | readonly { readonly provenance: Provenance }[]
  | { readonly provenance: readonly Provenance[] };

/**
 * The distinct kinds of provenance in `x`, in the fixed order public-record, synthetic, published, own, judgement.
 * Results carry this list so that a figure made from them can say what it rests on.
 *
 * @example provenancesOf(loadLongList().rows) // ["public-record", "synthetic"]
 */
export function provenancesOf(x: Sourced): Provenance[] {
  const found = new Set<Provenance>();
  if ("provenance" in x) {
    for (const provenance of [x.provenance].flat()) found.add(provenance);
  } else {
    for (const row of x) found.add(row.provenance);
  }
  return ANY_PROVENANCE.filter((provenance) => found.has(provenance));
}

/**
 * Whether any part of `x` is synthetic. One synthetic row is enough: what is computed from it
 * describes no real group of women.
 *
 * @example isSynthetic(loadFreeThe20()) // false
 */
export function isSynthetic(x: Sourced): boolean {
  return provenancesOf(x).includes("synthetic");
}

/**
 * The words that stand over a table or a figure which shows not only what is known; null where it does.
 *
 * @example provenanceMark(loadLongList()) // "PARTLY SYNTHETIC DATA"
 */
export function provenanceMark(x: Sourced): string | null {
  const data = provenancesOf(x).filter((provenance) => provenance !== "judgement");
  const synthetic = data.length === 1 ? "SYNTHETIC DATA" : "PARTLY SYNTHETIC DATA";
  const marks = [
    ...(data.includes("synthetic") ? [synthetic] : []),
    ...(provenancesOf(x).includes("judgement") ? ["JUDGEMENTS"] : []),
  ];
  return marks.length === 0 ? null : marks.join(" · ");
}
