import { addMonths, monthsBetween } from "../dates";
import type { Spell } from "../paper/clocks";
import { InvalidInputError } from "../statistics";
import { horizontalAxis, verticalAxis, verticalTitle } from "./axes";
import { needFields, needOptions, needSome } from "./checks";
import { dataTable } from "./data-table";
import { dayText, earlier, later } from "./days";
import { type CampaignFigureOptions, campaignDays, composeFigure, type Figure } from "./figure";
import { formatFixed } from "./label";
import { bold, EVENT, labelAbove, segment, verticalRule } from "./marks";
import type { Annotation, ScatterTrace, Shape } from "./plotly";
import { HELD, PAPER, seriesStyle, TEXT } from "./theme";
import { dots, segments } from "./traces";

export interface LexisFigureOptions extends CampaignFigureOptions {
  /** What a spell is called when pointed at; its id unless told. */
  readonly label?: (spell: Spell) => string;
  /** First day of the axis; six years before the launch unless told. */
  readonly from?: string;
  /** Upper end of the vertical axis in months; 108 unless told. Who is beyond it is counted below the title. */
  readonly months?: number;
  /** Id of a released woman whose two risk sets are shown: those held on that day, and those held for that long. */
  readonly example?: string;
}

const HEIGHT = 380; // pixels

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
 * @throws InvalidInputError where there is no spell, or the example is not released after the launch
 * @example
 * lexisFigure(listSpells(loadFreeThe20()), { data: women, title: "Two clocks", example: "leyla-yunus" });
 */
export function lexisFigure(spells: readonly Spell[], options: LexisFigureOptions): Figure {
  needFields("lexisFigure", options, ["label", "from", "months", "example", "campaign"]);
  needSome("lexisFigure", "spells", "spell", spells);
  needOptions("lexisFigure", options);
  const { launch, endOfFollowUp } = campaignDays("lexisFigure", options);
  const { from = addMonths(launch, -72), months: top = 108, label = ({ id }) => id } = options;
  const inside = spells.filter((spell) => monthsTo(spell, later(launch, spell.arrested)) <= top);
  const atRisk = inside.filter((spell) => spell.until > launch);
  const ended = (released: boolean): Spell[] =>
    atRisk.filter((spell) => spell.released === released && monthsTo(spell, spell.until) <= top);
  const example = options.example === undefined ? null : exampleOf(spells, options.example, launch, label);
  const beyond = spells.length - inside.length;
  const { color } = seriesStyle(0);
  return composeFigure("lexisFigure", options, {
    finding: lexisFinding(spells, atRisk.length, example),
    notes: [
      "● released",
      "△ no release counted",
      "dotted: before the launch",
      ...(beyond > 0 ? [`${beyond} beyond the axis`] : []),
    ],
    data: [
      climbing(
        "held before the launch",
        inside.map((spell) => stretch(spell, later(from, spell.arrested), earlier(spell.until, launch), top)),
        { color: HELD, width: 1.2, dash: "dot" },
      ),
      climbing(
        "at risk after the launch",
        atRisk.map((spell) => stretch(spell, later(launch, spell.arrested), spell.until, top)),
        { color, width: 2 },
      ),
      ends("released", ended(true), label, { symbol: "circle", line: { color: PAPER, width: 1 } }),
      ends("no release counted by", ended(false), label, {
        symbol: "triangle-up-open",
        line: { color, width: 1 },
      }),
    ],
    table: dataTable(spells, {
      Spell: (spell) => label(spell),
      Arrested: ({ arrested }) => arrested,
      "Observed until": ({ until }) => until,
      Released: ({ released }) => released,
    }),
    size: { above: 44, plot: HEIGHT, below: 52, right: 20 },
    layout: {
      xaxis: {
        ...horizontalAxis("Date"),
        type: "date",
        range: [from, addMonths(endOfFollowUp, 3)],
        nticks: 6,
        showgrid: false,
      },
      yaxis: { ...verticalAxis(), range: [0, top], tickmode: "linear", tick0: 0, dtick: 24 },
      shapes: [
        verticalRule(launch, "launch", EVENT),
        ...(example === null ? [] : guides(example, from, addMonths(endOfFollowUp, 3))),
      ],
      annotations: [
        // The tick labels are narrow, so the title starts nearer to the plot than usual.
        verticalTitle("Months since arrest", 24),
        labelAbove(launch, "launch", 22, { name: "launch", xanchor: "right" }),
        ...(example === null ? [] : [exampleLabel(example)]),
      ],
    },
    alt:
      `Lexis diagram of ${spells.length} spells in custody: calendar time against months since arrest; ${atRisk.length} drawn after the launch, ` +
      `${ended(true).length} of them end with a release.${example === null ? "" : ` ${exampleText(example)}`}`,
  });
}

const monthsTo = ({ arrested }: Spell, day: string): number => monthsBetween(arrested, day);

/** The part of a spell between two days, as far as it is drawn: up to the day on which it reaches the top of the figure. */
function stretch(spell: Spell, first: string, end: string, top: number) {
  return { spell, first, last: earlier(addMonths(spell.arrested, Math.floor(top)), end) };
}

/** Parts of spells as lines that climb at the same slope. */
function climbing(
  name: string,
  parts: readonly ReturnType<typeof stretch>[],
  stroke: ScatterTrace["line"],
): ScatterTrace {
  const drawn = parts.filter(({ first, last }) => first < last);
  return segments(
    name,
    drawn.map(({ spell, first, last }) => ({
      x: [first, last],
      y: [monthsTo(spell, first), monthsTo(spell, last)],
    })),
    stroke,
  );
}

/** A mark at the end of each spell. */
function ends(
  name: string,
  spells: readonly Spell[],
  label: (spell: Spell) => string,
  look: ScatterTrace["marker"],
): ScatterTrace {
  const text = (spell: Spell): string =>
    `${bold(label(spell))}<br>${name} ${dayText(spell.until)}, ${formatFixed(monthsTo(spell, spell.until), 1)} months after arrest`;
  const y = (spell: Spell): number => monthsTo(spell, spell.until);
  return dots(name, spells, { x: ({ until }) => until, y, text }, { size: 9, color: seriesStyle(0).color, ...look });
}

/** The woman whose two risk sets are shown. */
interface Example {
  readonly label: string;
  readonly until: string;
  readonly months: number;
  readonly sameDay: number;
  readonly sameTime: number;
}

function exampleOf(spells: readonly Spell[], id: string, launch: string, label: (spell: Spell) => string): Example {
  const spell = spells.find((candidate) => candidate.id === id);
  if (spell === undefined || !spell.released || spell.until <= launch) {
    const found = `the example "${id}" is not a woman released after the launch`;
    throw new InvalidInputError(`lexisFigure: ${found}`, "example");
  }
  const { until } = spell;
  const months = monthsTo(spell, until);
  const held = spells.filter((other) => other.until > launch && other.arrested <= launch);
  return {
    label: label(spell),
    until,
    months,
    sameDay: held.filter((other) => other.until >= until).length,
    sameTime: held.filter((other) => monthsTo(other, launch) < months && monthsTo(other, other.until) >= months).length,
  };
}

/** A line for each of the two clocks, through the example's release. */
function guides({ until, months }: Example, from: string, to: string): Shape[] {
  const line = { color: seriesStyle(1).color, width: 1.5, dash: "dash" } as const;
  return [
    verticalRule(until, "same date", line),
    segment([from, months], [to, months], "same time since arrest", line),
  ];
}

function exampleLabel({ label, until }: Example): Annotation {
  const font = { size: TEXT.small, color: seriesStyle(1).ink };
  return labelAbove(until, bold(label), 22, { name: "example", xanchor: "left", font });
}

function exampleText({ label, until, months, sameDay, sameTime }: Example): string {
  return `When ${label} was released, on ${dayText(until)} after ${formatFixed(months, 1)} months, ${sameDay} were at risk on that date and ${sameTime} at that time since arrest.`;
}

/** What the two clocks compare the example with; without one, how many there are to compare. */
function lexisFinding(spells: readonly Spell[], atRisk: number, example: Example | null): string {
  if (example === null) return `${atRisk} of ${spells.length} spells were at risk after the launch`;
  const { label, sameDay, sameTime } = example;
  return `At the release of ${label} ${sameDay} were at risk by the date, ${sameTime} by the time since arrest`;
}
