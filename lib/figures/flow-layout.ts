/** A part of a whole that leaves at a stage, or the parts that the last stage consists of. */
export interface FlowPart {
  readonly label: string;
  readonly count: number;
}

/** Where a number of people has got to, and who did not get further. */
export interface FlowStage extends FlowPart {
  /** Who leaves between this stage and the next one; at the last stage, the parts that it consists of. */
  readonly leaves: readonly FlowPart[];
}

/** A bar of the flow, in pixels from the top of the plot. */
export interface FlowNode extends FlowPart {
  readonly kind: "stage" | "leaves" | "part";
  /** Column, counted from 0. */
  readonly column: number;
  readonly top: number;
  readonly height: number;
  /** Number of the node that it comes from; null for the first. */
  readonly from: number | null;
}

/** Room that a label of two lines needs below another, in pixels. */
const LABEL = 34;
/** Between the flow that goes on and those who leave. */
const GAP = 26;

/**
 * Places the bars: the flow that goes on along the top, those who leave below it, the earlier the lower, so that each
 * has free room to its right for its label.
 *
 * @param scale pixels a person
 * @returns nodes, each after the one it comes from, those who go on before those who leave; counts of 0 have none
 */
export function flowNodes(stages: readonly FlowStage[], scale: number): FlowNode[] {
  const reached = stages.filter((stage) => stage.count > 0);
  const nodes = reached.map(
    ({ label, count }, column): FlowNode => ({
      kind: "stage",
      label,
      count,
      column,
      top: 0,
      height: count * scale,
      from: column === 0 ? null : column - 1,
    }),
  );
  let bottom = 0;
  for (const [back, stage] of [...reached].reverse().entries()) {
    const from = reached.length - 1 - back;
    const last = from === stages.length - 1;
    const leaves = stage.leaves.filter((part) => part.count > 0);
    let top = last ? 0 : Math.max(bottom, (reached[from + 1]?.count ?? 0) * scale) + GAP;
    for (const part of leaves) {
      const height = part.count * scale;
      nodes.push({ ...part, kind: last ? "part" : "leaves", column: from + 1, top, height, from });
      bottom = top + height;
      top = Math.max(bottom + 10, top + LABEL);
    }
    bottom = Math.max(bottom, top - LABEL);
  }
  return nodes;
}
