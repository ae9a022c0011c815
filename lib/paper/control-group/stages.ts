import type { ControlGroup } from "./control-group";

/** People who are still counted at a stage of the attrition, and where they go who are not counted at the next one. */
export interface AttritionStage {
  readonly label: string;
  readonly count: number;
  readonly leaves: readonly { readonly label: string; readonly count: number }[];
}

/**
 * The attrition of a control group as the stages of a flow diagram: named people, women, prisoners, complete cases, and
 * these by whether they were featured.
 *
 * @param group of {@link controlGroup}
 * @returns stages for flowFigure(); whoever is missing from a stage leaves the one before, with the reason
 * @example flowFigure(attritionStages(group), { data: group, title: "From names to rows" })
 */
export function attritionStages(group: ControlGroup): AttritionStage[] {
  const [everybody, ...steps] = group.attrition;
  const shown = new Map([
    [everybody.step, "people named"],
    ["women", "women"],
    ["held for two months or more", "prisoners"],
    ["all concerns coded", "complete"],
  ]);
  const stages: AttritionStage[] = [];
  let leaves: { label: string; count: number }[] = [];
  let current = { label: "people named", count: everybody.people };
  for (const { step, people, excluded, reason } of steps) {
    if (excluded > 0) leaves.push({ label: reason ?? step, count: excluded });
    const label = shown.get(step);
    if (label === undefined) continue;
    stages.push({ ...current, leaves });
    current = { label, count: people };
    leaves = [];
  }
  const featured = group.complete.filter((woman) => woman.featured).length;
  const parts = [
    { label: "featured", count: featured },
    { label: "not featured", count: group.complete.length - featured },
  ];
  return [...stages, { ...current, leaves: parts }];
}
