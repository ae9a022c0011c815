/** The five concerns that the paper codes from each report, in the order of its Table 1. */
export const CONCERNS = ["prisonerOfConscience", "torture", "deathPenalty", "legal", "medical"] as const;
export type Concern = (typeof CONCERNS)[number];

/** Whether each concern is stated; null where it was not coded. */
export type Concerns = Readonly<Record<Concern, boolean | null>>;

/**
 * One value for each concern from several reports: yes if any report says yes, no if none does and at least one is
 * coded, missing if none is.
 *
 * This is how the paper's "any torture concerns" reads. It also means that a woman with more reports has more chances
 * of a yes.
 *
 * @param reports at least one
 * @example anyConcern([{ ...none, torture: null }, { ...none, torture: false }]).torture // false
 */
export function anyConcern(reports: readonly Concerns[]): Concerns {
  const any = (concern: Concern): boolean | null => {
    const coded = reports.map((report) => report[concern]).filter((value) => value !== null);
    return coded.length === 0 ? null : coded.includes(true);
  };
  return {
    prisonerOfConscience: any("prisonerOfConscience"),
    torture: any("torture"),
    deathPenalty: any("deathPenalty"),
    legal: any("legal"),
    medical: any("medical"),
  };
}
