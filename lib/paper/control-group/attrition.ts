import type { Person, ReportRow } from "../../data/urgent-actions";

/** A step from the reports to the cases that a model uses. */
export interface AttritionStep {
  readonly step: string;
  /** Different reports that name anybody who is left. */
  readonly reports: number;
  readonly people: number;
  readonly women: number;
  /** People whom this step left out. */
  readonly excluded: number;
  /** Why; null for the first step. */
  readonly reason: string | null;
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
    this.note(step, first, 0, null);
  }

  /** Notes a step and gives the people back who are left. */
  keep<P extends Person, Q extends P>(
    step: string,
    reason: string,
    before: readonly P[],
    left: readonly Q[],
  ): readonly Q[] {
    this.note(step, left, before.length - left.length, reason);
    return left;
  }

  private note(step: string, left: readonly Person[], excluded: number, reason: string | null): void {
    const ids = new Set(left.map((person) => person.id));
    const reports = new Set(this.rows.filter((row) => ids.has(row.person)).map((row) => row.index.text));
    const women = left.filter((person) => person.sex === "female").length;
    this.steps.push({ step, reports: reports.size, people: left.length, women, excluded, reason });
  }
}
