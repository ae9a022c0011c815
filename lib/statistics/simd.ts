/**
 * Cross products of columns by WebAssembly's two-lane vector instructions.
 *
 * Measured on n = 1e6 and 10 columns, V8's code for the plain loops of cross-products.ts checks bounds at every access
 * and takes about 1.5 ns for each product; this takes about a quarter. It is the one place where that decides
 * whether a fit is as fast as R's. Where vectors are not available the plain loops do the same.
 *
 * The module is assembled here from its instructions, so that there is no binary file that nobody can read. In the notation
 * of the plain loops it is, for columns x of `rows` numbers in blocks (rows and size even, padded with zeros):
 *
 *     for j in 0, 2, … below size
 *       u[i] = w[i]·x_j[i]; v[i] = w[i]·x_{j+1}[i]
 *       for k in 0, 2, … up to j
 *         target[j][k] += Σ u·x_k       target[j][k+1] += Σ u·x_{k+1}
 *         target[j+1][k] += Σ v·x_k     target[j+1][k+1] += Σ v·x_{k+1}
 *
 * (Binary encoding: WebAssembly Core Specification 2.0, chapter 5.)
 */

/** Rows of a block; a column of a block takes 4 kB, so that nine of them stay in the first-level cache. */
export const BLOCK = 512;

const COLUMN = BLOCK * 8;

/** Instructions by the names of the specification's text format. */
const op = {
  block: [0x02, 0x40],
  loop: [0x03, 0x40],
  end: [0x0b],
  br: (depth: number) => [0x0c, depth],
  brIf: (depth: number) => [0x0d, depth],
  get: (local: number) => [0x20, local],
  set: (local: number) => [0x21, local],
  i32: (value: number) => [0x41, ...signedLeb(value)],
  i32Add: [0x6a],
  i32Mul: [0x6c],
  i32GeU: [0x4f],
  i32GtU: [0x4b],
  f64Load: (offset: number) => [0x2b, 3, ...unsignedLeb(offset)],
  f64Store: (offset: number) => [0x39, 3, ...unsignedLeb(offset)],
  f64Add: [0xa0],
  load: (offset: number) => [0xfd, 0x00, 3, ...unsignedLeb(offset)],
  store: (offset: number) => [0xfd, 0x0b, 3, ...unsignedLeb(offset)],
  zero: [0xfd, 0x0c, ...new Array<number>(16).fill(0)],
  lane: (index: number) => [0xfd, 0x21, index],
  mul: [0xfd, 0xf2, 0x01],
  add: [0xfd, 0xf0, 0x01],
};

function unsignedLeb(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    const byte = rest & 0x7f;
    rest >>>= 7;
    bytes.push(rest === 0 ? byte : byte | 0x80);
  } while (rest !== 0);
  return bytes;
}

function signedLeb(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    const byte = rest & 0x7f;
    rest >>= 7;
    if ((rest === 0 && (byte & 0x40) === 0) || (rest === -1 && (byte & 0x40) !== 0)) return [...bytes, byte];
    bytes.push(byte | 0x80);
  }
}

// Parameters: addresses of the columns, the weights, two columns of scratch, the target; bytes of a column in use; size.
const X = 0;
const WEIGHTS = 1;
const SCRATCH = 2;
const TARGET = 3;
const BYTES = 4;
const SIZE = 5;
// Locals.
const J = 6;
const K = 7;
const I = 8;
const XJ = 9;
const XK = 10;
const OUT = 11;
// Vectors.
const SUM00 = 12;
const SUM01 = 13;
const SUM10 = 14;
const SUM11 = 15;
const U = 16;
const V = 17;
const P = 18;
const Q = 19;

/** for (local = 0; local < limit; local += step) body */
function loop(local: number, exit: readonly number[], step: number, body: readonly number[]): number[] {
  const next = [...op.get(local), ...op.i32(step), ...op.i32Add, ...op.set(local)];
  return [
    ...[...op.i32(0), ...op.set(local)],
    ...[...op.block, ...op.loop],
    ...[...exit, ...op.brIf(1)],
    ...body,
    ...next,
    ...op.br(0),
    ...[...op.end, ...op.end],
  ];
}

const atLeast = (local: number, limit: number) => [...op.get(local), ...op.get(limit), ...op.i32GeU];
const sum = (a: readonly number[], b: readonly number[]) => [...a, ...b, ...op.i32Add];
const product = (a: readonly number[], b: readonly number[]) => [...a, ...b, ...op.i32Mul];
const element = (base: number) => sum(op.get(base), op.get(I));

function weigh(offset: number): number[] {
  return [
    ...element(SCRATCH),
    ...[...element(WEIGHTS), ...op.load(0)],
    ...[...element(XJ), ...op.load(offset)],
    ...op.mul,
    ...op.store(offset),
  ];
}

function accumulate(target: number, a: number, b: number): number[] {
  return [...op.get(target), ...op.get(a), ...op.get(b), ...op.mul, ...op.add, ...op.set(target)];
}

/** target[...] += both lanes of a sum. */
function flush(vector: number, offset: number): number[] {
  return [
    ...op.get(OUT),
    ...[...op.get(OUT), ...op.f64Load(offset)],
    ...[...op.get(vector), ...op.lane(0), ...op.get(vector), ...op.lane(1), ...op.f64Add],
    ...op.f64Add,
    ...op.f64Store(offset),
  ];
}

function body(): number[] {
  const inner = [
    ...[...element(SCRATCH), ...op.load(0), ...op.set(U)],
    ...[...element(SCRATCH), ...op.load(COLUMN), ...op.set(V)],
    ...[...element(XK), ...op.load(0), ...op.set(P)],
    ...[...element(XK), ...op.load(COLUMN), ...op.set(Q)],
    ...[...accumulate(SUM00, U, P), ...accumulate(SUM01, U, Q)],
    ...[...accumulate(SUM10, V, P), ...accumulate(SUM11, V, Q)],
  ];
  const nextRow = [...sum(op.get(OUT), product(op.get(SIZE), op.i32(8))), ...op.set(OUT)];
  const columns = [
    ...[SUM00, SUM01, SUM10, SUM11].flatMap((vector) => [...op.zero, ...op.set(vector)]),
    ...[...sum(op.get(X), product(op.get(K), op.i32(COLUMN))), ...op.set(XK)],
    ...loop(I, atLeast(I, BYTES), 16, inner),
    ...sum(op.get(TARGET), product(sum(product(op.get(J), op.get(SIZE)), op.get(K)), op.i32(8))),
    ...op.set(OUT),
    ...[...flush(SUM00, 0), ...flush(SUM01, 8), ...nextRow, ...flush(SUM10, 0), ...flush(SUM11, 8)],
  ];
  return loop(J, atLeast(J, SIZE), 2, [
    ...[...sum(op.get(X), product(op.get(J), op.i32(COLUMN))), ...op.set(XJ)],
    ...loop(I, atLeast(I, BYTES), 16, [...weigh(0), ...weigh(COLUMN)]),
    ...loop(K, [...op.get(K), ...op.get(J), ...op.i32GtU], 2, columns),
  ]);
}

function section(id: number, content: readonly number[]): number[] {
  return [id, ...unsignedLeb(content.length), ...content];
}

function text(value: string): number[] {
  return [value.length, ...Array.from(value, (letter) => letter.charCodeAt(0))];
}

/** The bytes of the module: a function `crossProducts` and its memory of one page of 64 kB, which grows. */
export function moduleBytes(): Uint8Array {
  const [i32, v128] = [0x7f, 0x7b];
  const locals = [2, 6, i32, 8, v128];
  const code = [...locals, ...body(), ...op.end];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, [1, 0x60, 6, i32, i32, i32, i32, i32, i32, 0]),
    ...section(3, [1, 0]),
    ...section(5, [1, 0, 1]),
    ...section(7, [2, ...text("crossProducts"), 0, 0, ...text("memory"), 2, 0]),
    ...section(10, [1, ...unsignedLeb(code.length), ...code]),
  ]);
}

/** What is used of the engine's WebAssembly; Node's types do not declare it. */
declare const WebAssembly:
  | undefined
  | {
      validate(bytes: Uint8Array): boolean;
      Module: new (bytes: Uint8Array) => object;
      Instance: new (
        module: object,
      ) => {
        readonly exports: {
          readonly crossProducts: (...addresses: number[]) => void;
          readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
        };
      };
    };

/** Space in the module's memory for a number of columns, as views of it. */
export interface VectorUnit {
  /** Columns of BLOCK numbers, one after the other. */
  readonly columns: Float64Array;
  readonly weights: Float64Array;
  /** Sums, size × size with the size rounded up to even; the part up to each row's pair is filled. */
  readonly target: Float64Array;
  readonly size: number;
  run(rows: number): void;
}

/** What the module exports; null where the engine has no vectors, undefined before the first look. */
let assembled: InstanceType<NonNullable<typeof WebAssembly>["Instance"]>["exports"] | null | undefined;
let unit: VectorUnit | null = null;

/** The vector unit for a number of columns, or null where the engine has none. */
export function vectorUnit(columns: number): VectorUnit | null {
  const size = columns + (columns % 2);
  if (unit !== null && unit.size === size) return unit;
  if (assembled === undefined) {
    const bytes = moduleBytes();
    const engine = typeof WebAssembly === "undefined" ? undefined : WebAssembly;
    assembled = engine?.validate(bytes) ? new engine.Instance(new engine.Module(bytes)).exports : null;
  }
  if (assembled === null) return null;
  const { crossProducts, memory } = assembled;
  const weightsAt = size * COLUMN;
  const scratchAt = weightsAt + COLUMN;
  const targetAt = scratchAt + 2 * COLUMN;
  const missing = targetAt + size * size * 8 - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / 65536));
  unit = {
    columns: new Float64Array(memory.buffer, 0, size * BLOCK),
    weights: new Float64Array(memory.buffer, weightsAt, BLOCK),
    target: new Float64Array(memory.buffer, targetAt, size * size),
    size,
    run: (rows) => crossProducts(0, weightsAt, scratchAt, targetAt, 8 * rows, size),
  };
  return unit;
}
