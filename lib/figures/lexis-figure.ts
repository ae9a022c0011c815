import { type Campaign, campaign } from "../data/schema";
import { addMonths, monthsBetween } from "../dates";
import type { Sourced } from "../files";
import type { Spell } from "../paper/clocks";
import { horizontalAxis, verticalAxis, verticalTitle } from "./axes";
import { dayText } from "./days";
import { composeFigure, type Figure } from "./figure";
import { escapeLabel, formatFixed } from "./label";
import { verticalLine } from "./marks";
import type { ScatterTrace, Shape } from "./plotly";
import { HELD, INK, seriesStyle, TEXT } from "./theme";

export interface LexisFigureOptions {
  /** What the spells were made from; decides whether the figure carries the mark for synthetic data. */
  readonly data: Sourced;
  readonly title: string;
  readonly subtitle?: string;
  /** Launch and end of follow-up; the campaign of the data package unless told. */
  readonly campaign?: Pick<Campaign, "launch" | "endOfFollowUp">;
  /** What a spell is called when pointed at; its id unless told. */
  readonly label?: (spell: Spell) => string;
  /** First day of the axis; six years before the launch unless told. */
  readonly from?: string;
  /** Upper end of the vertical axis in months; 108 unless told. Who is beyond it is counted below the title. */
  readonly months?: number;
  /** Id of a released woman whose two risk sets are shown: those held on that day, and those held for that long. */
  readonly example?: string;
}

const HEIGHT = 380;

/**
 * A Lexis diagram (Lexis 1875): calendar time to the right, months since arrest upwards, and each woman a line that climbs
 * at the same slope from her arrest to her release. It shows two clocks at once.
 *
 * A woman whose release a coding does not count is drawn as at risk to the end; leave her out where the record says that she
 * was not held.
 *
 * A release compares her with those at risk at the same time. On the clock since the launch these are the lines that cross
 * the vertical through her release; on the clock since arrest, with delayed entry, those that cross the horizontal one.
 *
 * @param spells of listSpells() or prisonerSpells()
 * @returns a plain Plotly figure, 360 pixels wide or more, with an alternative text that gives both risk sets
 * @throws RangeError where there is no spell, or the example is not released after the launch
 * @example
 * lexisFigure(listSpells(loadFreeThe20()), { data: women, title: "Two clocks", example: "leyla-yunus" });
 */
export function lexisFigure(spells: readonly Spell[], options: LexisFigureOptions): Figure {
  if (spells.length === 0) throw new RangeError("Lexis figure: needs at least one spell; got none");
  const { launch, endOfFollowUp } = options.campaign ?? campaign();
  const from = options.from ?? addMonths(launch, -72);
  const top = options.months ?? 108;
  const name = options.label ?? (({ id }: Spell): string => id);
  const months = (spell: Spell, day: string): number => monthsBetween(spell.arrested, day);
  const inside = spells.filter((spell) => months(spell, later(launch, spell.arrested)) <= top);
  const atRisk = inside.filter((spell) => spell.until > launch);
  const ends = (released: boolean): Spell[] =>
    atRisk.filter((spell) => spell.released === released && months(spell, spell.until) <= top);
  const example = options.example === undefined ? null : exampleOf(spells, options.example, launch);
  const beyond = spells.length - inside.length;
  const segment = (
    some: readonly Spell[],
    start: (spell: Spell) => string,
    end: (spell: Spell) => string,
  ) => {
    const drawn = some.flatMap((spell) => {
      const [first, limit] = [start(spell), addMonthsUpTo(spell.arrested, top, end(spell))];
      return first < limit ? [{ spell, first, last: limit }] : [];
    });
    return {
      x: drawn.flatMap(({ first, last }) => [first, last, null]),
      y: drawn.flatMap(({ spell, first, last }) => [months(spell, first), months(spell, last), null]),
    };
  };
  const mark = (
    some: readonly Spell[],
    title: string,
    symbol: "circle" | "triangle-up-open",
  ): ScatterTrace => ({
    type: "scatter",
    mode: "markers",
    name: title,
    x: some.map(({ until }) => until),
    y: some.map((spell) => months(spell, spell.until)),
    marker: {
      symbol,
      size: 9,
      color: seriesStyle(0).color,
      line: { color: symbol === "circle" ? "#ffffff" : seriesStyle(0).color, width: 1 },
    },
    hoverinfo: "text",
    hovertext: some.map(
      (spell) =>
        `<b>${escapeLabel(name(spell))}</b><br>${title} ${dayText(spell.until)}, ${formatFixed(months(spell, spell.until), 1)} months after arrest`,
    ),
    cliponaxis: false,
    showlegend: false,
  });
  return composeFigure({
    title: options.title,
    notes: [
      ...(options.subtitle === undefined ? [] : [options.subtitle]),
      "● released",
      "△ no release counted",
      "dotted: before the launch",
      ...(beyond > 0 ? [`${beyond} beyond the axis`] : []),
    ],
    source: options.data,
    above: 44,
    data: [
      {
        type: "scatter",
        mode: "lines",
        name: "held before the launch",
        ...segment(
          inside,
          ({ arrested }) => later(from, arrested),
          ({ until }) => earlier(until, launch),
        ),
        line: { color: HELD, width: 1.2, dash: "dot" },
        hoverinfo: "skip",
        showlegend: false,
      },
      {
        type: "scatter",
        mode: "lines",
        name: "at risk after the launch",
        ...segment(
          atRisk,
          ({ arrested }) => later(launch, arrested),
          ({ until }) => until,
        ),
        line: { color: seriesStyle(0).color, width: 2 },
        hoverinfo: "skip",
        showlegend: false,
      },
      mark(ends(true), "released", "circle"),
      mark(ends(false), "no release counted by", "triangle-up-open"),
    ],
    layout: {
      height: HEIGHT + 52,
      margin: { l: 14, r: 20, b: 52 },
      xaxis: {
        ...horizontalAxis("Date"),
        type: "date",
        range: [from, addMonths(endOfFollowUp, 3)],
        nticks: 6,
        showgrid: false,
      },
      yaxis: { ...verticalAxis(), range: [0, top], tickmode: "linear", tick0: 0, dtick: 24 },
      shapes: [
        verticalLine(launch, "launch", { color: INK, width: 1, dash: "longdash" }),
        ...(example === null ? [] : guides(example, from, endOfFollowUp)),
      ],
      annotations: [
        // The tick labels are narrow, so the title starts nearer to the plot than usual.
        { ...verticalTitle("Months since arrest"), xshift: -24 },
        {
          name: "launch",
          text: "launch",
          x: launch,
          y: 1,
          xref: "x",
          yref: "paper",
          xanchor: "right",
          yanchor: "bottom",
          yshift: 22,
          showarrow: false,
          font: { size: TEXT.small, color: INK },
        },
        ...(example === null
          ? []
          : [
              {
                name: "example",
                text: `<b>${escapeLabel(name(example.spell))}</b>`,
                x: example.spell.until,
                y: 1,
                xref: "x" as const,
                yref: "paper" as const,
                xanchor: "left" as const,
                yanchor: "bottom" as const,
                yshift: 22,
                showarrow: false,
                font: { size: TEXT.small, color: seriesStyle(1).ink },
              },
            ]),
      ],
    },
    alt:
      `${options.title}. Lexis diagram of ${spells.length} spells in custody: calendar time against months since arrest; ${atRisk.length} drawn after the launch, ` +
      `${ends(true).length} of them end with a release.` +
      (example === null
        ? ""
        : ` When ${name(example.spell)} was released, on ${dayText(example.spell.until)} after ${formatFixed(example.months, 1)} months, ${example.sameDay} were at risk on that date and ${example.sameTime} at that time since arrest.`),
  });
}

interface Example {
  readonly spell: Spell;
  readonly months: number;
  readonly sameDay: number;
  readonly sameTime: number;
}

function exampleOf(spells: readonly Spell[], id: string, launch: string): Example {
  const spell = spells.find((candidate) => candidate.id === id);
  if (spell === undefined || !spell.released || spell.until <= launch) {
    throw new RangeError(`Lexis figure: the example "${id}" is not a woman released after the launch`);
  }
  const time = monthsBetween(spell.arrested, spell.until);
  const held = spells.filter((other) => other.until > launch && other.arrested <= launch);
  return {
    spell,
    months: time,
    sameDay: held.filter((other) => other.until >= spell.until).length,
    sameTime: held.filter(
      (other) =>
        monthsBetween(other.arrested, launch) < time && monthsBetween(other.arrested, other.until) >= time,
    ).length,
  };
}

function guides(example: Example, from: string, end: string): Shape[] {
  const line = { color: seriesStyle(1).color, width: 1.5, dash: "dash" as const };
  return [
    verticalLine(example.spell.until, "same date", line),
    {
      type: "line",
      name: "same time since arrest",
      x0: from,
      x1: addMonths(end, 3),
      y0: example.months,
      y1: example.months,
      xref: "x",
      yref: "y",
      line,
    },
  ];
}

const later = (a: string, b: string): string => (a > b ? a : b);
const earlier = (a: string, b: string): string => (a < b ? a : b);

/** The day, or that on which the months since arrest reach the top of the figure. */
function addMonthsUpTo(arrested: string, top: number, day: string): string {
  return earlier(addMonths(arrested, Math.floor(top)), day);
}
