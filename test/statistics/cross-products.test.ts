import { describe, expect, it } from "vitest";
import { BLOCK, type BlockSums, plainSums } from "../../lib/statistics/block";
import { addCrossProducts, cleared, takeRows } from "../../lib/statistics/cross-products";
import { exp } from "../../lib/statistics/elementary";
import { seededRandom } from "../../lib/statistics/index";
import { moduleBytes, vectorSums } from "../../lib/statistics/simd";
import { expectAllClose } from "../survival/golden";

/** By vectors, which are there on every Node that the project runs on. */
function byVectors(size: number): BlockSums {
  const sums = vectorSums(size);
  if (sums === null) throw new Error("this Node has no vectors");
  return cleared(sums);
}

const even = (size: number) => size + (size % 2);

describe("sums over blocks of rows", () => {
  it("run in a module that a browser compiles at once", () => {
    expect(moduleBytes().length).toBeLessThan(2000);
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
  ])(
    "cross products are those of their definition, on vectors and by plain loops to the last bit: %i columns, %i rows",
    (size, rows) => {
      const random = seededRandom(size * 1000 + rows);
      const stride = rows + 7;
      const x = Float64Array.from({ length: size * stride }, () => random.normal());
      const weights = Float64Array.from({ length: rows + 3 }, () => random.normal());
      const columns = { x: x.subarray(5), size, stride, rows };
      const found = [byVectors(even(size)), plainSums(even(size))].map((sums) => {
        const matrix = new Float64Array(size * size).fill(1);
        addCrossProducts(matrix, columns, weights.subarray(2), sums);
        return matrix;
      });
      const defined = new Float64Array(size * size).fill(1);
      for (let j = 0; j < size; j++) {
        for (let k = 0; k <= j; k++) {
          for (let i = 0; i < rows; i++)
            defined[j * size + k] += weights[2 + i] * x[j * stride + 5 + i] * x[k * stride + 5 + i];
        }
      }
      const shift = 1000; // so that a sum near zero is compared absolutely
      expectAllClose(
        found[0].map((v) => v + shift),
        defined.map((v) => v + shift),
        "vectors",
        1e-12,
      );
      expect(found[1]).toEqual(found[0]);
    },
  );

  it.each([
    [1, 1],
    [2, 12],
    [3, 511],
    [10, 512],
    [11, 251],
  ])(
    "dot products and running sums are those of their definition, on vectors and by plain loops to the last bit: %i columns, %i rows",
    (size, rows) => {
      const random = seededRandom(size * 1000 + rows);
      const x = Float64Array.from({ length: size * rows }, () => random.normal());
      const factors = Float64Array.from({ length: rows }, () => random.normal());
      const risks = Float64Array.from({ length: rows }, () => random.next());
      const marks = Uint8Array.from({ length: rows }, (_, i) => (i === 0 ? 1 : random.integer(2)));
      const half = rows >> 1;
      const found = [byVectors(even(size)), plainSums(even(size))].map((sums) => {
        sums.factors.fill(0).set(factors);
        sums.risks.set(risks);
        sums.marks.set(marks);
        takeRows(sums, { x, size, stride: rows }, 0, rows);
        sums.addDots(rows);
        const middle = sums.walk(half, rows, 0);
        const places = sums.walk(0, half, middle);
        const walked = Array.from({ length: size }, (_, j) => sums.walked.columns.slice(j * BLOCK, j * BLOCK + places));
        return { dots: sums.dots.slice(0, size), walked, running: sums.running.slice(0, size), places };
      });
      expect(found[1]).toEqual(found[0]);
      const { dots, walked, places, running } = found[0];
      expect(places).toBe(marks.reduce((sum, mark) => sum + mark, 0));
      for (let j = 0; j < size; j++) {
        const column = x.subarray(j * rows, (j + 1) * rows);
        const dot = column.reduce((sum, value, i) => sum + value * factors[i], 0);
        expectAllClose([dots[j] + 1000], [dot + 1000], "dot", 1e-12);
        const sums: number[] = [];
        let sum = 0;
        for (let i = rows - 1; i >= 0; i--) {
          sum += risks[i] * column[i];
          if (marks[i] === 1) sums.push(sum);
        }
        expect([...walked[j]]).toEqual(sums);
        expect(running[j]).toBe(sum);
      }
    },
  );

  it("exponentials are those of the elementary functions to the last bit, down to where they vanish", () => {
    const random = seededRandom(7);
    const few = [
      0, -0, -1e-300, -3.725290298461914e-9, -3.7e-9, -0.3465735, -0.34657371, -0.3465738296508789, -0.34657383, -1,
      -700,
    ];
    const values = Float64Array.from({ length: 20 * BLOCK }, (_, i) =>
      i < few.length ? few[i] : -(10 ** (random.next() * 12.8 - 10)),
    );
    for (const sums of [byVectors(2), plainSums(2)]) {
      for (let from = 0; from < values.length; from += BLOCK) {
        const part = values.subarray(from, from + BLOCK);
        sums.risks.set(part);
        sums.exponentiate(BLOCK);
        expect(sums.risks).toEqual(part.map(exp));
      }
    }
  });

  it("of another size take the memory, and those of the first size are there again when they are asked for", () => {
    const add = (size: number): Float64Array => {
      const target = new Float64Array(size * size);
      const x = Float64Array.from({ length: size * 3 }, (_, i) => i + 1);
      addCrossProducts(target, { x, size, stride: 3, rows: 3 }, Float64Array.of(1, 2, 1));
      return target;
    };
    const before = add(2);
    // So many columns need more memory than the module begins with, and the views of the first size are no more.
    expect(byVectors(64).size).toBe(64);
    expect(add(2)).toEqual(before);
  });
});
