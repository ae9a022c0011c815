import { expect, test } from "vitest";
import { completeCases } from "../../lib/survival/inner";
import { tryCox } from "../../lib/survival/try-cox";

const time = [1, 2, 3, 4];
const event = [1, 1, 0, 1];
const reason = (covariates: Record<string, number[]>, rows = time.length) =>
  tryCox({ time: time.slice(0, rows), event: event.slice(0, rows), covariates }, "somebody dies").reason;

test("a model that can be fitted has no reason", () => {
  const { fit, reason } = tryCox({ time, event, covariates: { x: [0, 1, 0, 1] } }, "somebody dies");
  expect([fit?.terms.length, reason]).toEqual([1, null]);
});

test("what the data lack is said in words, without the name of cox()", () => {
  expect(reason({ x: [] }, 0)).toBe("no row is complete in its covariates");
  expect(reason({})).toBe("there is no covariate that varies");
  expect(reason({ x: [2, 2, 2, 2] })).toBe("none of its covariates varies among those at risk when somebody dies");
  const { reason: none } = tryCox({ time, event: [0, 0, 0, 0], covariates: { x: [0, 1, 0, 1] } }, "");
  expect(none).not.toMatch(/^cox|^$/);
});

test("complete cases, and what the others lack in the order in which it is met", () => {
  const table = { a: [1, null, 3, null], b: [null, null, 1, 1] };
  const found = completeCases(4, ["a", "b"] as const, (column, row) => table[column][row] === null);
  expect(found.rows).toEqual([2]);
  expect(found.incomplete).toEqual({
    count: 3,
    rows: [0, 1, 3],
    columns: [
      { column: "b", count: 2 },
      { column: "a", count: 2 },
    ],
  });
});
