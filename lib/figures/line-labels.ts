import { largest } from "../statistics/inner";
import { widest, wrap } from "./label";
import { bold, directLabels } from "./marks";
import type { Annotation } from "./plotly";
import { TEXT } from "./theme";

/** A line's name, and where it ends on the vertical axis. */
interface LineEnd {
  readonly label: string;
  readonly end: number;
}

/** The vertical axis: its value at the upper end, the range that it shows, and its height in pixels. */
interface LabelledPlot {
  readonly top: number;
  readonly range: number;
  readonly height: number;
}

/** Letters of a line of a label. */
const LETTERS = 15;
const LINE = 16; // pixels

/**
 * The names of lines over a number, at their ends, in lines of fifteen letters: the room that they take at the right of
 * the plot, in pixels, and the annotations.
 */
export function lineLabels(
  lines: readonly LineEnd[],
  { top, range, height }: LabelledPlot,
): { readonly right: number; readonly annotations: Annotation[] } {
  const blocks = lines.map(({ label }) => wrap(label, LETTERS));
  return {
    right: 22 + largest(blocks.map((block) => widest(block, TEXT.small, true))),
    annotations: directLabels(
      lines.map(({ end }, i) => ({
        text: blocks[i].map(bold).join("<br>"),
        end,
        size: blocks[i].length * LINE + 4,
      })),
      { top, pixels: height / range, from: -10, to: height + 10 },
      { name: "line-label", align: "left", borderpad: 2 },
    ),
  };
}
