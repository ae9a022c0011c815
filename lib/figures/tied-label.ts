import type { Annotation } from "./plotly";
import { seriesStyle, TEXT } from "./theme";

/**
 * A label to the right of the plot in the colours of a series, tied to the end of its line by a thin line.
 *
 * @param y where the line ends
 * @param tie how far right of and below that place the label stands, in pixels
 */
export function tiedLabel(
  name: string,
  text: string,
  series: number,
  y: number,
  tie: { readonly right: number; readonly down: number },
): Annotation {
  const { color, ink } = seriesStyle(series);
  return {
    name,
    text,
    x: 1,
    y,
    xref: "paper",
    yref: "y",
    showarrow: true,
    arrowhead: 0,
    arrowwidth: 1,
    arrowcolor: color,
    ax: tie.right,
    ay: Math.round(tie.down),
    xanchor: "left",
    yanchor: "middle",
    font: { size: TEXT.small, color: ink },
  };
}
