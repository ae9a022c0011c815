import { addMonths, type DatePolicy } from "../dates";
import { InvalidInputError } from "../statistics";
import { SECOND_AXIS } from "./axes";
import { needFields, needSome } from "./checks";
import { bySpell, type CustodyRow, type CustodySpell, custodySpell, releaseStyle } from "./custody-spell";
import { type CustodyWindow, custodyTraces } from "./custody-traces";
import { dataTable } from "./data-table";
import { dayText, intervalText } from "./days";
import { type CampaignFigureOptions, campaignDays, composeFigure, type Figure } from "./figure";
import { escapeLabel } from "./label";
import { bold, labelAbove, verticalRule } from "./marks";
import type { Annotation, Axis } from "./plotly";
import { seriesLabel } from "./provenance";
import { type RowText, swimmerKey, swimmerRows } from "./swimmer";
import { GRID, INK, MUTED, TEXT } from "./theme";

export interface CustodyFigureOptions extends CampaignFigureOptions {
  /** Day at which a release stands that is known as an interval only; "reported" unless said otherwise. */
  readonly policy?: DatePolicy;
  /**
   * First day of the axis; six years before the launch unless said otherwise. Earlier detentions get an
   * arrow and their date.
   */
  readonly from?: string;
}

const ROW = 36; // pixels: two lines of text

/**
 * A swimmer plot of spells in custody: one row a woman, from detention to release, against the launch of
 * the campaign and the end of follow-up. The mark at the release tells its kind; where the day is known as
 * an interval only, the interval is drawn lighter and the mark is hollow. An arrow at the end means that no
 * release was found.
 *
 * One wants it before any curve: it shows each case, what is known of it, and how much of the time lies
 * before the clock starts.
 *
 * @param women rows of `loadFreeThe20()` or `loadLongList()`, at least one
 * @returns a plain Plotly figure, 36 pixels high for each row
 * @throws InvalidInputError where there is no row or the axis would start after the launch
 *
 * @example
 * const women = loadFreeThe20();
 * show(custodyFigure(women.rows, { data: women, title: "Nineteen women" }));
 */
export function custodyFigure(women: readonly CustodyRow[], options: CustodyFigureOptions): Figure {
  needFields("custodyFigure", options, ["policy", "from", "campaign"]);
  needSome("custodyFigure", "women", "row", women);
  const { launch, endOfFollowUp: end } = campaignDays("custodyFigure", options);
  const { from = addMonths(launch, -72), policy = "reported" } = options;
  if (from >= launch) {
    const found = `the axis starts on ${from}, not before the launch on ${launch}`;
    throw new InvalidInputError(`custodyFigure: ${found}`, "from");
  }
  const spells = women.map((row) => custodySpell(row, policy)).sort(bySpell);
  const window = { from, launch, end };
  const data = [...custodyTraces(spells, window), SECOND_AXIS];
  return composeFigure("custodyFigure", options, {
    finding: custodyFinding(spells),
    notes: [...swimmerKey(data), "arrow: no release on record"],
    data,
    table: dataTable(spells, {
      Name: ({ label, synthetic }) => seriesLabel(label, synthetic),
      Country: ({ country }) => country,
      "Detained, earliest": ({ detention }) => detention.earliest,
      "Detained, latest": ({ detention }) => detention.latest,
      "Released, earliest": ({ release }) => release?.earliest ?? null,
      "Released, latest": ({ release }) => release?.latest ?? null,
      "Kind of release": ({ kind }) => kind,
      "Counts as released": ({ counted }) => counted,
      "Release is supposed": ({ supposed }) => supposed,
    }),
    size: { above: 40, plot: spells.length * ROW, below: 34 },
    layout: {
      xaxis: yearAxis(from, addMonths(end, 3)),
      ...swimmerRows(spells.map(nameLines), spells.map(releaseLines), { size: 11 }),
      shapes: [
        verticalRule(launch, "launch", { color: INK, width: 1.5, dash: "solid" }, "below"),
        verticalRule(end, "end-of-follow-up", { color: INK, width: 1.5, dash: "dash" }, "below"),
      ],
      annotations: [dayLabel(launch, "Launch", "right"), dayLabel(end, "End of follow-up", "left")],
    },
    alt: custodyAlt(spells, window),
  });
}

function yearAxis(from: string, to: string): Axis {
  return {
    type: "date",
    range: [from, to],
    tickformat: "%Y",
    automargin: true,
    tickfont: { size: TEXT.small },
    ticks: "outside",
    tickcolor: MUTED,
    gridcolor: GRID,
    showline: true,
    linecolor: INK,
    zeroline: false,
  };
}

/** What stands to the left of a row: the name and the country. */
function nameLines({ label, synthetic, country }: CustodySpell): RowText {
  return [bold(seriesLabel(label, synthetic)), escapeLabel(country)];
}

/** What stands to the right of a row: the mark, the kind of release and its date. */
function releaseLines(spell: CustodySpell): RowText {
  if (spell.release === null) return [escapeLabel(spell.kind), "no date"];
  const style = releaseStyle(spell.kind);
  const kind = spell.supposed ? "release supposed" : spell.kind.replace(" before launch", "");
  return [
    `<span style="color:${style.color}">${style.glyph}</span> ${escapeLabel(kind)}`,
    `${escapeLabel(intervalText(spell.release))}${spell.counted ? "" : ", not counted"}`,
  ];
}

/**
 * Launch to the left of its line, end to the right of its own: so they never meet, however narrow the
 * figure is.
 */
function dayLabel(day: string, text: string, side: "left" | "right"): Annotation {
  return labelAbove(day, `${text}<br>${dayText(day)}`, 2, { xanchor: side, align: side });
}

/** Rows up to which each woman is named in the text; with more, a table beside the figure serves better. */
const NAMED = 20;

/** What the swimmer plot shows, in words. */
function custodyAlt(spells: readonly CustodySpell[], window: CustodyWindow): string {
  const counted = spells.filter((spell) => spell.counted).length;
  const summary =
    `Swimmer plot of the time in custody of ${spells.length} women, one row each, with the launch of the campaign on ` +
    `${dayText(window.launch)} and the end of follow-up on ${dayText(window.end)}. ${counted} of ${spells.length} count as released.`;
  return spells.length > NAMED ? summary : `${summary} ${spells.map(sentence).join(" ")}`;
}

function sentence(spell: CustodySpell): string {
  const start = `${spell.label} (${spell.country}): detained ${intervalText(spell.detention)}`;
  if (spell.release === null) return `${start}, ${spell.kind}.`;
  const end = `${spell.supposed ? "release supposed" : `released ${intervalText(spell.release)}, ${spell.kind}`}`;
  return `${start}, ${end}${spell.counted ? "" : " (not counted)"}.`;
}

/** How many count as released, and of how many the record has no release at all. */
function custodyFinding(spells: readonly CustodySpell[]): string {
  const released = spells.filter((spell) => spell.counted).length;
  const none = spells.filter((spell) => spell.release === null).length;
  return `${released} of ${spells.length} women count as released; of ${none === 0 ? "none" : none} no release is known`;
}
