import type { Person, ReportRow } from "../../data/urgent-actions";
import type { Sourced } from "../../files";
import { type Table, table } from "../../tables";

/** A step from the reports to the cases that a model uses. */
export interface AttritionStep {
  readonly step: string;
  /** Different reports that name anybody who is left. */
  readonly reports: number;
  readonly people: number;
  readonly women: number;
  /** People whom this step left out. */
  readonly excluded: number;
  /** People whom this step counts beside those named in a report of the file. */
  readonly added: number;
  /** Why; null for the first step. */
  readonly reason: string | null;
}

/** What is shown of a control group's way from names to rows. */
interface Attrition {
  readonly attrition: readonly AttritionStep[];
  readonly complete: readonly { readonly featured: boolean }[];
}

/** Writes down what each step of a pipeline leaves, so that nothing is left out without a number. */
export class AttritionLog {
  readonly steps: AttritionStep[] = [];

  constructor(
    /** Rows that reports are counted in: all of the file, until the pipeline looks at fewer. */
    public rows: readonly ReportRow[],
    step: string,
    first: readonly Person[],
  ) {
    this.note(step, first, { excluded: 0, added: 0 }, null);
  }

  /** Notes a step and gives the people back who are left. */
  keep<P extends Person>(step: string, reason: string, left: readonly P[]): readonly P[] {
    const before = this.steps.at(-1)?.people ?? 0;
    this.note(step, left, { excluded: before - left.length, added: 0 }, reason);
    return left;
  }

  /** Notes who is counted beside them, where anybody is, and gives all of them. */
  add<P extends Person>(step: string, left: readonly P[], beside: readonly P[]): readonly P[] {
    const all = [...left, ...beside];
    if (beside.length > 0) this.note(step, all, { excluded: 0, added: beside.length }, null);
    return all;
  }

  private note(
    step: string,
    left: readonly Person[],
    moved: Pick<AttritionStep, "excluded" | "added">,
    reason: string | null,
  ): void {
    const ids = new Set(left.map((person) => person.id));
    const reports = new Set(this.rows.filter((row) => ids.has(row.person)).map((row) => row.index.text));
    const women = left.filter((person) => person.sex === "female").length;
    this.steps.push({ step, reports: reports.size, people: left.length, women, ...moved, reason });
  }
}

/**
 * From the reports to the complete cases, a line a step: what is left, whom the step left out, and why. The paper gives
 * these numbers in sentences. People who are counted beside the file's, because they are public record and the reports on
 * them are not known, have a line that says so.
 *
 * @param group of controlGroup()
 * @example show(attritionTable(controlGroup(loadUrgentActions(), loadPrisoners())))
 */
export function attritionTable(group: Sourced & Pick<Attrition, "attrition">): Table {
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
        value: ({ excluded, added, reason }) => (added > 0 ? `+${added}` : reason === null ? null : excluded),
        align: "right",
      },
      { label: "Because", value: because },
    ],
  });
}

const because = ({ excluded, added, reason }: AttritionStep): string | null => {
  if (added > 0) return "counted beside them: public record, reports on them not known";
  return excluded === 0 ? null : reason;
};

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
export function attritionStages(group: Attrition): AttritionStage[] {
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
  for (const { step, people, excluded, added, reason } of steps) {
    current = { ...current, count: current.count + added };
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
