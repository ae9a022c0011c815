/** A page draws a figure from its Plotly JSON; the HTML by which Jupyter does that is not needed there. */
export function figureHtml(): string {
  return "";
}
