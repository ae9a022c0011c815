import type { Figure } from "../figures";
import { type FollowUpRow, followUpFigure, incidenceFigure, survivalFigure } from "../figures";
import { checkFields } from "../statistics/inner";
import { type Table, table } from "../tables";
import { type CampaignAnalysis, whenComputed } from "./analyse";
import type { CampaignData } from "./campaign-data";

export interface SpellRowsOptions {
  /** How many rows, at most; 24 unless told. */
  readonly most?: number;
  /**
   * Whether rows are called by their ids, or by their numbers in the file. Numbers unless told where data are a reader's
   * own: a figure leaves the computer more easily than a file, and an id may be a name.
   */
  readonly labels?: "ids" | "row numbers";
}

/**
 * Rows of one's own data for followUpFigure(): all of them, or as many as can be looked at, evenly spaced among those in
 * the order of their time, arm by arm. So they show what is usual and both extremes, and nobody picked them.
 *
 * @example followUpFigure(spellRows(data), { data, title: data.title })
 */
export function spellRows(data: CampaignData, options: SpellRowsOptions = {}): FollowUpRow[] {
  checkFields("spellRows", "options", options, ["most", "labels"]);
  const { most = 24, labels = data.provenance.includes("own") ? "row numbers" : "ids" } = options;
  const present = data.groups.filter((group) => data.group.includes(group));
  const each = Math.max(1, Math.floor(most / present.length));
  return present.flatMap((group) => {
    const members: number[] = [];
    for (let i = 0; i < data.n; i++) if (data.group[i] === group) members.push(i);
    members.sort((a, b) => data.time[a] - data.time[b] || a - b);
    const count = Math.min(each, members.length);
    return Array.from({ length: count }, (_, k): FollowUpRow => {
      const i = members[count === 1 ? 0 : Math.round((k * (members.length - 1)) / (count - 1))];
      return {
        label: labels === "ids" ? data.id[i] : `row ${data.row[i]}`,
        group,
        entry: data.entry?.[i] ?? 0,
        time: data.time[i],
        outcome: data.cause[i],
        lower: Math.min(data.lower[i], data.time[i]),
        upper: Math.max(data.upper[i], data.time[i]),
      };
    });
  });
}

/** The clock's name for axes. */
export function timeLabelOf({ mapping, unit }: CampaignData): string {
  return `${unit === "days" ? "Days" : "Months"} since ${mapping.timeZero === "detained" ? "detention" : "time zero"}`;
}

/**
 * The swimmer plot of one's own data: single cases first.
 *
 * @example show(spellsFigure(data))
 */
export function spellsFigure(data: CampaignData, options: SpellRowsOptions = {}): Figure {
  checkFields("spellsFigure", "options", options, ["most", "labels"]);
  const rows = spellRows(data, options);
  const whole =
    rows.length === data.n
      ? data.n === 1
        ? "the only row"
        : `all ${data.n} rows`
      : `${rows.length} of ${data.n.toLocaleString("en-GB")} rows, evenly spaced by time`;
  return followUpFigure(rows, {
    data,
    subtitle: `${data.title}: who was held how long, ${whole}`,
    timeLabel: timeLabelOf(data),
  });
}

/**
 * The Kaplan–Meier curves of one's own data with the log-rank p value where there is one; where all times are 0, a table
 * that says so.
 *
 * @example show(releaseFigure(data, analysis))
 */
export function releaseFigure(data: CampaignData, { curves, logRank }: CampaignAnalysis): Figure | Table {
  if (curves.every((curve) => (curve.time.at(-1) ?? 0) === 0)) {
    return table([{ "Not computed": "Kaplan–Meier curves", Why: "every row ends at time 0" }]);
  }
  return survivalFigure(curves, {
    data,
    subtitle: `${data.title}: release from custody`,
    timeLabel: timeLabelOf(data),
    eventLabel: "released",
    ...(logRank.computed ? { pValue: logRank.value.pValue } : {}),
  });
}

/**
 * The cumulative incidence of each end of custody, or why there is none to draw.
 *
 * @example show(endsFigure(data, analysis))
 */
export function endsFigure(data: CampaignData, { competing }: CampaignAnalysis): Figure | Table {
  return whenComputed("Competing ends of custody", competing, ({ incidence, gray }) =>
    incidenceFigure(incidence, {
      data,
      subtitle: `${data.title}: how custody ended`,
      timeLabel: timeLabelOf(data),
      valueLabel: "Share of all who were held",
      causes: ["released", "died", "escaped"].filter((cause) => data.cause.some((one) => one === cause)),
      ...(gray.computed ? { pValues: gray.value } : {}),
    }),
  );
}
