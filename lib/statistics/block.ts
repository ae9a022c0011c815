import { exp } from "./elementary";

/** Rows of a block; a column of a block takes 4 kB, so that nine of them stay in the first-level cache. */
export const BLOCK = 512;

/** Bytes from a column of a block to the next. */
export const COLUMN = BLOCK * 8;

/** Rows of a block: columns of BLOCK numbers, one after the other, and a weight of each row. */
export interface Block {
  readonly columns: Float64Array;
  readonly weights: Float64Array;
  /** Σ weight·x·xᵀ over all rows that were added, size × size; the part up to each row's pair is filled. */
  readonly products: Float64Array;
}

/** Room for the columns of a block of rows, and sums over them. */
export interface BlockSums {
  /** How many columns, made even by one of zeros. */
  readonly size: number;
  /** The rows at hand. */
  readonly rows: Block;
  /** Their running sums, a row for each that was marked. */
  readonly walked: Block;
  /** Weights of the rows at hand in running sums, in dot products; and 1 where a row is marked. */
  readonly risks: Float64Array;
  readonly factors: Float64Array;
  readonly marks: Uint8Array;
  /** Where the running sums are. */
  readonly running: Float64Array;
  /** Σ factor·x over all rows that were added. */
  readonly dots: Float64Array;
  /** Adds the first rows of a block to its products, or to those of another. They come in pairs: a partner of zeros counts nothing. */
  addProducts(block: Block, count: number, into?: Block): void;
  /** Adds the first rows at hand to the dots, in pairs too. */
  addDots(count: number): void;
  /** Takes exp of the first risks, which have to be between −700 and 0. */
  exponentiate(count: number): void;
  /**
   * Walks from row to − 1 at hand down to row from, adding risk·x to the running sums, and writes them to the rows of `walked` from
   * `place` on, each as it is after a marked row. Returns the place after the last of them.
   */
  walk(from: number, to: number, place: number): number;
}

/** Where in a memory each part is, in bytes. */
export type Places = ReturnType<typeof placesFor>;

export function placesFor(size: number) {
  const rows = 0;
  const walked = rows + (size + 1) * COLUMN;
  const risks = walked + (size + 1) * COLUMN;
  const factors = risks + COLUMN;
  const scratch = factors + COLUMN;
  const marks = scratch + 2 * COLUMN;
  const running = marks + BLOCK;
  const dots = running + 8 * size;
  const products = dots + 8 * size;
  const end = products + 2 * 8 * size * size;
  return { rows, walked, risks, factors, scratch, marks, running, dots, products, end };
}

/** The parts as views of a memory; a block's weights stand behind its columns. */
export function viewsOf(buffer: ArrayBuffer, size: number, places: Places) {
  const numbers = (at: number, length: number) => new Float64Array(buffer, at, length);
  const block = (at: number, index: 0 | 1): Block => ({
    columns: numbers(at, size * BLOCK),
    weights: numbers(at + size * COLUMN, BLOCK),
    products: numbers(places.products + index * 8 * size * size, size * size),
  });
  return {
    size,
    rows: block(places.rows, 0),
    walked: block(places.walked, 1),
    risks: numbers(places.risks, BLOCK),
    factors: numbers(places.factors, BLOCK),
    scratch: numbers(places.scratch, 2 * BLOCK),
    marks: new Uint8Array(buffer, places.marks, BLOCK),
    running: numbers(places.running, size),
    dots: numbers(places.dots, size),
  };
}

/**
 * The sums by plain loops. Products and dots are those of even and of odd rows, added up at the end of a block: so the two lanes of a
 * vector have them (simd.ts), and the sums are the same to the last bit.
 */
export function plainSums(size: number): BlockSums {
  const places = placesFor(size);
  const views = viewsOf(new ArrayBuffer(places.end), size, places);
  const { rows, walked, risks, factors, scratch, marks, running, dots } = views;
  const addDot = (target: Float64Array, at: number, a: Float64Array, b: Float64Array, start: number, count: number) => {
    let even = 0;
    let odd = 0;
    for (let i = 0; i < count; i += 2) {
      even += a[i] * b[start + i];
      odd += a[i + 1] * b[start + i + 1];
    }
    target[at] += even + odd;
  };
  return {
    ...views,
    addProducts(block, count, into = block) {
      const { columns, weights } = block;
      for (let j = 0; j < size; j++) {
        for (let i = 0; i < count + (count % 2); i++) scratch[i] = weights[i] * columns[j * BLOCK + i];
        for (let k = 0; k <= j; k++) addDot(into.products, j * size + k, scratch, columns, k * BLOCK, count);
      }
    },
    addDots(count) {
      for (let j = 0; j < size; j++) addDot(dots, j, factors, rows.columns, j * BLOCK, count);
    },
    exponentiate(count) {
      for (let i = 0; i < count; i++) risks[i] = exp(risks[i]);
    },
    walk(from, to, place) {
      let end = place;
      for (let j = 0; j < size; j++) {
        end = place;
        let sum = running[j];
        for (let i = to - 1; i >= from; i--) {
          sum += risks[i] * rows.columns[j * BLOCK + i];
          walked.columns[j * BLOCK + end] = sum;
          end += marks[i];
        }
        running[j] = sum;
      }
      return end;
    },
  };
}
