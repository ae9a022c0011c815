import { type BlockSums, COLUMN, placesFor, viewsOf } from "./block";

/**
 * Sums over a block of rows by WebAssembly's two-lane vector instructions: the three of block.ts, which has their plain loops.
 *
 * Measured on n = 1e6 and 10 columns, V8's code for the plain loops checks bounds at every access and takes three to four times as
 * long. It is the one place where that decides whether a fit is as fast as R's. The two lanes of a vector are the even and the odd rows
 * of cross products, and two columns of running sums, so that the plain loops have the same sums to the last bit.
 *
 * The module is assembled here from its instructions, so that there is no binary file that nobody can read. In the notation
 * of the plain loops it is, for columns x of a block (rows and size even, padded with zeros):
 *
 *     crossProducts: for j in 0, 2, … below size
 *       u[i] = w[i]·x_j[i]; v[i] = w[i]·x_{j+1}[i]
 *       for k in 0, 2, … up to j
 *         target[j][k] += Σ u·x_k       target[j][k+1] += Σ u·x_{k+1}
 *         target[j+1][k] += Σ v·x_k     target[j+1][k+1] += Σ v·x_{k+1}
 *     dots: for j in 0, 2, … below size
 *       target[j] += Σ w·x_j          target[j+1] += Σ w·x_{j+1}
 *     runningSums: for j in 0, 2, … below size
 *       for i from to − 1 down to from
 *         sum[j] += w[i]·x_j[i]         sum[j+1] += w[i]·x_{j+1}[i]
 *         out_j[k] = sum[j]             out_{j+1}[k] = sum[j+1]
 *         if row i is marked, go on to the next k
 *     exponentials: values[i] = exp(values[i]), as elementary.ts has it, from −700 to 0
 *
 * (Binary encoding: WebAssembly Core Specification 2.0, chapter 5.)
 */

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
  i32Sub: [0x6b],
  i32Mul: [0x6c],
  i32GeU: [0x4f],
  i32GtU: [0x4b],
  i32LeU: [0x4d],
  i32Shl: [0x74],
  i32ShrU: [0x76],
  loadByte: [0x2d, 0, 0],
  f64Load: (offset: number) => [0x2b, 3, ...unsignedLeb(offset)],
  f64Store: (offset: number) => [0x39, 3, ...unsignedLeb(offset)],
  f64Add: [0xa0],
  load: (offset: number) => [0xfd, 0x00, 3, ...unsignedLeb(offset)],
  store: (offset: number) => [0xfd, 0x0b, 3, ...unsignedLeb(offset)],
  loadBoth: [0xfd, 0x0a, 3, 0],
  loadLow: [0xfd, 0x5d, 3, 0],
  loadLane: (offset: number, lane: number) => [0xfd, 0x57, 3, ...unsignedLeb(offset), lane],
  storeLane: (offset: number, lane: number) => [0xfd, 0x5b, 3, ...unsignedLeb(offset), lane],
  zero: [0xfd, 0x0c, ...new Array<number>(16).fill(0)],
  both: (value: number) => [0xfd, 0x0c, ...new Uint8Array(Float64Array.of(value, value).buffer)],
  lane: (index: number) => [0xfd, 0x21, index],
  mul: [0xfd, 0xf2, 0x01],
  add: [0xfd, 0xf0, 0x01],
  sub: [0xfd, 0xf1, 0x01],
  div: [0xfd, 0xf3, 0x01],
  abs: [0xfd, 0xec, 0x01],
  trunc: [0xfd, 0x7a],
  less: [0xfd, 0x49],
  greater: [0xfd, 0x4a],
  and: [0xfd, 0x4e],
  select: [0xfd, 0x52],
  toIntegers: [0xfd, 0xfc, 0x01],
  widened: [0xfd, 0xc7, 0x01],
  i64Both: (value: number) => [0xfd, 0x0c, ...new Uint8Array(BigInt64Array.of(BigInt(value), BigInt(value)).buffer)],
  i64Add: [0xfd, 0xce, 0x01],
  i64Shl: [0xfd, 0xcb, 0x01],
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

/** for (local = 0; …; local += step) body */
function loop(local: number, exit: readonly number[], step: number, body: readonly number[]): number[] {
  const next = [...op.get(local), ...op.i32(step), ...op.i32Add, ...op.set(local)];
  return [...op.i32(0), ...op.set(local), ...repeat(exit, [...body, ...next])];
}

/** while (!exit) body */
function repeat(exit: readonly number[], body: readonly number[]): number[] {
  return [...op.block, ...op.loop, ...exit, ...op.brIf(1), ...body, ...op.br(0), ...op.end, ...op.end];
}

const atLeast = (local: number, limit: number) => [...op.get(local), ...op.get(limit), ...op.i32GeU];
const sum = (a: readonly number[], b: readonly number[]) => [...a, ...b, ...op.i32Add];
const product = (a: readonly number[], b: readonly number[]) => [...a, ...b, ...op.i32Mul];

/** base + index·scale */
const address = (base: number, index: number, scale: number) =>
  sum(op.get(base), product(op.get(index), op.i32(scale)));

function accumulate(target: number, a: number, b: number): number[] {
  return [...op.get(target), ...op.get(a), ...op.get(b), ...op.mul, ...op.add, ...op.set(target)];
}

/** The number at an address in a local, and offset, += both lanes of a sum. */
function flush(out: number, vector: number, offset: number): number[] {
  return [
    ...op.get(out),
    ...[...op.get(out), ...op.f64Load(offset)],
    ...[...op.get(vector), ...op.lane(0), ...op.get(vector), ...op.lane(1), ...op.f64Add],
    ...op.f64Add,
    ...op.f64Store(offset),
  ];
}

const clear = (vectors: readonly number[]) => vectors.flatMap((vector) => [...op.zero, ...op.set(vector)]);

/** A function: how many parameters it has, whether it returns a number, its further locals, and its instructions. */
interface Assembled {
  readonly name: string;
  readonly parameters: number;
  readonly returns: 0 | 1;
  readonly integers: number;
  readonly vectors: number;
  readonly code: readonly number[];
}

/** crossProducts(x, weights, target, scratch, bytes of a column in use, size) */
function crossProducts(): Assembled {
  const [X, WEIGHTS, TARGET, SCRATCH, BYTES, SIZE] = [0, 1, 2, 3, 4, 5];
  const [J, K, I, XJ, XK, OUT] = [6, 7, 8, 9, 10, 11];
  const [SUM00, SUM01, SUM10, SUM11, U, V, P, Q] = [12, 13, 14, 15, 16, 17, 18, 19];
  const element = (base: number) => sum(op.get(base), op.get(I));
  const weigh = (offset: number) => [
    ...element(SCRATCH),
    ...[...element(WEIGHTS), ...op.load(0)],
    ...[...element(XJ), ...op.load(offset)],
    ...op.mul,
    ...op.store(offset),
  ];
  const inner = [
    ...[...element(SCRATCH), ...op.load(0), ...op.set(U)],
    ...[...element(SCRATCH), ...op.load(COLUMN), ...op.set(V)],
    ...[...element(XK), ...op.load(0), ...op.set(P)],
    ...[...element(XK), ...op.load(COLUMN), ...op.set(Q)],
    ...[...accumulate(SUM00, U, P), ...accumulate(SUM01, U, Q)],
    ...[...accumulate(SUM10, V, P), ...accumulate(SUM11, V, Q)],
  ];
  const nextRow = [...address(OUT, SIZE, 8), ...op.set(OUT)];
  const columns = [
    ...clear([SUM00, SUM01, SUM10, SUM11]),
    ...[...address(X, K, COLUMN), ...op.set(XK)],
    ...loop(I, atLeast(I, BYTES), 16, inner),
    ...sum(op.get(TARGET), product(sum(product(op.get(J), op.get(SIZE)), op.get(K)), op.i32(8))),
    ...op.set(OUT),
    ...[...flush(OUT, SUM00, 0), ...flush(OUT, SUM01, 8), ...nextRow],
    ...[...flush(OUT, SUM10, 0), ...flush(OUT, SUM11, 8)],
  ];
  const code = loop(J, atLeast(J, SIZE), 2, [
    ...[...address(X, J, COLUMN), ...op.set(XJ)],
    ...loop(I, atLeast(I, BYTES), 16, [...weigh(0), ...weigh(COLUMN)]),
    ...loop(K, [...op.get(K), ...op.get(J), ...op.i32GtU], 2, columns),
  ]);
  return { name: "crossProducts", parameters: 6, returns: 0, integers: 6, vectors: 8, code };
}

/** dots(x, weights, target, bytes of a column in use, size) */
function dots(): Assembled {
  const [X, WEIGHTS, TARGET, BYTES, SIZE] = [0, 1, 2, 3, 4];
  const [J, I, XJ, OUT] = [5, 6, 7, 8];
  const [SUM0, SUM1, W, P, Q] = [9, 10, 11, 12, 13];
  const element = (base: number) => sum(op.get(base), op.get(I));
  const inner = [
    ...[...element(WEIGHTS), ...op.load(0), ...op.set(W)],
    ...[...element(XJ), ...op.load(0), ...op.set(P)],
    ...[...element(XJ), ...op.load(COLUMN), ...op.set(Q)],
    ...[...accumulate(SUM0, W, P), ...accumulate(SUM1, W, Q)],
  ];
  const code = loop(J, atLeast(J, SIZE), 2, [
    ...clear([SUM0, SUM1]),
    ...[...address(X, J, COLUMN), ...op.set(XJ)],
    ...loop(I, atLeast(I, BYTES), 16, inner),
    ...[...address(TARGET, J, 8), ...op.set(OUT)],
    ...[...flush(OUT, SUM0, 0), ...flush(OUT, SUM1, 8)],
  ]);
  return { name: "dots", parameters: 5, returns: 0, integers: 4, vectors: 5, code };
}

/** runningSums(x, weights, marks, sums, out, from, to, size), rows in bytes; returns how many bytes of a column of out were filled. */
function runningSums(): Assembled {
  const [X, WEIGHTS, MARKS, SUMS, OUT, FROM, TO, SIZE] = [0, 1, 2, 3, 4, 5, 6, 7];
  const [J, I, XJ, PLACE, START] = [8, 9, 10, 11, 12];
  const [SUM, W, P] = [13, 14, 15];
  const back = [...op.get(I), ...op.i32(8), ...op.i32Sub, ...op.set(I)];
  const element = (base: number) => sum(op.get(base), op.get(I));
  const mark = [...sum(op.get(MARKS), [...op.get(I), ...op.i32(3), ...op.i32ShrU]), ...op.loadByte];
  const row = [
    ...back,
    ...[...element(WEIGHTS), ...op.loadBoth, ...op.set(W)],
    ...[...element(XJ), ...element(XJ), ...op.loadLow, ...op.loadLane(COLUMN, 1), ...op.set(P)],
    ...accumulate(SUM, W, P),
    ...[...op.get(PLACE), ...op.get(SUM), ...op.storeLane(0, 0)],
    ...[...op.get(PLACE), ...op.get(SUM), ...op.storeLane(COLUMN, 1)],
    ...[...sum(op.get(PLACE), [...mark, ...op.i32(3), ...op.i32Shl]), ...op.set(PLACE)],
  ];
  const code = loop(J, atLeast(J, SIZE), 2, [
    ...[...address(X, J, COLUMN), ...op.set(XJ)],
    ...[...address(OUT, J, COLUMN), ...op.set(START)],
    ...[...op.get(START), ...op.set(PLACE)],
    ...[...address(SUMS, J, 8), ...op.load(0), ...op.set(SUM)],
    ...[...op.get(TO), ...op.set(I)],
    ...repeat([...op.get(I), ...op.get(FROM), ...op.i32LeU], row),
    ...[...address(SUMS, J, 8), ...op.get(SUM), ...op.store(0)],
  ]);
  const filled = [...op.get(PLACE), ...op.get(START), ...op.i32Sub];
  return { name: "runningSums", parameters: 8, returns: 1, integers: 5, vectors: 3, code: [...code, ...filled] };
}

/** exponentials(values, bytes in use): exp() of elementary.ts, step by step, for numbers from −700 to 0. */
function exponentials(): Assembled {
  const [VALUES, BYTES, I, AT] = [0, 1, 2, 3];
  const [X, K, HIGH, LOW, R, T, C] = [4, 5, 6, 7, 8, 9, 10];
  const get = op.get;
  const binary = (instruction: readonly number[]) => (a: readonly number[], b: readonly number[]) => [
    ...[...a, ...b],
    ...instruction,
  ];
  const [add, subtract, times, over] = [op.add, op.sub, op.mul, op.div].map(binary);
  const size = [...get(X), ...op.abs];
  const isReduced = [...size, ...op.both(0.3465738296508789), ...op.greater];
  const k = [...subtract(times(op.both(Math.LOG2E), get(X)), op.both(0.5)), ...op.trunc];
  const coefficients = [
    4.1381367970572385e-8, -1.6533902205465252e-6, 6.613756321437934e-5, -0.0027777777777015593, 0.16666666666666602,
  ];
  const [highest, ...lower] = coefficients.map(op.both);
  const polynomial = lower.reduce((higher, lowest) => add(lowest, times(get(T), higher)), highest);
  const quotient = over(times(get(R), get(C)), subtract(op.both(2), get(C)));
  const y = subtract(op.both(1), subtract(subtract(get(LOW), quotient), get(HIGH)));
  const power = [
    ...get(K),
    ...op.toIntegers,
    ...op.widened,
    ...op.i64Both(1023),
    ...op.i64Add,
    ...op.i32(52),
    ...op.i64Shl,
  ];
  const isTiny = [...size, ...op.both(3.725290298461914e-9), ...op.less];
  const inner = [
    ...[...sum(get(VALUES), get(I)), ...op.set(AT)],
    ...[...get(AT), ...op.load(0), ...op.set(X)],
    ...[...k, ...isReduced, ...op.and, ...op.set(K)],
    ...[...subtract(get(X), times(get(K), op.both(0.6931471803691238))), ...op.set(HIGH)],
    ...[...times(get(K), op.both(1.9082149292705877e-10)), ...op.set(LOW)],
    ...[...subtract(get(HIGH), get(LOW)), ...op.set(R)],
    ...[...times(get(R), get(R)), ...op.set(T)],
    ...[...subtract(get(R), times(get(T), polynomial)), ...op.set(C)],
    ...[...get(AT), ...add(op.both(1), get(X)), ...times(y, power), ...isTiny, ...op.select, ...op.store(0)],
  ];
  const code = loop(I, atLeast(I, BYTES), 16, inner);
  return { name: "exponentials", parameters: 2, returns: 0, integers: 2, vectors: 7, code };
}

function section(id: number, content: readonly number[]): number[] {
  return [id, ...unsignedLeb(content.length), ...content];
}

function text(value: string): number[] {
  return [value.length, ...Array.from(value, (letter) => letter.charCodeAt(0))];
}

/** The bytes of the module: the functions and their memory of one page of 64 kB, which grows. */
export function moduleBytes(): Uint8Array {
  const functions = [crossProducts(), dots(), runningSums(), exponentials()];
  const [i32, v128] = [0x7f, 0x7b];
  const types = functions.flatMap(({ parameters, returns }) => [
    ...[0x60, parameters, ...new Array<number>(parameters).fill(i32)],
    ...(returns === 1 ? [1, i32] : [0]),
  ]);
  const exported = functions.flatMap(({ name }, index) => [...text(name), 0, index]);
  const codes = functions.flatMap(({ integers, vectors, code }) => {
    const content = [2, integers, i32, vectors, v128, ...code, ...op.end];
    return [...unsignedLeb(content.length), ...content];
  });
  const count = functions.length;
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, [count, ...types]),
    ...section(3, [count, ...functions.keys()]),
    ...section(5, [1, 0, 1]),
    ...section(7, [count + 1, ...exported, ...text("memory"), 2, 0]),
    ...section(10, [count, ...codes]),
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
          readonly dots: (...addresses: number[]) => void;
          readonly runningSums: (...addresses: number[]) => number;
          readonly exponentials: (...addresses: number[]) => void;
          readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
        };
      };
    };

/** What the module exports; null where the engine has no vectors, undefined before the first look. */
let assembled: InstanceType<NonNullable<typeof WebAssembly>["Instance"]>["exports"] | null | undefined;

/** Those that have the memory: all sizes share it, so that new ones end the ones before. */
let current: BlockSums | null = null;

/** The sums by vectors, the same ones for a size as long as no other is asked for; null where the engine has none. */
export function vectorSums(size: number): BlockSums | null {
  if (current?.size === size) return current;
  if (assembled === undefined) {
    const bytes = moduleBytes();
    const engine = typeof WebAssembly === "undefined" ? undefined : WebAssembly;
    assembled = engine?.validate(bytes) ? new engine.Instance(new engine.Module(bytes)).exports : null;
  }
  if (assembled === null) return null;
  const { memory, ...functions } = assembled;
  const at = placesFor(size);
  const missing = at.end - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / 65536));
  current = {
    ...viewsOf(memory.buffer, size, at),
    addProducts(block, count, into = block) {
      const [x, weights, target] = [block.columns.byteOffset, block.weights.byteOffset, into.products.byteOffset];
      functions.crossProducts(x, weights, target, at.scratch, 8 * (count + (count % 2)), size);
    },
    addDots(count) {
      functions.dots(at.rows, at.factors, at.dots, 8 * (count + (count % 2)), size);
    },
    exponentiate(count) {
      functions.exponentials(at.risks, 8 * (count + (count % 2)));
    },
    walk(from, to, place) {
      const out = at.walked + 8 * place;
      const filled = functions.runningSums(at.rows, at.risks, at.marks, at.running, out, 8 * from, 8 * to, size);
      return place + filled / 8;
    },
  };
  return current;
}
