import fc from "fast-check";
import { expect, test } from "vitest";
import { CellGraph, type GraphCell } from "../../../../tools/site/live/graph";

function cell(number: number, defines: string, reads: string, changes = ""): GraphCell {
  const words = (text: string): string[] => text.split(" ").filter((word) => word !== "");
  return { number, defines: words(defines).map((name) => ({ name })), reads: words(reads), changes: words(changes) };
}

const none = (): boolean => false;
const all = (): boolean => true;

test("an edit runs its dependents and no others", () => {
  const graph = new CellGraph([
    cell(0, "a", ""),
    cell(1, "b", "a"),
    cell(2, "c", ""),
    cell(3, "d", "b c"),
    cell(4, "", "c"),
  ]);
  expect([...graph.dependents([0])].sort()).toEqual([1, 3]);
  expect(graph.plan([0, ...graph.dependents([0])], all)).toEqual([0, 1, 3]);
  expect(graph.plan([3], none)).toEqual([0, 1, 2, 3]);
});

test("a cell that changes another's value has that one made anew, with all that use it", () => {
  const graph = new CellGraph([
    cell(0, "rows", ""),
    cell(1, "n", "rows"),
    cell(2, "", "rows", "rows"),
    cell(3, "", "rows"),
    cell(4, "x", ""),
  ]);
  expect(graph.plan([2], all)).toEqual([0, 1, 2, 3]);
  // Nothing of it has run: what is needed is enough.
  expect(graph.plan([2], none)).toEqual([0, 2]);
});

test("a plan holds what it needs, each before those that need it", () => {
  const cells = fc.array(fc.array(fc.nat(9), { maxLength: 4 }), { minLength: 1, maxLength: 10 });
  fc.assert(
    fc.property(cells, fc.nat(9), (needs, wanted) => {
      const graph = new CellGraph(
        needs.map((of, number) =>
          cell(
            number,
            `n${number}`,
            of
              .filter((one) => one < number)
              .map((one) => `n${one}`)
              .join(" "),
          ),
        ),
      );
      const target = wanted % needs.length;
      const plan = graph.plan([target], none);
      expect(plan).toContain(target);
      for (const number of plan)
        for (const needed of graph.needs(number)) expect(plan.indexOf(needed)).toBeLessThan(plan.indexOf(number));
    }),
  );
});
