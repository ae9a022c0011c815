/**
 * Elementary functions to 60 digits, in whole numbers: what a double is compared with. A value is m·2^e with a big
 * integer m; series are Taylor's after an argument reduction, inverse functions one step of Halley's or Newton's from
 * the engine's double, whose error of 1e-16 becomes one of 1e-48 or 1e-32.
 */

const BITS = 256n;
const ONE = 1n << BITS;

/** m·2^e, exactly or to about 2^−250. */
export interface Exact {
  readonly m: bigint;
  readonly e: number;
}

const view = new DataView(new ArrayBuffer(8));

/** A finite double as it is. */
export function exactly(x: number): Exact {
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const digits = bits & 0xfffffffffffffn;
  const m = exponent === 0 ? digits : digits | (1n << 52n);
  return { m: bits >> 63n === 1n ? -m : m, e: exponent === 0 ? -1074 : exponent - 1075 };
}

/** x in units of 2^−256. */
function fixed({ m, e }: Exact): bigint {
  const shift = BITS + BigInt(e);
  return shift >= 0n ? m << shift : m >> -shift;
}

const times = (a: bigint, b: bigint): bigint => (a * b) >> BITS;

/** exp of a fixed number of size below 1. */
function expSmall(x: bigint): bigint {
  const halvings = 16n;
  const r = x >> halvings;
  let term = ONE;
  let sum = ONE;
  for (let k = 1n; term !== 0n && term !== -1n; k++) {
    term = times(term, r) / k;
    sum += term;
  }
  for (let i = 0n; i < halvings; i++) sum = times(sum, sum);
  return sum;
}

/** 2·artanh(1/3) */
const LN2 = (() => {
  let power = ONE / 3n;
  let sum = 0n;
  for (let k = 1n; power !== 0n; k += 2n, power /= 9n) sum += power / k;
  return 2n * sum;
})();

/** atan(1/k) by its series */
function inverseTangent(k: bigint): bigint {
  let power = ONE / k;
  let sum = 0n;
  for (let n = 1n; power !== 0n; n += 2n, power /= -k * k) sum += power / n;
  return sum;
}

const PI = 4n * (4n * inverseTangent(5n) - inverseTangent(239n)); // Machin

function expFixed(x: bigint): Exact {
  const k = x / LN2;
  return { m: expSmall(x - k * LN2), e: Number(k - BITS) };
}

function logFixed(x: Exact): bigint {
  // x = f·2^k with f near 1; y₁ = y + 2(f − e^y)/(f + e^y)
  const length = x.m.toString(2).length;
  const k = x.e + length;
  const f = fixed({ m: x.m, e: -length });
  const y = fixed(exactly(Math.log(Number(f >> (BITS - 60n)) / 2 ** 60)));
  const power = expSmall(y);
  const sum = y + ((2n * (f - power)) << BITS) / (f + power) + BigInt(k) * LN2;
  // log 1 is 0 and not the last of these digits; no other logarithm here is as near to 0 as 2^−156.
  return sum < 1n << 100n && sum > -(1n << 100n) ? 0n : sum;
}

function sineAndCosine(x: bigint): [bigint, bigint] {
  let sine = 0n;
  let cosine = 0n;
  let term = ONE;
  for (let k = 1n; term !== 0n && term !== -1n; k += 2n) {
    cosine += term;
    term = times(term, x) / k;
    sine += term;
    term = -times(term, x) / (k + 1n);
  }
  return [sine, cosine];
}

const plain = (m: bigint): Exact => ({ m, e: -Number(BITS) });

export const exact = {
  exp: (x: number): Exact => expFixed(fixed(exactly(x))),
  expm1: (x: number): Exact => {
    const { m, e } = expFixed(fixed(exactly(x)));
    const shift = BigInt(e) + BITS;
    return plain((shift >= 0n ? m << shift : m >> -shift) - ONE);
  },
  log: (x: number): Exact => plain(logFixed(exactly(x))),
  log1p: (x: number): Exact => plain(logFixed(plain(ONE + fixed(exactly(x))))),
  log10: (x: number): Exact => plain((logFixed(exactly(x)) << BITS) / logFixed(exactly(10))),
  pow: (x: number, y: number): Exact => {
    const { m, e } = exactly(y);
    const product = logFixed(exactly(x)) * m;
    return expFixed(e >= 0 ? product << BigInt(e) : product >> BigInt(-e));
  },
  sin: (x: number): Exact => plain(sineAndCosine(reduced(x))[0]),
  cos: (x: number): Exact => plain(sineAndCosine(reduced(x))[1]),
  asin: (x: number): Exact => {
    const y = fixed(exactly(Math.asin(x)));
    const [sine, cosine] = sineAndCosine(y);
    return plain(y + ((fixed(exactly(x)) - sine) << BITS) / cosine);
  },
};

/** The angle without whole turns. */
function reduced(x: number): bigint {
  return fixed(exactly(x)) % (2n * PI);
}

/** How far a double is from the exact value, in units of the exact value's last place. */
export function unitsInLastPlace(actual: number, expected: Exact): number {
  const size = expected.m < 0n ? -expected.m : expected.m;
  if (size === 0n) return actual === 0 ? 0 : Infinity;
  if (!Number.isFinite(actual)) return Infinity;
  const unit = Math.max(expected.e + size.toString(2).length - 53, -1074);
  const { m, e } = exactly(actual);
  // Both in units of 2^−64 units.
  const align = (value: bigint, exponent: number) => {
    const shift = BigInt(exponent - unit + 64);
    return shift >= 0n ? value << shift : value >> -shift;
  };
  const difference = align(m, e) - align(expected.m, expected.e);
  return Number(difference < 0n ? -difference : difference) / 2 ** 64;
}
