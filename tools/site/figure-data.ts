/**
 * What a figure shows, as rows: for the table behind each figure and for its CSV. Runs in the browser, too.
 */

/** Rows of text; the numbers have all their digits. */
export interface FigureRows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The column of what stands at a point. */
const TEXT = 3;

type Fields = Readonly<Record<string, unknown>>;

/**
 * One row a point: its series, its coordinates (the tick's name where the axis has names for positions), and the text
 * that stands at it or that hovering shows, unless that says the series and its coordinates once more. Series that draw
 * nothing are left out; a column that is empty throughout is, too. A figure that brings its own table has that one.
 *
 * @param data the traces of a Plotly figure
 * @param layout its layout
 */
export function figureRows(data: readonly unknown[], layout: Fields): FigureRows {
  const own = fields(fields(layout.meta).table);
  if (Array.isArray(own.columns)) return tidyRows(own);
  const traces = data.map(fields);
  const flow = traces.find(({ type }) => type === "sankey");
  if (flow !== undefined) return flowRows(flow);
  const x = fields(layout.xaxis).type === "date" ? "Date" : "x";
  const columns = ["Series", axisTitle(layout, "xaxis", x), axisTitle(layout, "yaxis", "y"), "Text"];
  const rows = traces.flatMap((trace, index) => {
    const xAxis = fields(layout[axisKey(trace.xaxis, "x")]);
    const yAxis = fields(layout[axisKey(trace.yaxis, "y")]);
    const [xs, ys] = [list(trace.x), list(trace.y)];
    const name = typeof trace.name === "string" ? plain(trace.name) : `series ${index + 1}`;
    return Array.from({ length: Math.max(xs.length, ys.length) }, (_, at) => [
      name,
      position(xs[at] ?? (xs.length === 0 ? at : null), xAxis),
      position(ys[at] ?? (ys.length === 0 ? at : null), yAxis),
      pointText(trace, at),
    ]).filter(([, x, y]) => x !== "" && y !== "");
  });
  const repeats = rows.every(([series = "", , , text = ""]) => text === "" || text.startsWith(series));
  const used = columns.map((_, at) => rows.some((row) => row[at] !== "") && !(at === TEXT && repeats));
  const keep = (cells: readonly string[]): string[] => cells.filter((_, at) => used[at]);
  return { columns: keep(columns), rows: rows.map(keep) };
}

/** The table that a figure brings along: what it was drawn from, tidy, with units in the header; no column is empty. */
function tidyRows({ columns, rows }: Fields): FigureRows {
  const text = (cell: unknown): string => (cell === null || cell === undefined ? "" : plain(String(cell)));
  const all = list(rows).map((row) => list(row).map(text));
  const used = list(columns).map((_, at) => all.length === 0 || all.some((row) => row[at] !== ""));
  const keep = (cells: readonly string[]): string[] => cells.filter((_, at) => used[at]);
  return { columns: keep(list(columns).map(text)), rows: all.map(keep) };
}

/** A flow has no coordinates: one row a stream, from where to where and how wide. */
function flowRows(trace: Fields): FigureRows {
  const names = list(fields(trace.node).label).map((label) => plain(String(label)));
  const link = fields(trace.link);
  const [sources, targets, values] = [list(link.source), list(link.target), list(link.value)];
  const nameOf = (place: unknown): string => (typeof place === "number" ? (names[place] ?? "") : "");
  return {
    columns: ["From", "To", "Number"],
    rows: values.map((value, at) => [nameOf(sources[at]), nameOf(targets[at]), String(value)]),
  };
}

function axisKey(reference: unknown, letter: "x" | "y"): string {
  const number = typeof reference === "string" ? reference.slice(1) : "";
  return `${letter}axis${number}`;
}

function axisTitle(layout: Fields, key: string, fallback: string): string {
  const title = fields(fields(layout[key]).title).text;
  if (typeof title === "string" && title !== "") return plain(title);
  // Figures of this project put the title of the vertical axis above it, as an annotation.
  const above = list(layout.annotations)
    .map(fields)
    .find(({ name }) => name === "vertical-title");
  return key === "yaxis" && typeof above?.text === "string" ? plain(above.text) : fallback;
}

function position(value: unknown, axis: Fields): string {
  if (value === null || value === undefined) return "";
  const at = list(axis.tickvals).indexOf(value);
  const names = list(axis.ticktext);
  const name = at < 0 ? undefined : names[at];
  // "12" at 12 says nothing new; "Wang Yu" at 0 does.
  return typeof name === "string" && Number.isNaN(Number(plain(name))) ? plain(name) : String(value);
}

function pointText(trace: Fields, at: number): string {
  for (const source of [trace.hovertext, trace.text]) {
    const value: unknown = Array.isArray(source) ? source[at] : source;
    if (typeof value === "string" && value !== "") return plain(value);
  }
  return "";
}

/** A label without its tags and entities. */
export function plain(label: string): string {
  return label
    .replace(/<br\s*\/?>/gi, " ")
    .replace(/<[^>]*>/g, "")
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&")
    .replace(/\s+/g, " ")
    .trim();
}

/** Rows as CSV (RFC 4180), with a byte order mark, without which Excel takes UTF-8 for something else. */
export function csvText(rows: readonly (readonly string[])[]): string {
  const cell = (text: string): string => {
    // A spreadsheet would run a cell that starts like a formula; a number may start with a minus.
    const safe = /^[=+@\t\r]/.test(text) || (/^-/.test(text) && Number.isNaN(Number(text))) ? `'${text}` : text;
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return `\uFEFF${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** A cell's text as programs read it: the true minus sign, and a power of ten written out, are for readers. */
export function forPrograms(text: string): string {
  return text
    .replace(/^−(?=[\d.])/, "-")
    .replace(/^(-?[\d.]+)\s×\s10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)$/, (_, multiple: string, power: string) => {
      const exponent = [...power].map((sign) => (sign === "⁻" ? "-" : "⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(sign))).join("");
      return `${multiple}e${exponent}`;
    });
}

/** A number with at most four significant digits and a true minus sign, any other text as it is: for reading, not for computing. */
export function shortNumber(text: string): string {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) return text;
  const short = Number.isInteger(value) ? text : String(Number(value.toPrecision(4)));
  return short.replaceAll("-", "−");
}

function fields(value: unknown): Fields {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
