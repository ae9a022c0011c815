import { describe, expect, it } from "vitest";
import { addCrossProducts, addPlainly } from "../../lib/statistics/cross-products";
import { seededRandom } from "../../lib/statistics/index";
import { moduleBytes, vectorUnit } from "../../lib/statistics/simd";
import { expectAllClose } from "../survival/golden";

describe("cross products", () => {
  it("run on vectors here", () => {
    expect(vectorUnit(3)).not.toBeNull();
    expect(moduleBytes().length).toBeLessThan(1000);
  });

  // One row, odd and even numbers of rows and columns, several blocks, a part of the columns.
  it.each([
    [1, 1],
    [2, 15],
    [1, 16],
    [3, 17],
    [4, 512],
    [5, 513],
    [10, 1500],
    [11, 251],
    [40, 700],
  ])("are the same on vectors, by plain loops and by definition: %i columns, %i rows", (size, rows) => {
    const random = seededRandom(size * 1000 + rows);
    const stride = rows + 7;
    const x = Float64Array.from({ length: size * stride }, () => random.normal());
    const weights = Float64Array.from({ length: rows + 3 }, () => random.normal());
    const byVectors = new Float64Array(size * size).fill(1);
    const plainly = new Float64Array(size * size).fill(1);
    const columns = { x: x.subarray(5), size, stride, rows };
    addCrossProducts(byVectors, columns, weights.subarray(2));
    addPlainly(plainly, columns, weights.subarray(2));
    const defined = new Float64Array(size * size).fill(1);
    for (let j = 0; j < size; j++) {
      for (let k = 0; k <= j; k++) {
        for (let i = 0; i < rows; i++)
          defined[j * size + k] += weights[2 + i] * x[j * stride + 5 + i] * x[k * stride + 5 + i];
      }
    }
    const shift = 1000; // so that a sum near zero is compared absolutely
    expectAllClose(
      byVectors.map((v) => v + shift),
      defined.map((v) => v + shift),
      "vectors",
      1e-12,
    );
    expectAllClose(
      plainly.map((v) => v + shift),
      defined.map((v) => v + shift),
      "plain",
      1e-12,
    );
  });
});
