import { type Campaign, campaign } from "../data/schema";
import { addMonths, type DatePolicy } from "../dates";
import type { Sourced } from "../files";
import { rowAxis, SECOND_AXIS } from "./axes";
import { bySpell, type CustodyRow, type CustodySpell, custodySpell, releaseStyle } from "./custody-spell";
import { type CustodyWindow, custodyTraces } from "./custody-traces";
import { dayText, intervalText } from "./days";
import { composeFigure, type Figure } from "./figure";
import { escapeLabel } from "./label";
import { verticalLine } from "./marks";
import type { Annotation, Axis } from "./plotly";
import { seriesLabel } from "./provenance";
import { GRID, INK, MUTED, TEXT } from "./theme";

export interface CustodyFigureOptions {
  /** What the rows were read from; decides whether the figure carries the mark for synthetic data. */
  readonly data: Sourced;
  readonly title: string;
  readonly subtitle?: string;
  /** Launch and end of follow-up; the campaign of the data package unless said otherwise. */
  readonly campaign?: Pick<Campaign, "launch" | "endOfFollowUp">;
  /** Day at which a release stands that is known as an interval only; "reported" unless said otherwise. */
  readonly policy?: DatePolicy;
  /**
   * First day of the axis; six years before the launch unless said otherwise. Earlier detentions get an
   * arrow and their date.
   */
  readonly from?: string;
}

const ROW = 36; // pixels: two lines of text
const BOTTOM = 34; // tick labels

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
 * @throws RangeError where there is no row or the axis would start after the launch
 *
 * @example
 * const women = loadFreeThe20();
 * show(custodyFigure(women.rows, { data: women, title: "Nineteen women" }));
 */
export function custodyFigure(women: readonly CustodyRow[], options: CustodyFigureOptions): Figure {
  if (women.length === 0) throw new RangeError("custody figure: needs at least one row; got none");
  const { launch, endOfFollowUp } = options.campaign ?? campaign();
  const from = options.from ?? addMonths(launch, -72);
  if (from >= launch)
    throw new RangeError(`custody figure: the axis starts on ${from}, not before the launch on ${launch}`);
  const spells = women.map((row) => custodySpell(row, options.policy ?? "reported")).sort(bySpell);
  const window = { from, launch, end: endOfFollowUp };
  return composeFigure({
    title: options.title,
    notes: [...(options.subtitle === undefined ? [] : [options.subtitle]), ...KEY],
    source: options.data,
    data: [...custodyTraces(spells, window), SECOND_AXIS],
    above: 40,
    layout: {
      height: spells.length * ROW + BOTTOM,
      margin: { l: 14, r: 14, b: BOTTOM },
      xaxis: {
        type: "date",
        range: [from, addMonths(endOfFollowUp, 3)],
        tickformat: "%Y",
        automargin: true,
        tickfont: { size: TEXT.small },
        ticks: "outside",
        tickcolor: MUTED,
        gridcolor: GRID,
        showline: true,
        linecolor: INK,
        zeroline: false,
      },
      yaxis: labelAxis(spells, (spell) => [
        `<b>${escapeLabel(seriesLabel(spell.label, spell.synthetic))}</b>`,
        escapeLabel(spell.country),
      ]),
      yaxis2: { ...labelAxis(spells, releaseLines), overlaying: "y", side: "right", anchor: "x" },
      shapes: [
        verticalLine(launch, "launch", { ...EVENT, dash: "solid" }, "below"),
        verticalLine(endOfFollowUp, "end-of-follow-up", { ...EVENT, dash: "dash" }, "below"),
      ],
      annotations: [
        lineLabel(launch, "Launch", "right"),
        lineLabel(endOfFollowUp, "End of follow-up", "left"),
      ],
    },
    alt: custodyAlt(spells, window, options.title),
  });
}

/** How the lines at the launch and at the end look. */
const EVENT = { color: INK, width: 1.5 };

/** What bars and marks mean; the kinds of release are named beside the rows. */
const KEY: readonly string[] = [
  "dark: in custody",
  "light: possibly in custody",
  "hollow: day not known",
  "arrow: no release",
];

/** Two lines of text for each row, as the ticks of an axis. */
function labelAxis(
  spells: readonly CustodySpell[],
  lines: (spell: CustodySpell) => readonly [string, string],
): Axis {
  const labels = spells.map((spell) => {
    const [first, second] = lines(spell);
    return `${first}<br><span style="font-size:10px;color:${MUTED}">${second}</span>`;
  });
  return { ...rowAxis(labels), tickfont: { size: 11 }, ticklabelstandoff: 4 };
}

/** What stands to the right of a row: the mark, the kind of release and its date. */
function releaseLines(spell: CustodySpell): readonly [string, string] {
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
function lineLabel(day: string, text: string, side: "left" | "right"): Annotation {
  return {
    text: `${text}<br>${dayText(day)}`,
    x: day,
    y: 1,
    xref: "x",
    yref: "paper",
    xanchor: side,
    yanchor: "bottom",
    yshift: 2,
    align: side,
    showarrow: false,
    font: { size: TEXT.small, color: INK },
  };
}

/** Rows up to which each woman is named in the text; with more, a table beside the figure serves better. */
const NAMED = 20;

/** What the swimmer plot shows, in words. */
export function custodyAlt(spells: readonly CustodySpell[], window: CustodyWindow, title: string): string {
  const counted = spells.filter((spell) => spell.counted).length;
  const summary =
    `${title}. Swimmer plot of the time in custody of ${spells.length} women, one row each, with the launch of the campaign on ` +
    `${dayText(window.launch)} and the end of follow-up on ${dayText(window.end)}. ${counted} of ${spells.length} count as released.`;
  return spells.length > NAMED ? summary : `${summary} ${spells.map(sentence).join(" ")}`;
}

function sentence(spell: CustodySpell): string {
  const start = `${spell.label} (${spell.country}): held since ${intervalText(spell.detention)}`;
  if (spell.release === null) return `${start}, ${spell.kind}.`;
  const end = `${spell.supposed ? "release supposed" : `released ${intervalText(spell.release)}, ${spell.kind}`}`;
  return `${start}, ${end}${spell.counted ? "" : " (not counted)"}.`;
}
