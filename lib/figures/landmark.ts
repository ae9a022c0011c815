import { escapeLabel } from "./label";
import type { Annotation, Shape } from "./plotly";
import { INK, TEXT } from "./theme";

/** A vertical line at a time with its label above the plot, on the side that has more room. */
export function landmarkLine(
  landmark: { readonly time: number; readonly label: string },
  end: number,
): { shape: Shape; annotation: Annotation } {
  const right = landmark.time <= 0.6 * end;
  return {
    shape: {
      type: "line",
      name: "landmark",
      x0: landmark.time,
      x1: landmark.time,
      y0: -0.02,
      y1: 1.04,
      xref: "x",
      yref: "y",
      line: { color: INK, width: 1, dash: "longdash" },
    },
    annotation: {
      name: "landmark",
      text: escapeLabel(landmark.label),
      x: landmark.time,
      y: 1.04,
      xref: "x",
      yref: "y",
      xanchor: right ? "left" : "right",
      yanchor: "bottom",
      yshift: 24,
      showarrow: false,
      font: { size: TEXT.small, color: INK },
    },
  };
}
