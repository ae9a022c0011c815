import { describe, expect, test } from "vitest";
import { type CausalNode, causalGraphFigure } from "../../lib/figures";
import type { Annotation, Shape } from "../../lib/figures/plotly";
import { figureSvg } from "../../tools/picture/picture";

const nodes: Readonly<Record<string, CausalNode>> = {
  u: { label: "Near <release>", column: 1, row: 0, kind: "unseen" },
  s: { label: "Held", column: 0, row: 1, kind: "selects" },
  a: { label: "Featured", column: 1, row: 1 },
  y: { label: "Release", column: 2, row: 1 },
};
const options = { title: "A graph", data: { provenance: [] } };
const arrows = [
  ["u", "s"],
  ["s", "a"],
  ["u", "y"],
  ["a", "y"],
] as const;

describe("causalGraphFigure", () => {
  const figure = causalGraphFigure(nodes, { ...options, arrows });

  test("says every arrow, what is not measured and what selects", () => {
    expect(figure.alt).toBe(
      "A graph. Directed graph: Near <release> → Held; Held → Featured; Near <release> → Release; Featured → Release. Not measured: Near <release>. It decides who is in the data: Held.",
    );
  });

  test("an arrow runs from the edge of one box to the edge of the other, on the line of their centres", () => {
    const { shapes: boxes, annotations: notes }: { shapes: Shape[]; annotations: Annotation[] } = JSON.parse(
      JSON.stringify(figure.layout),
    );
    expect(boxes.map(({ line }) => [line?.dash, line?.width])).toEqual([
      ["dash", 1.5],
      ["solid", 3],
      ["solid", 1.5],
      ["solid", 1.5],
    ]);
    const drawn = notes.filter(({ showarrow }) => showarrow);
    expect(drawn).toHaveLength(arrows.length);
    for (const [i, [cause, effect]] of arrows.entries()) {
      const [from, to, { x, y, ax = 0, ay = 0 }] = [nodes[cause], nodes[effect], drawn[i]];
      const cross = (px: number, py: number) =>
        (px - from.column) * (to.row - from.row) - (py - from.row) * (to.column - from.column);
      expect(cross(Number(x), Number(y))).toBeCloseTo(0, 12);
      expect(cross(ax, ay)).toBeCloseTo(0, 12);
      const box = boxes[Object.keys(nodes).indexOf(effect)];
      const gaps = [box.x0, box.x1].map((edge) => Math.abs(Number(x) - Number(edge)));
      const heights = [box.y0, box.y1].map((edge) => Math.abs(Number(y) - Number(edge)));
      expect(Math.min(...gaps, ...heights)).toBeLessThan(1e-12);
    }
  });

  test("its picture has a head on every arrow, and names from data are escaped", async () => {
    const svg = await figureSvg(figure);
    const arrowGroups = svg.match(/class="annotation-arrow-g".*?<\/g>/gs) ?? [];
    expect(arrowGroups).toHaveLength(arrows.length);
    for (const group of arrowGroups) {
      expect(group.match(/<path/g)).toHaveLength(2);
      expect(group).not.toContain("0px,100px");
    }
    expect(svg).toContain("&#60;release&#62;");
  });

  test.each([
    [[["a", "z"]], 'arrow 0 names "z"; there are u, s, a, y'],
    [[["a", "a"]], 'arrow 0 from "a" to "a" closes a circle'],
    [
      [
        ["u", "s"],
        ["s", "a"],
        ["a", "u"],
      ],
      'arrow 2 from "a" to "u" closes a circle',
    ],
  ] as const)("%j is refused", (wrong, message) => {
    expect(() => causalGraphFigure(nodes, { ...options, arrows: wrong })).toThrow(`causalGraphFigure: ${message}`);
  });
});
