import {
  codings,
  loadFreeThe20,
  loadJournalists,
  loadLongList,
  loadPrisoners,
  loadPublished,
  loadUrgentActions,
  projectRoot,
  publishedNumber,
  releaseOutcomes,
} from "../data";
import { largest, lengthOf, smallest } from "../statistics/inner";
import { logRank } from "../survival";
import { significantText, type Table, table } from "../tables";
import { attainableLogRank } from "./attainable";
import { clockedRows, featuredRatio, prisonerSpells, type TimeZero } from "./clocks";
import { controlGroup, tableOneData } from "./control-group";
import { compareWithPrinted, tableOneModels } from "./table-one";

/** One line of what was found: what about, the sentence, and what it rests on. */
export interface Headline {
  readonly about: string;
  readonly found: string;
  readonly restsOn: string;
}

/**
 * What was found, in six lines: the front of README, index page and notebook 00.
 *
 * Every number in them is computed here, from the project's own files whatever HRD_DATA says, and so are the words that
 * depend on one. Each line claims what the notebook that it comes from shows (00, 01, 01, 03, 05, 01), and says what it
 * rests on: a result on made-up rows is about the method.
 *
 * @throws DataError where one of the project's files is not as described
 * @example headlines().map(({ about }) => about)
 */
export function headlines(): readonly Headline[] {
  const from = `${projectRoot()}/data`;
  const published = loadPublished({ from });
  const printed = (id: Parameters<typeof publishedNumber>[1]) => publishedNumber(published, id);
  return [
    whoCameOut(from, printed("released-within-three-years").printed),
    ...figureOne(from, String(printed("log-rank-p-with-journalists").value)),
    ...tableOne(from, published.table1),
    {
      about: "Cause",
      found: `Officials chose the ${words(Number(printed("long-list-featured").value))} from ${words(Number(printed("long-list-proposed").value))} names. If they chose women whose release was near, the same curves come out without any effect, and no test of the two lists can tell. How it worked, if it did, is in files that are not public.`,
      restsOn: "the paper's words, and an argument",
    },
  ];
}

/**
 * The six lines as a table.
 *
 * @example headlinesTable(headlines())
 */
export function headlinesTable(lines: readonly Headline[]): Table {
  lengthOf("headlinesTable", "lines", lines);
  return table(lines, {
    caption: "What was found, in six lines",
    columns: [
      { label: "About", value: "about" },
      { label: "Found", value: "found" },
      { label: "Rests on", value: "restsOn" },
    ],
  });
}

function whoCameOut(from: string, printed: string): Headline {
  const coded = codings().map((coding) => loadFreeThe20({ from, coding }).rows);
  const counts = coded.map((rows) => rows.filter(({ counted }) => counted).length);
  const women = coded[0] ?? [];
  const unclear = women.filter((_, i) => new Set(coded.map((rows) => rows[i]?.counted)).size > 1).length;
  return {
    about: "Releases",
    found: `Of the ${words(women.length)} women featured by name, ${smallest(counts)} to ${largest(counts)} count as released within three years, by how ${words(unclear)} unclear cases are coded. The paper prints ${printed}.`,
    restsOn: "public record",
  };
}

/** Figure 1, and its footnote 4: what the public dates and the printed counts allow. */
function figureOne(from: string, footnote: string): Headline[] {
  const known = releaseOutcomes(loadFreeThe20({ from }), { clock: "launch" });
  const list = loadLongList({ from });
  const free = list.rows.filter(({ featured }) => !featured).length;
  const journalists = loadJournalists({ from }).rows.length;
  const search = { free, releasedAtZero: journalists, below: 0.0001, upTo: 9 };
  const found = attainableLogRank(known, search);
  const always = found.findLast(({ arrangements, possible }) => possible === arrangements)?.releases ?? 0;
  const ever = found.findLast(({ possible }) => possible > 0)?.releases ?? 0;
  const highest = largest(found.map(({ highestP }) => highestP ?? 0));
  const restsOn = "public record and printed counts";
  return [
    {
      about: "Figure 1",
      found: `The public dates of the nineteen give the printed p < 0.0001 against any ${words(free)} women, observed for three years, of whom at most ${words(always)} were released, and can give it with up to ${words(ever)}. The ${words(free)} in Figure 1 as drawn here, ${words(made(list))} of them released, are made up (p = ${significantText(logRank(releaseOutcomes(list, { clock: "launch" })).pValue, 2)}).`,
      restsOn,
    },
    {
      about: "Footnote 4",
      found: `With ${words(journalists)} women added who were free before the launch, the paper prints p = ${footnote}. On the clock of Figure 1, with all observed for three years, no order of releases with p < 0.0001 without them comes near it: the highest p is ${significantText(highest, 2)}.`,
      restsOn,
    },
  ];
}

const made = ({ rows }: ReturnType<typeof loadLongList>): number =>
  rows.filter(({ featured, counted }) => !featured && counted).length;

/** Table 1 and its clock, on the synthetic control group. */
function tableOne(from: string, table1: ReturnType<typeof loadPublished>["table1"]): Headline[] {
  const prisoners = loadPrisoners({ from });
  const group = controlGroup(loadUrgentActions({ from }), prisoners);
  const { compared, furthest } = compareWithPrinted(tableOneModels(tableOneData(group)), table1);
  const { launch, endOfFollowUp: end } = group.campaign;
  const ratio = (clock: TimeZero): string =>
    featuredRatio(clockedRows(prisonerSpells(prisoners), { clock, launch, end }))?.hazardRatio.toFixed(1) ?? "none";
  const [others, all] = [group.prisoners.filter(({ featured }) => !featured), group.prisoners];
  const restsOn = `${all.length - others.length} public records, ${others.length} made-up women`;
  return [
    {
      about: "Table 1",
      found: `Attainable, which is less than reproduced: a program made up women on whom the four models come within ${roundedUp(Math.abs(furthest?.difference ?? Number.NaN))} of all ${compared} printed numbers. The authors' data are not public.`,
      restsOn,
    },
    {
      about: "The clock",
      found: `On these rows the featured women's hazard ratio is ${ratio("arrest")} counted from arrest, as we read Table 1; ${ratio("launch")} from the launch; ${ratio("arrest, from the launch")} from arrest with entry at the launch. The first counts months before the launch, in which no featured woman was released, but for one whose conditional release this coding does not count: a woman released for good would hardly have been featured.`,
      restsOn,
    },
  ];
}

const SMALL = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
const TEENS = ["eighteen", "nineteen"];

/** A count as prose has it. */
function words(count: number): string {
  if (count === 40) return "forty";
  return SMALL[count] ?? TEENS[count - 18] ?? String(count);
}

/** A bound with three decimals, which what it bounds does not pass. */
function roundedUp(bound: number): string {
  return (Math.ceil(1000 * bound) / 1000).toFixed(3);
}
