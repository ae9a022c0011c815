import type { Woman } from "../../../../lib/data";
import { releaseOutcomes } from "../../../../lib/data/outcomes";
import type { CodedDataset, Coding } from "../../../../lib/data/schema";
import type { Figure } from "../../../../lib/figures/figure";
import type { Layout } from "../../../../lib/figures/plotly";
import { survivalFigure } from "../../../../lib/figures/survival-figure";
import { kaplanMeier } from "../../../../lib/survival/kaplan-meier";
import { logRank } from "../../../../lib/survival/log-rank";
import { pText } from "../../../../lib/tables/log-rank-table";

/**
 * Figure 1 and its test for a follow-up and a coding that a reader chooses: the library's own functions, in the
 * browser, on data that the loaders wrote into the page.
 */

/** What the page holds: the long list, and the women about whom codings differ, in both ways. */
export interface ReleaseData {
  /** The long list under the working paper's coding. */
  readonly list: CodedDataset<Woman>;
  readonly codings: readonly Coding[];
  /** The women about whom the codings differ. */
  readonly unclear: readonly UnclearWoman[];
}

export interface UnclearWoman {
  readonly id: string;
  readonly name: string;
  /** Her row where she counts as released, and where she does not. */
  readonly released: Woman;
  readonly held: Woman;
  /** Names of the codings under which she counts as released. */
  readonly countedBy: readonly string[];
}

/** What the reader chose. */
export interface ReleaseChoice {
  /** Months after the launch at which observation ends. */
  readonly followUpMonths: number;
  /** Ids of the unclear women who count as released. */
  readonly counted: ReadonlySet<string>;
  /** Months between the ticks of the axis; 6 unless said otherwise. */
  readonly tickEvery?: number;
}

export interface ReleaseResult {
  readonly figure: Figure;
  readonly pValue: number;
  /** The test and both counts in a sentence. */
  readonly sentence: string;
  /** The coding that counts these women, null where none does. */
  readonly coding: Coding | null;
}

/** The named coding that counts exactly these of the unclear women; null where none does. */
export function codingOf(data: ReleaseData, counted: ReadonlySet<string>): Coding | null {
  const same = (coding: Coding): boolean =>
    data.unclear.every((woman) => woman.countedBy.includes(coding.name) === counted.has(woman.id));
  return data.codings.find(same) ?? null;
}

/** The unclear women whom a coding counts as released. */
export function countedBy(data: ReleaseData, coding: string): Set<string> {
  return new Set(data.unclear.filter((woman) => woman.countedBy.includes(coding)).map(({ id }) => id));
}

/** Curves and test for a choice. */
export function releaseResult(data: ReleaseData, choice: ReleaseChoice): ReleaseResult {
  const { followUpMonths, counted } = choice;
  const rows = data.list.rows.map((row) => {
    const woman = data.unclear.find(({ id }) => id === row.id);
    if (woman === undefined) return row;
    return counted.has(woman.id) ? woman.released : woman.held;
  });
  const coding = codingOf(data, counted);
  const featured = rows.filter((row) => row.featured);
  const count = `${featured.filter((row) => row.counted).length} of ${featured.length} released`;
  const title = coding?.title ?? `a coding of your own (${count})`;
  const list = { ...data.list, rows, coding: { ...data.list.coding, name: coding?.name ?? "own", title } };
  const outcomes = releaseOutcomes(list, { clock: "launch", followUpMonths });
  const { pValue, groups } = logRank(outcomes);
  const curves = kaplanMeier(outcomes, { order: ["short list", "long list"] });
  const drawn = survivalFigure(curves, {
    data: list,
    title: "Release outcomes, short list and long list",
    subtitle: title,
    eventLabel: "released",
    tickEvery: choice.tickEvery ?? 6,
    pValue,
  });
  const released = (label: string): string => {
    const group = groups.find((one) => one.label === label);
    return `${group?.observed ?? 0} of ${group?.n ?? 0}`;
  };
  const sentence =
    `${followUpMonths} ${followUpMonths === 1 ? "month" : "months"} of follow-up, ` +
    `${coding === null ? "a coding of your own" : `${coding.name} coding`}: ${released("short list")} featured and ` +
    `${released("long list")} synthetic women released. Log-rank test: ${pText(pValue)}.`;
  return { figure: fixedAxis(drawn, data.list.campaign.followUpMonths), pValue, sentence, coding };
}

/** The figure with the axis of the longest follow-up, so that it does not move while the reader does. */
function fixedAxis(figure: Figure, months: number): Figure {
  const { layout } = figure;
  const shapes = Array.isArray(layout.shapes) ? layout.shapes : [];
  const lengthened = shapes.map((shape: unknown) => {
    const fields = fieldsOf(shape);
    return fields.name === "curve-leader" ? { ...fields, x1: 1.02 * months } : fields;
  });
  const xaxis = { ...fieldsOf(layout.xaxis), range: [-0.02 * months, 1.02 * months] };
  return { ...figure, layout: { ...layout, xaxis, shapes: lengthened } };
}

function fieldsOf(value: unknown): Layout {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
