/** Letters of the small size that a row of a slide holds, and lines of a table below heading, title and a head of one line. */
const LETTERS = 118;
const LINES = 20;
/** A slide brings its lines closer to each other for a few more. */
const AT_MOST = 25;
/** Letters that the padding of a cell takes, and lines that of a row. */
const PADDING = 2;
const ROW_PADDING = 0.15;
/** A column with cells of at most so many letters does not break them. */
const SHORT = 14;
/** No head has more lines: its words are not broken. */
const MOST_HEAD = 3;
/** A table that is this many times narrower than the slide stands in two columns; see client/fit.ts. */
const HALVES = 1.8;

/**
 * An output as a slide holds it: itself, or, where it is a table of more rows than one slide can show, the table over several
 * slides, each with the table's head, and "(1 of 3)" in its title. How many lines a row takes is reckoned from its letters.
 */
export function overSlides(output: Element): Element[] {
  const tables = output.querySelectorAll("table");
  const [table] = tables;
  if (table === undefined || tables.length > 1 || output.querySelector(".claim, figure, form") !== null)
    return [output];
  const { heights, head } = linesOf(table);
  const lines = sum(heights);
  if (lines <= AT_MOST) return [output];
  const parts = Math.ceil(lines / (LINES + 1 - head));
  return Array.from({ length: parts }, (_, part) => partOf(output, heights, part, parts));
}

/** Lines that each row of a table's body takes at the width of a slide, half of them where it fits in twice, and its head. */
function linesOf(table: HTMLTableElement): { readonly heights: number[]; readonly head: number } {
  const rows = [...table.querySelectorAll("tbody tr")].map((row) => [...row.children].map(letters));
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const longest = Array.from({ length: columns }, (_, at) => Math.max(0, ...rows.map((row) => row[at] ?? 0)));
  const wanted = sum(longest.map((most) => most + PADDING));
  const short = sum(longest.filter((most) => most <= SHORT).map((most) => most + PADDING));
  // What short columns leave is shared among the others by what they ask for.
  const share = Math.min(1, (LETTERS - short) / (wanted - short || 1));
  const room = longest.map((most) => (most <= SHORT ? most : Math.max(SHORT, share * (most + PADDING) - PADDING)));
  const columnsOfRows = HALVES * wanted <= LETTERS ? 2 : 1;
  const high = (row: readonly number[]): number =>
    Math.max(1, ...row.map((count, at) => Math.ceil(count / (room[at] || 1))));
  const heights = rows.map((row) => (high(row) + ROW_PADDING) / columnsOfRows);
  // A heading breaks only between its words.
  return { heights, head: Math.min(MOST_HEAD, high([...table.querySelectorAll("thead th")].map(letters))) };
}

/** Letters of a cell as it is seen: of a list of sources the line that opens it. */
function letters(cell: Element): number {
  const seen = cell.querySelector("summary") ?? cell;
  return (seen.textContent ?? "").trim().length;
}

/** The output with those rows of its table that end in the given part of all lines. */
function partOf(output: Element, heights: readonly number[], part: number, parts: number): Element {
  const holder = output.ownerDocument.createElement("div");
  holder.append(output.cloneNode(true));
  const copy = holder.firstElementChild ?? holder;
  const all = sum(heights);
  let above = 0;
  for (const [at, row] of [...copy.querySelectorAll("tbody tr")].entries()) {
    const middle = above + (heights[at] ?? 0) / 2;
    above += heights[at] ?? 0;
    if (Math.floor((parts * middle) / all) !== part) row.remove();
  }
  // Sorted would be what is seen of it, and no more.
  copy.querySelector("table")?.removeAttribute("data-sortable");
  copy.querySelector(".caption")?.append(` (${part + 1} of ${parts})`);
  if (part < parts - 1) for (const note of copy.querySelectorAll(".table-notes")) note.remove();
  return copy;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
