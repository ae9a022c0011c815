import { expect, test } from "vitest";
import { FirstRows } from "../../lib/own-campaign/first-rows";
import { seededRandom } from "../../lib/statistics";

test("finds the row in which a key stood first as a Map does, of keys in order and of others", () => {
  const random = seededRandom(4);
  for (const inOrder of [0, 1, 50, 5000, 20_000]) {
    const [found, known] = [new FirstRows(), new Map<string, number>()];
    for (let row = 0; row < 20_000; row++) {
      const key = row < inOrder ? `p${row}` : `p${random.integer(30_000)}`;
      expect(found.meet(key, row)).toBe(known.get(key) ?? null);
      if (!known.has(key)) known.set(key, row);
    }
  }
});

test("the same key twice is no order", () => {
  const found = new FirstRows();
  expect([found.meet("a", 2), found.meet("a", 3), found.meet("b", 4), found.meet("a", 5)]).toEqual([null, 2, null, 2]);
});
