import { announce } from "./dom";
import { plotly } from "./plotly";

/** A point that can be pointed at. */
interface Point {
  readonly curveNumber: number;
  readonly pointNumber: number;
}

/**
 * What a mouse does by pointing, the keyboard does on a figure that has the focus: left and right go from point to
 * point, up and down from series to series, D opens the data as a table, Escape lets go.
 */
export function stepThroughPoints(live: HTMLElement): void {
  let at: Point | null = null;
  let node: number | null = null;
  const letGo = (): void => {
    at = null;
    if (node !== null) leave(nodesOf(live)[node]);
    node = null;
    void plotly().then((library) => library.Fx.unhover(live));
  };
  const step = (key: string): boolean => {
    const series = pointsOf(live);
    if (series.length > 0) {
      at = moved(series, at, key);
      pointAt(live, at);
    } else if (nodesOf(live).length > 0) {
      node = pointAtNode(live, node, key === "ArrowRight" || key === "ArrowDown" ? 1 : -1);
    } else return false;
    return true;
  };
  live.setAttribute("aria-describedby", hint().id);
  live.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "d" || event.key === "D") openRows(live);
    else if (event.key === "Escape") letGo();
    else if (event.key.startsWith("Arrow") && step(event.key)) event.preventDefault();
  });
}

/** Points at a point, and says what stands there. */
function pointAt(live: HTMLElement, { curveNumber, pointNumber }: Point): void {
  void plotly().then((library) => {
    library.Fx.hover(live, [{ curveNumber, pointNumber }]);
    const said = [...live.querySelectorAll(".hoverlayer text")].map((text) => text.textContent ?? "").join(" ");
    if (said.trim() !== "") announce(said);
  });
}

function moved(series: readonly Point[][], at: Point | null, key: string): Point {
  const flat = series.flat();
  const start = flat[0] ?? { curveNumber: 0, pointNumber: 0 };
  if (at === null) return start;
  const row = Math.max(
    0,
    series.findIndex((points) => points[0]?.curveNumber === at.curveNumber),
  );
  const points = series[row] ?? flat;
  const column = Math.max(
    0,
    points.findIndex((point) => point.pointNumber === at.pointNumber),
  );
  const to = (list: readonly Point[], index: number): Point =>
    list[Math.min(Math.max(index, 0), list.length - 1)] ?? at;
  if (key === "ArrowRight") return to(points, column + 1);
  if (key === "ArrowLeft") return to(points, column - 1);
  const other = series[(row + (key === "ArrowDown" ? 1 : series.length - 1)) % series.length] ?? points;
  return to(other, Math.min(column, other.length - 1));
}

/** The points of each series that answers to pointing, without gaps. */
function pointsOf(live: HTMLElement): Point[][] {
  const traces: unknown = Reflect.get(live, "_fullData");
  if (!Array.isArray(traces)) return [];
  return traces
    .map((trace: unknown, curveNumber) => {
      const skip = Reflect.get(Object(trace), "hoverinfo") === "skip";
      const xs: unknown = Reflect.get(Object(trace), "x");
      if (skip || (!Array.isArray(xs) && !ArrayBuffer.isView(xs))) return [];
      return Array.from(Object(xs) as ArrayLike<unknown>)
        .map((x, pointNumber) => ({ x, curveNumber, pointNumber }))
        .filter(({ x }) => x !== null && x !== undefined)
        .map(({ pointNumber }) => ({ curveNumber, pointNumber }));
    })
    .filter((points) => points.length > 0);
}

/** The stations of a flow. They have no points that the library could be told of, but answer to a mouse's events. */
function nodesOf(live: HTMLElement): Element[] {
  return [...live.querySelectorAll(".sankey-node .node-rect")];
}

/** Points at the next station, or the one before, and says what stands there. */
function pointAtNode(live: HTMLElement, at: number | null, step: number): number {
  const nodes = nodesOf(live);
  const next = at === null ? 0 : Math.min(Math.max(at + step, 0), nodes.length - 1);
  if (at !== null) leave(nodes[at]);
  const target = nodes[next];
  if (target !== undefined) {
    const { left, top, width, height } = target.getBoundingClientRect();
    const place = { bubbles: true, clientX: left + width / 2, clientY: top + height / 2 };
    target.dispatchEvent(new MouseEvent("mouseover", place));
    target.dispatchEvent(new MouseEvent("mousemove", place));
    requestAnimationFrame(() => {
      const said = [...live.querySelectorAll(".hoverlayer text")].map((text) => text.textContent ?? "");
      if (said.join("").trim() !== "") announce(said.join(" "));
    });
  }
  return next;
}

function leave(node: Element | undefined): void {
  node?.dispatchEvent(new MouseEvent("mouseout", { bubbles: true }));
}

/** Opens the data behind a figure and goes there. */
export function openRows(live: HTMLElement): void {
  const rows = live.closest("figure")?.querySelector<HTMLDetailsElement>("details.rows");
  if (rows === null || rows === undefined) return;
  rows.open = true;
  rows.querySelector<HTMLElement>(".scroll")?.focus();
}

/** How figures answer to keys: said once by screen readers, for each figure refers to it. */
function hint(): HTMLElement {
  const known = document.getElementById("figure-keys");
  if (known !== null) return known;
  const made = document.createElement("p");
  made.id = "figure-keys";
  made.hidden = true;
  made.textContent = "Arrow keys go from point to point. D opens the data as a table.";
  document.body.append(made);
  return made;
}
