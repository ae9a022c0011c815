import { escapeHtml } from "../../lib/tables/escape";
import { type CellFigure, figureMeta } from "./cell-figure";
import { attributes } from "./html";

/** A moment of a curve: what a row of the figure's own table says. */
interface Moment {
  readonly time: number;
  readonly share: number;
  readonly lower: number;
  readonly upper: number;
  readonly atRisk: number;
  readonly events: number;
}

interface Curve {
  readonly name: string;
  readonly moments: readonly Moment[];
}

/** How each of the two curves is drawn, and where its words stand: `at` in months, `level` as a share. */
const LOOKS = [
  { kind: "real", who: "Featured, real", at: 0.7, level: 0.17 },
  { kind: "made-up", who: "Not featured, made up", at: 5.5, level: 0.91 },
] as const;

const FRAME = { left: 54, right: 8, top: 10, bottom: 46, width: 480, height: 300 };

/**
 * Figure 1 small, for the first screen: drawn from the table that the figure carries, in the page's own letters and
 * colours, without a script. Null where the table is not that of two survival curves.
 */
export function frontFigure(figure: CellFigure): string | null {
  const { rows } = figureMeta(figure);
  const curves = curvesOf(rows);
  if (curves.length !== LOOKS.length) return null;
  const end = Math.max(...curves.flatMap(({ moments }) => moments.map(({ time }) => time)));
  const { left, right, top, bottom, width, height } = FRAME;
  const x = (time: number): number => left + (time / end) * (width - left - right);
  const y = (share: number): number => top + (1 - share) * (height - top - bottom);
  const parts = curves.map((curve, i) => {
    const look = LOOKS[i] ?? LOOKS[0];
    const released = curve.moments.reduce((sum, { events }) => sum + events, 0);
    const words = `${released} of ${curve.moments[0]?.atRisk ?? 0} released`;
    const [tx, ty] = [x(look.at), y(look.level)];
    return `<g class="${look.kind}"><path class="band"${attributes({ d: band(curve, x, y) })}/><path class="curve"${attributes({ d: steps(curve, x, y) })}/><text x="${place(tx)}" y="${place(ty)}"><tspan class="who">${look.who}</tspan><tspan x="${place(tx)}" dy="1.25em">${escapeHtml(words)}</tspan></text></g>`;
  });
  const levels = [0, 0.5, 1].map(
    (share) =>
      `<line class="grid" x1="${left}" x2="${width - right}" y1="${place(y(share))}" y2="${place(y(share))}"/><text class="tick" text-anchor="end" x="${left - 6}" y="${place(y(share))}" dy="0.35em">${100 * share}%</text>`,
  );
  const months = [0, end / 3, (2 * end) / 3, end].map((time) => {
    const anchor = time === 0 ? "start" : time === end ? "end" : "middle";
    return `<text class="tick" text-anchor="${anchor}" x="${place(x(time))}" y="${height - bottom + 18}">${Math.round(time)}</text>`;
  });
  const axis = `<text class="tick" text-anchor="end" x="${width - right}" y="${height - 6}">months since the campaign began</text>`;
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(figure.alt)}">${levels.join("")}${months.join("")}${axis}${parts.join("")}</svg>`;
}

const place = (value: number): string => String(Math.round(value * 10) / 10);

/** The curves of the table: group, time, share and its limits, number at risk, events, censored. */
function curvesOf(rows: readonly (readonly unknown[])[]): Curve[] {
  const curves = new Map<string, Moment[]>();
  for (const [name, ...values] of rows) {
    const [time, share, lower, upper, atRisk, events] = values.map(Number);
    if (time === undefined || share === undefined || lower === undefined || upper === undefined) return [];
    if (atRisk === undefined || events === undefined || !Number.isFinite(time + share + atRisk + events)) return [];
    const moments = curves.get(String(name)) ?? [];
    moments.push({ time, share, lower, upper, atRisk, events });
    curves.set(String(name), moments);
  }
  return [...curves].map(([name, moments]) => ({ name, moments }));
}

type Scale = (value: number) => number;

function steps({ moments }: Curve, x: Scale, y: Scale): string {
  return moments
    .map(({ time, share }, at) =>
      at === 0 ? `M${place(x(time))} ${place(y(share))}` : `H${place(x(time))}V${place(y(share))}`,
    )
    .join("");
}

function band({ moments }: Curve, x: Scale, y: Scale): string {
  const upper = moments.map(({ time, upper }, at) =>
    at === 0 ? `M${place(x(time))} ${place(y(upper))}` : `H${place(x(time))}V${place(y(upper))}`,
  );
  const lower = [...moments]
    .reverse()
    .map(({ time, lower }, at) => (at === 0 ? `V${place(y(lower))}` : `V${place(y(lower))}H${place(x(time))}`));
  return `${upper.join("")}${lower.join("")}Z`;
}
