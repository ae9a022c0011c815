import { type Table, table } from "../../tables";
import type { ControlGroup } from "./control-group";

/**
 * From the reports to the complete cases, a line a step: what is left, whom the step left out, and why. The paper gives
 * these numbers in sentences.
 *
 * @param group of controlGroup()
 * @example show(attritionTable(controlGroup(loadUrgentActions(), loadPrisoners())))
 */
export function attritionTable(group: ControlGroup): Table {
  return table(group.attrition, {
    caption: "From reports to complete cases",
    data: group,
    columns: [
      { label: "Step", value: "step" },
      { label: "Reports", value: "reports" },
      { label: "People", value: "people" },
      { label: "Women", value: "women" },
      {
        label: "Left out",
        value: ({ excluded, reason }) => (reason === null ? null : excluded),
        align: "right",
      },
      { label: "Because", value: ({ excluded, reason }) => (excluded === 0 ? null : reason) },
    ],
  });
}
