import { type CurveTable, type Json, levelText, pointAt, readCurveTable, timeText } from "../../../lib/figures/inner";
import { announce, button } from "./dom";
import { openRows } from "./keys";
import { plotly } from "./plotly";
import type { FigureValue } from "./shared";
import { curveTone, playCurve } from "./tone";

/** Where a reader stands: a curve and a time. */
interface Place {
  readonly curve: number;
  readonly time: number;
}

/**
 * Survival curves by keyboard and ear: left and right go from event to event of a curve, up and down to the other curves
 * at the same time, Page Down and Page Up from tick to tick, Home and End to the ends. Each step says time, level, limits
 * and how many are at risk; with the tone on it sounds the level, too. H says what the figure shows and which keys there
 * are.
 *
 * @param bar takes the button for the tone
 * @returns false where the figure has no survival curves to be read
 */
export function readCurves(live: HTMLElement, figure: FigureValue, bar: Element | null): boolean {
  const meta: unknown = figure.layout.meta;
  const curves = readCurveTable(Reflect.get(Object(meta), "table") as Json | undefined);
  if (curves === null) return false;
  const reader = new CurveReader(live, curves, ticksOf(figure));
  live.setAttribute("role", "application");
  live.setAttribute("aria-roledescription", "survival curves");
  live.setAttribute("aria-describedby", hint().id);
  live.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (reader.press(event.key)) event.preventDefault();
  });
  bar?.append(reader.toneButton);
  // A region that is there before it speaks is heard the first time, too.
  announce("");
  return true;
}

class CurveReader {
  readonly toneButton: HTMLButtonElement;
  #place: Place | null = null;
  #sounds = false;

  constructor(
    readonly live: HTMLElement,
    readonly table: CurveTable,
    readonly ticks: readonly number[],
  ) {
    this.toneButton = button("♪", () => this.#switchTone());
    this.toneButton.setAttribute("aria-label", "Tone for the level of the curve");
    this.toneButton.title = "Tone for the level of the curve (T)";
    this.toneButton.setAttribute("aria-pressed", "false");
  }

  /** @returns whether the key means something here */
  press(key: string): boolean {
    const { curve, time } = this.#place ?? { curve: 0, time: 0 };
    const { points } = this.table.curves[curve];
    const times = points.map((point) => point.time);
    const last = times[times.length - 1];
    const after = (list: readonly number[]): number => list.find((each) => each > time) ?? last;
    const before = (list: readonly number[]): number => list.findLast((each) => each < time) ?? 0;
    const count = this.table.curves.length;
    const act: Readonly<Record<string, () => void>> = {
      ArrowRight: () => this.#go({ curve, time: this.#place === null ? 0 : after(times) }),
      ArrowLeft: () => this.#go({ curve, time: before(times) }),
      ArrowDown: () => this.#go({ curve: this.#place === null ? 0 : (curve + 1) % count, time }),
      ArrowUp: () => this.#go({ curve: (curve + count - 1) % count, time }),
      PageDown: () => this.#go({ curve, time: Math.min(after(this.ticks), last) }),
      PageUp: () => this.#go({ curve, time: before(this.ticks) }),
      Home: () => this.#go({ curve, time: 0 }),
      End: () => this.#go({ curve, time: last }),
      Enter: () => this.#play(curve),
      Escape: () => this.#letGo(),
      h: () => announce(this.#overview()),
      t: () => this.#switchTone(),
      d: () => openRows(this.live),
    };
    const chosen = act[key.length === 1 ? key.toLowerCase() : key];
    chosen?.();
    return chosen !== undefined;
  }

  #go(place: Place): void {
    this.#place = place;
    const { label, points } = this.table.curves[place.curve];
    const { wording } = this.table;
    const point = pointAt(points, place.time);
    const when = timeText(place.time, wording.timeLabel);
    if (point === null) {
      announce(`${label}, ${when}: observed to ${timeText(points[points.length - 1].time, wording.timeLabel)}`);
      return;
    }
    const events = point.events > 0 ? `, ${point.events} ${wording.eventLabel} then` : "";
    announce(`${label}, ${when}: ${levelText(point, wording)}${events}`);
    if (this.#sounds) curveTone(place.curve, point.survival);
    this.#pointAt(place.time);
  }

  /** Shows the box that a mouse would show, for those who see it: that of the last change before the time. */
  #pointAt(time: number): void {
    void plotly().then((library) => {
      const traces: unknown = Reflect.get(this.live, "_fullData");
      const list = Array.isArray(traces) ? traces : [];
      const curveNumber = list.findIndex((trace: unknown) => Reflect.get(Object(trace), "name") === "Reading");
      const xs: unknown = Reflect.get(Object(list[curveNumber]), "x");
      if (!Array.isArray(xs)) return;
      const pointNumber = xs.findLastIndex((x) => Number(x) <= time);
      if (pointNumber >= 0) library.Fx.hover(this.live, [{ curveNumber, pointNumber }]);
    });
  }

  #overview(): string {
    const { curves, wording } = this.table;
    const names = curves.map(({ label, points }) => {
      const sum = (what: "events" | "censored"): number => points.reduce((total, point) => total + point[what], 0);
      return `${label}: ${sum("events")} ${wording.eventLabel}, ${sum("censored")} followed no further`;
    });
    return `${this.live.getAttribute("aria-label") ?? ""} ${curves.length} curves. ${names.join("; ")}. ${KEYS}`;
  }

  #switchTone(): void {
    this.#sounds = !this.#sounds;
    this.toneButton.setAttribute("aria-pressed", String(this.#sounds));
    announce(this.#sounds ? "Tone on: the higher, the more are left. Enter plays the curve." : "Tone off");
    const at = this.#place;
    const level = at === null ? 1 : (pointAt(this.table.curves[at.curve].points, at.time)?.survival ?? 1);
    if (this.#sounds) curveTone(at?.curve ?? 0, level);
  }

  #play(curve: number): void {
    if (!this.#sounds) announce("The tone is off; T turns it on.");
    else playCurve(curve, this.table.curves[curve].points);
  }

  #letGo(): void {
    this.#place = null;
    void plotly().then((library) => library.Fx.unhover(this.live));
  }
}

/** The ticks of the axis of time, in order. */
function ticksOf({ layout }: FigureValue): number[] {
  const ticks: unknown = Reflect.get(Object(layout.xaxis), "tickvals");
  return (Array.isArray(ticks) ? ticks : []).map(Number).filter(Number.isFinite);
}

const KEYS =
  "Left and right go from event to event, up and down from curve to curve, Page Up and Page Down from tick to tick. T turns the tone on, D opens the data as a table.";

/** How curves answer to keys: said once by screen readers, for each figure refers to it. */
function hint(): HTMLElement {
  const known = document.getElementById("curve-keys");
  if (known !== null) return known;
  const made = document.createElement("p");
  made.id = "curve-keys";
  made.hidden = true;
  made.textContent = `${KEYS} H says what is shown.`;
  document.body.append(made);
  return made;
}
