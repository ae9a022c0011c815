import type { Figure } from "../../lib/figures";
import type { Annotation, FigureLayout, ScatterTrace, Shape } from "../../lib/figures/plotly";
import { kaplanMeier, type SurvivalCurve } from "../../lib/survival";

/** What the library's own figures hold, with the types that they were written with. */
export function parts(figure: Figure): {
  traces: readonly ScatterTrace[];
  layout: FigureLayout;
  annotations: readonly Annotation[];
  shapes: readonly Shape[];
} {
  const { data, layout }: { data: readonly ScatterTrace[]; layout: FigureLayout } = JSON.parse(JSON.stringify(figure));
  return { traces: data, layout, annotations: layout.annotations ?? [], shapes: layout.shapes ?? [] };
}

/** Two groups with events, censoring and a median each. */
export function twoCurves(labels: readonly [string, string] = ["short", "long"]): SurvivalCurve[] {
  const time = [1, 4, 9, 12, 20, 36, 2, 15, 30, 36, 36, 36];
  const event = [1, 1, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0];
  const group = time.map((_, index) => labels[index < 6 ? 0 : 1] ?? "");
  return kaplanMeier({ time, event, group }, { order: labels });
}

/** Labels of a figure that a reader sees, with markup taken out and entities resolved. */
export function visible(text: string): string {
  return text
    .replace(/<br>/g, " ")
    .replace(/<[^>]*>/g, "")
    .replace(/&#36;/g, "$")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&");
}

export const PUBLIC = { provenance: "public-record" } as const;
export const SYNTHETIC = { provenance: "synthetic" } as const;
