import type { Woman } from "../../../../lib/data";
import { type OutcomeOptions, type Outcomes, releaseOutcomes } from "../../../../lib/data/outcomes";
import type { CodedDataset, Coding } from "../../../../lib/data/schema";
import type { Figure } from "../../../../lib/figures/figure";
import { formatP } from "../../../../lib/figures/label";
import type { Layout } from "../../../../lib/figures/plotly";
import { survivalFigure } from "../../../../lib/figures/survival-figure";
import { GroupComparisonError } from "../../../../lib/statistics/errors";
import { kaplanMeier } from "../../../../lib/survival/kaplan-meier";
import { logRank } from "../../../../lib/survival/log-rank";

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

/** From when time is counted, and whether the months before the launch are. */
export interface ReleaseClock {
  readonly name: "launch" | "arrest" | "arrest-all";
  readonly title: string;
  /** The axis, and how the sentence says it; empty for the clock of Figure 1. */
  readonly axis: string;
  readonly said: string;
  readonly options: OutcomeOptions;
}

const LAUNCH: ReleaseClock = {
  name: "launch",
  title: "the launch, as in Figure 1",
  axis: "Months since launch",
  said: "",
  options: { clock: "launch" },
};

/** The clocks of the control: that of Figure 1, and footnote 5's with and without the months before the launch. */
export const CLOCKS: readonly ReleaseClock[] = [
  LAUNCH,
  {
    name: "arrest",
    title: "arrest, observed from the launch on",
    axis: "Months since arrest",
    said: ", counted from arrest and observed from the launch on",
    options: { clock: "arrest", beforeLaunch: "leave-out" },
  },
  {
    name: "arrest-all",
    title: "arrest, months before the launch included",
    axis: "Months since arrest",
    said: ", counted from arrest with the months before the launch",
    options: { clock: "arrest", delayedEntry: false },
  },
];

/** What the reader chose. */
export interface ReleaseChoice {
  /** Name of a clock; the launch unless said otherwise. */
  readonly clock?: ReleaseClock["name"];
  /** Months after the launch at which observation ends. */
  readonly followUpMonths: number;
  /** Ids of the unclear women who count as released. */
  readonly counted: ReadonlySet<string>;
  /** Months between the ticks of the launch's axis; 6 unless said otherwise. */
  readonly tickEvery?: number;
}

export interface ReleaseResult {
  readonly figure: Figure;
  /** Of the log-rank test; null where no release comes while women of both lists are at risk. */
  readonly pValue: number | null;
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

/** p of the log-rank test; null where the two lists cannot be compared. */
function comparison(outcomes: Outcomes): number | null {
  try {
    return logRank(outcomes).pValue;
  } catch (error) {
    if (error instanceof GroupComparisonError) return null;
    throw error;
  }
}

/** Curves and test for a choice. */
export function releaseResult(data: ReleaseData, choice: ReleaseChoice): ReleaseResult {
  const { followUpMonths, counted } = choice;
  const clock = CLOCKS.find(({ name }) => name === choice.clock) ?? LAUNCH;
  const coding = codingOf(data, counted);
  const list = codedList(data, counted);
  const outcomes = releaseOutcomes(list, { ...clock.options, followUpMonths });
  const pValue = comparison(outcomes);
  const curves = kaplanMeier(outcomes, { order: ["short list", "long list"] });
  const end = axisEnd(data, clock);
  const drawn = survivalFigure(curves, {
    data: list,
    title: "Release outcomes, short list and long list",
    subtitle: list.coding.title,
    timeLabel: clock.axis,
    eventLabel: "released",
    tickEvery: clock === LAUNCH ? (choice.tickEvery ?? 6) : 24,
    ...(pValue === null ? {} : { pValue }),
  });
  const released = (label: string): string => {
    const curve = curves.find((one) => one.label === label);
    return `${curve?.events.reduce((sum, events) => sum + events, 0) ?? 0} of ${curve?.n ?? 0}`;
  };
  const test =
    pValue === null
      ? "No log-rank test: nobody was released while women of both lists were at risk"
      : `Log-rank test: ${formatP(pValue)}`;
  const sentence =
    `${followUpMonths} ${followUpMonths === 1 ? "month" : "months"} of follow-up, ` +
    `${coding === null ? "a coding of your own" : `${coding.name} coding`}${clock.said}: ${released("short list")} featured and ` +
    `${released("long list")} synthetic women released. ${test}.${leftOut(outcomes)}`;
  return { figure: fixedAxis(drawn, end, lastTime(outcomes)), pValue, sentence, coding };
}

/** The long list under the reader's coding, whose title says how many are released in all, whatever the follow-up. */
function codedList(data: ReleaseData, counted: ReadonlySet<string>): CodedDataset<Woman> {
  const rows = data.list.rows.map((row) => {
    const woman = data.unclear.find(({ id }) => id === row.id);
    if (woman === undefined) return row;
    return counted.has(woman.id) ? woman.released : woman.held;
  });
  const coding = codingOf(data, counted);
  const featured = rows.filter((row) => row.featured);
  const count = `${featured.filter((row) => row.counted).length} of ${featured.length}`;
  const name = coding?.title.replace(/ \(.*\)$/, "") ?? "a coding of your own";
  const title = `${name} (${count} released by month ${data.list.campaign.followUpMonths})`;
  return { ...data.list, rows, coding: { ...data.list.coding, name: coding?.name ?? "own", title } };
}

function leftOut({ leftOut: ids }: Outcomes): string {
  if (ids.length === 0) return "";
  return ids.length === 1
    ? " One woman is left out, who was released before the launch."
    : ` ${ids.length} women are left out, who were released before the launch.`;
}

const lastTime = ({ time }: Outcomes): number => time.reduce((most, value) => Math.max(most, value), 0);

/** Where the axis ends: at the longest time of the longest follow-up, so that it does not move while the reader does. */
function axisEnd(data: ReleaseData, clock: ReleaseClock): number {
  if (clock === LAUNCH) return data.list.campaign.followUpMonths;
  // The coding decides who is released, and the longest time is of somebody who is not.
  return Math.ceil(lastTime(releaseOutcomes(codedList(data, new Set()), clock.options)));
}

/** The figure with an axis to `end`, and its labels where the curves end: at month 12 nothing is known of month 36. */
function fixedAxis(figure: Figure, end: number, last: number): Figure {
  const { layout } = figure;
  const shapes = Array.isArray(layout.shapes) ? layout.shapes : [];
  const annotations = Array.isArray(layout.annotations) ? layout.annotations : [];
  const from = last + 0.02 * end;
  const leaders = shapes.map((shape: unknown) => {
    const fields = fieldsOf(shape);
    return fields.name === "curve-leader" ? { ...fields, x1: from } : fields;
  });
  const labels = annotations.map((annotation: unknown) => {
    const fields = fieldsOf(annotation);
    return fields.name === "curve-label" ? { ...fields, xref: "x", x: from } : fields;
  });
  const xaxis = { ...fieldsOf(layout.xaxis), range: [-0.02 * end, 1.02 * end] };
  return { ...figure, layout: { ...layout, xaxis, shapes: leaders, annotations: labels } };
}

function fieldsOf(value: unknown): Layout {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
