/** An inner door: elementary functions of pure arithmetic, the same to the last bit on every engine. */

import stdlibCos from "@stdlib/math-base-special-cos";
import stdlibExpm1 from "@stdlib/math-base-special-expm1";
import stdlibSin from "@stdlib/math-base-special-sin";

// The elementary functions of the whole library. ECMAScript leaves the last digits of Math.exp, Math.pow and their like
// to the engine, and engines use that: Math.pow gives other numbers in Node 24 than in Node 22, Math.exp and Math.log
// others in Chromium than in Node. Here all is made of what IEEE 754 fixes to the last bit, + − × ÷ and √, so that a
// notebook has the same numbers everywhere; lint refuses the engine's functions in every other file of lib/.
//
// exp, log, log1p, log10, pow and asin are written out, because @stdlib's take two to four times as long as the engine's
// (exp, ln, log1p, pow), are not within a unit in the last place (asin, pow for cubes), or are not there (log10). They
// follow Sun's fdlibm, as the engines' older versions do, whose notice reads:
//
//   Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunPro, a Sun Microsystems, Inc.
//   business. Permission to use, copy, modify, and distribute this software is freely granted, provided that this
//   notice is preserved.

/** One double and its two words, through which exponent and leading digits are read. */
const double = new Float64Array(1);
const words = new Int32Array(double.buffer);
double[0] = 1;
const HIGH = words[1] === 0 ? 0 : 1; // by the machine's order of bytes

/** 2^k at k + 1074: a product with it is exact, and sooner there than a double put together from words. */
const POWERS_OF_TWO = new Float64Array(2098);
for (let k = 0, power = Number.MIN_VALUE; k < POWERS_OF_TWO.length; k++, power *= 2) POWERS_OF_TWO[k] = power;

const TWO_54 = 18014398509481984;
const LN2_HIGH = 0.6931471803691238; // its last 32 bits are zero: k × LN2_HIGH is exact
const LN2_LOW = 1.9082149292705877e-10;

/** y × 2^k with one rounding, for y near 1. */
function scaled(y: number, k: number): number {
  if (k > 1023) return y * 2 * POWERS_OF_TWO[k + 1073];
  if (k < -1022) return y * POWERS_OF_TWO[k + 2074] * POWERS_OF_TWO[74];
  return y * POWERS_OF_TWO[k + 1074];
}

/** r·(exp(r) + 1)/(exp(r) − 1) for |r| ≤ ½·log 2, by Remez's polynomial in r² (fdlibm's e_exp.c). */
function expKernel(r: number, t: number): number {
  return (
    r -
    t *
      (0.16666666666666602 +
        t *
          (-0.0027777777777015593 +
            t * (6.613756321437934e-5 + t * (-1.6533902205465252e-6 + t * 4.1381367970572385e-8))))
  );
}

/**
 * The exponential function, the same to the last bit on every engine.
 *
 * x = k·log 2 + r with |r| ≤ ½·log 2, and exp(r) by a rational function of r (fdlibm's e_exp.c; Cody and Waite 1980,
 * Software Manual for the Elementary Functions, chapter 6).
 *
 * @param x any number
 * @returns e^x, within one unit in the last place; 0 below −745.13, Infinity above 709.78
 * @example exp(1) // 2.718281828459045
 */
export function exp(x: number): number {
  const size = Math.abs(x);
  if (size <= 0.3465738296508789) {
    // Up to ½·log 2 (and the rest of its leading word) nothing is to be reduced.
    if (size < 3.725290298461914e-9) return 1 + x;
    const c = expKernel(x, x * x);
    return 1 - ((x * c) / (c - 2) - x);
  }
  if (x > 709.782712893384) return Infinity;
  if (!(x > -745.2)) return x < 0 ? 0 : NaN;
  if (x === 1) return Math.E; // which the formula misses by one unit
  // Up to 1.5·log 2 rounding would come to the same k.
  const k = (Math.LOG2E * x + (x < 0 ? -0.5 : 0.5)) | 0;
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const c = expKernel(r, r * r);
  return scaled(1 - (low - (r * c) / (2 - c) - high), k);
}

/** log(1 + f) + f²/2 − f in terms of s = f/(2 + f): s·(log(1 + f)/s − 2) less its first terms (fdlibm's e_log.c). */
function logKernel(s: number): number {
  const z = s * s;
  const w = z * z;
  const even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const odd = z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  return odd + even;
}

/**
 * The natural logarithm, the same to the last bit on every engine.
 *
 * x = 2^k·(1 + f) with √½ < 1 + f < √2, and log(1 + f) by a polynomial in s = f/(2 + f) (fdlibm's e_log.c).
 *
 * @param x a number of at least 0
 * @returns log x, within one unit in the last place; −Infinity at 0, NaN below
 * @example log(10) // 2.302585092994046
 */
export function log(x: number): number {
  double[0] = x;
  let high = words[HIGH];
  let k = 0;
  let value = x;
  if (high < 0x00100000) {
    if (x === 0) return -Infinity;
    if (high < 0) return NaN;
    k = -54; // subnormal
    value = x * TWO_54;
    double[0] = value;
    high = words[HIGH];
  }
  if (high >= 0x7ff00000) return x + x;
  const leading = high & 0xfffff;
  const exponent = (high >> 20) - 1023 + ((leading + 0x95f64) >> 20);
  k += exponent;
  const f = value * POWERS_OF_TWO[1074 - exponent] - 1;
  if ((0xfffff & (2 + leading)) < 3) {
    // |f| < 2^−20
    if (f === 0) return k * LN2_HIGH + k * LN2_LOW;
    const rest = f * f * (0.5 - 0.3333333333333333 * f);
    return k === 0 ? f - rest : k * LN2_HIGH - (rest - k * LN2_LOW - f);
  }
  const s = f / (2 + f);
  const rest = logKernel(s);
  if (((leading - 0x6147a) | (0x6b851 - leading)) > 0) {
    // f is far from 0, and f − f²/2 is the larger part.
    const half = 0.5 * f * f;
    return k === 0 ? f - (half - s * (half + rest)) : k * LN2_HIGH - (half - (s * (half + rest) + k * LN2_LOW) - f);
  }
  return k === 0 ? f - s * (f - rest) : k * LN2_HIGH - (s * (f - rest) - k * LN2_LOW - f);
}

/** A double to 21 bits (Dekker 1971, Numerische Mathematik 18:224), so that a product of two such is exact. */
function leadingPart(x: number): number {
  const wide = x * 4294967297; // 2^32 + 1
  return wide - (wide - x);
}

/**
 * The logarithm to base 10, the same to the last bit on every engine.
 *
 * As `log`, with the logarithm of 1 + f and the product with 1/log 10 kept as sums of two doubles (FreeBSD's
 * e_log10.c, from fdlibm). Powers of ten have whole logarithms.
 *
 * @param x a number of at least 0
 * @returns log₁₀ x, within one unit in the last place; −Infinity at 0, NaN below
 * @example log10(1000) // 3
 */
export function log10(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity || x === 1) return x === 1 ? 0 : x;
  const subnormal = x < 2.2250738585072014e-308;
  const value = subnormal ? x * TWO_54 : x;
  double[0] = value;
  const high = words[HIGH];
  const exponent = (high >> 20) - 1023 + (((high & 0xfffff) + 0x95f64) >> 20);
  const k = subnormal ? exponent - 54 : exponent;
  const f = value * POWERS_OF_TWO[1074 - exponent] - 1;
  const half = 0.5 * f * f;
  const s = f / (2 + f);
  const rest = s * (half + logKernel(s));
  // log(1 + f) = leading + trailing
  const leading = leadingPart(f - half);
  const trailing = f - leading - half + rest;
  const ofMantissa = leading * 4.3429448187816888e-1;
  const ofExponent = k * 3.0102999566361177e-1;
  const sum = ofExponent + ofMantissa;
  const low =
    k * 3.694239077158931e-13 + (trailing + leading) * 2.5082946711645275e-11 + trailing * 4.3429448187816888e-1;
  return low + (ofExponent - sum + ofMantissa) + sum;
}

/**
 * exp(x) − 1, which keeps its digits where x is small, the same to the last bit on every engine: @stdlib's, after
 * fdlibm's s_expm1.c.
 *
 * @param x any number
 * @returns e^x − 1, within one unit in the last place
 * @example expm1(1e-10) // 1.00000000005e-10
 */
export function expm1(x: number): number {
  return stdlibExpm1(x);
}

/**
 * log(1 + x), which keeps its digits where x is small, the same to the last bit on every engine.
 *
 * As `log`, for u = 1 + x as a double, and the rounding of that sum is made good to first order (fdlibm's s_log1p.c).
 *
 * @param x a number of at least −1
 * @returns log(1 + x), within one unit in the last place; −Infinity at −1, NaN below
 * @example log1p(1e-10) // 9.9999999995e-11
 */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: the cases by size, as fdlibm has them; apart they could not be held beside it
export function log1p(x: number): number {
  if (!(x > -1)) return x === -1 ? -Infinity : NaN;
  if (x === Infinity) return x;
  const size = Math.abs(x);
  if (size < 1.862645149230957e-9) return size < 5.551115123125783e-17 ? x : x - x * x * 0.5;
  let k = 0;
  let f = x;
  let correction = 0;
  // Up to this part of 1 + x has to be split no more than x itself.
  if (x < -0.2928932309150696 || x >= 0.4142136573791504) {
    const u = x < 9007199254740992 ? 1 + x : x;
    double[0] = u;
    const high = words[HIGH];
    k = (high >> 20) - 1023;
    if (x < 9007199254740992) correction = (k > 0 ? 1 - (u - x) : x - (u - 1)) / u;
    if ((high & 0xfffff) >= 0x6a09e) k++;
    f = u * POWERS_OF_TWO[1074 - k] - 1;
    if (Math.abs(f) < 9.5367431640625e-7) {
      const low = k * LN2_LOW + correction;
      if (f === 0) return k * LN2_HIGH + low;
      return k * LN2_HIGH - (0.5 * f * f * (1 - 0.6666666666666666 * f) - low - f);
    }
  }
  const half = 0.5 * f * f;
  const s = f / (2 + f);
  const z = s * s;
  const rest =
    z *
    (0.6666666666666735 +
      z *
        (0.3999999999940942 +
          z *
            (0.2857142874366239 +
              z *
                (0.22222198432149784 +
                  z * (0.1818357216161805 + z * (0.15313837699209373 + z * 0.14798198605116586))))));
  return k === 0
    ? f - (half - s * (half + rest))
    : k * LN2_HIGH - (half - (s * (half + rest) + (k * LN2_LOW + correction)) - f);
}

/**
 * The sine, the same to the last bit on every engine: @stdlib's, after fdlibm's s_sin.c.
 *
 * @param x an angle in radians
 * @returns sin x, within one unit in the last place; NaN for an infinite angle
 * @example sin(Math.PI / 6) // 0.49999999999999994, for Math.PI is less than π
 */
export function sin(x: number): number {
  return stdlibSin(x);
}

/**
 * The cosine, the same to the last bit on every engine: @stdlib's, after fdlibm's s_cos.c.
 *
 * @param x an angle in radians
 * @returns cos x, within one unit in the last place; NaN for an infinite angle
 * @example cos(Math.PI / 3) // 0.5000000000000001, for Math.PI is less than π
 */
export function cos(x: number): number {
  return stdlibCos(x);
}

/** (asin(√t) − √t)/√t for 0 ≤ t ≤ ¼ (fdlibm's e_asin.c). */
function asinKernel(t: number): number {
  const p =
    t *
    (0.16666666666666666 +
      t *
        (-0.3255658186224009 +
          t *
            (0.20121253213486293 +
              t * (-0.04005553450067941 + t * (7.915349942898145e-4 + t * 3.479331075960212e-5)))));
  const q =
    1 + t * (-2.403394911734414 + t * (2.0209457602335057 + t * (-0.6882839716054533 + t * 0.07703815055590194)));
  return p / q;
}

/**
 * The arc sine, the same to the last bit on every engine.
 *
 * Up to ½ by a rational function of x², beyond as π/2 − 2·asin √((1 − x)/2) (fdlibm's e_asin.c). @stdlib's, after
 * Cephes, is off by more than a unit in the last place.
 *
 * @param x a number from −1 to 1
 * @returns the angle in radians, from −π/2 to π/2, within one unit in the last place; NaN outside
 * @example asin(Math.sqrt(0.5)) // 0.7853981633974484
 */
export function asin(x: number): number {
  const size = Math.abs(x);
  if (!(size < 1)) return size === 1 ? x * (Math.PI / 2) : NaN;
  if (size < 0.5) return size < 7.450580596923828e-9 ? x : x + x * asinKernel(x * x);
  const HALF_PI_LOW = 6.123233995736766e-17;
  const t = (1 - size) * 0.5;
  const root = Math.sqrt(t);
  const ratio = asinKernel(t);
  let angle: number;
  if (size >= 0.975) {
    angle = Math.PI / 2 - (2 * (root + root * ratio) - HALF_PI_LOW);
  } else {
    const leading = leadingPart(root);
    const trailing = (t - leading * leading) / (root + leading);
    const low = 2 * root * ratio - (HALF_PI_LOW - 2 * trailing);
    angle = Math.PI / 4 - (low - (Math.PI / 4 - 2 * leading));
  }
  return x < 0 ? -angle : angle;
}

/**
 * x², correctly rounded.
 *
 * @example square(-3) // 9
 */
export function square(x: number): number {
  return x * x;
}

/**
 * 10^k for a whole k as the double nearest to it, which neither `pow` nor the engine's `**` promises: 1e-5 and not
 * 0.000010000000000000001 beside a tick.
 *
 * @param k a whole number
 * @returns 10^k; 0 below k = −323, Infinity above 308
 * @example powerOfTen(-5) // 0.00001
 */
export function powerOfTen(k: number): number {
  return Number(`1e${k}`);
}

/**
 * The power x^y, the same to the last bit on every engine; `x ** y` is the engine's, too.
 *
 * log₂|x| as a sum of two doubles of which the first has 21 bits, its product with y likewise, and 2 to the power of
 * that (fdlibm's e_pow.c). A whole number to a whole power is exact where it is a double. Squares are x * x.
 *
 * @param x the base
 * @param y the exponent
 * @returns x^y, within one unit in the last place; NaN where x is negative and y is not whole, and, as in all of
 *   ECMAScript, where x is 1 or −1 and y infinite
 * @example pow(10, 1 / 3) // 2.154434690031884
 */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: the special cases of IEEE 754 one after the other, as the standard lists them
export function pow(x: number, y: number): number {
  if (y === 0) return 1;
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN;
  const size = Math.abs(x);
  const negates = x < 0 || (x === 0 && 1 / x < 0) ? isOdd(y) : false;
  if (y === Infinity || y === -Infinity) {
    if (size === 1) return NaN;
    return size > 1 === y > 0 ? Infinity : 0;
  }
  if (y === 1) return x;
  if (y === 2) return x * x;
  if (y === 0.5 && x > 0) return Math.sqrt(x);
  if (y === -1) return 1 / x;
  if (size === 0 || size === Infinity) {
    const limit = (size === 0) === y < 0 ? Infinity : 0;
    return negates ? -limit : limit;
  }
  if (size === 1) return x > 0 ? 1 : Math.floor(y) !== y ? NaN : negates ? -1 : 1;
  if (x < 0 && Math.floor(y) !== y) return NaN;
  const value = powerOf(size, y);
  return negates ? -value : value;
}

/** Whether a number is whole and odd; doubles from 2^53 on are even. */
function isOdd(y: number): boolean {
  return Math.abs(y) % 2 === 1;
}

/**
 * x^y for 0 < x ≠ 1, both finite. fdlibm takes a short series for |y| > 2^31, whose first product is not as exact as it
 * says: 350 units in the last place off. The sums below keep their digits near 1, too.
 */
function powerOf(x: number, y: number): number {
  if (Math.abs(y) > TWO_54 * 1024) return x < 1 === y < 0 ? Infinity : 0;
  const shift = x < 2.2250738585072014e-308 ? 54 : 0; // subnormal
  const value = shift === 0 ? x : x * TWO_54;
  double[0] = value;
  const high = words[HIGH];
  const digits = high & 0xfffff;
  // x = 2^n·m, and m is taken relative to 1 or 3/2, whichever is nearer.
  const isNearerToHalves = digits > 0x3988e && digits < 0xbb67a;
  const exponent = (high >> 20) - (digits >= 0xbb67a ? 1022 : 1023);
  const n = exponent - shift;
  const base = isNearerToHalves ? 1.5 : 1;
  const ofBase = isNearerToHalves ? 0.5849624872207642 : 0;
  const ofBaseLow = isNearerToHalves ? 1.350039202129749e-8 : 0;
  const mantissa = value * POWERS_OF_TWO[1074 - exponent];
  // s = (m − base)/(m + base), as a sum of two doubles
  const u = mantissa - base;
  const v = 1 / (mantissa + base);
  const s = u * v;
  const sHigh = leadingPart(s);
  const sumHigh = leadingPart(mantissa + base);
  const sumLow = mantissa - (sumHigh - base);
  const sLow = v * (u - sHigh * sumHigh - sHigh * sumLow);
  // log(m/base) = s·(2 + ⅔·s² + …) = ⅔·s·(3 + s² + rest)
  const s2 = s * s;
  const rest =
    s2 *
      s2 *
      (0.5999999999999946 +
        s2 *
          (0.4285714285785502 +
            s2 *
              (0.33333332981837743 +
                s2 * (0.272728123808534 + s2 * (0.23066074577556175 + s2 * 0.20697501780033842))))) +
    sLow * (sHigh + s);
  const leading = sHigh * sHigh;
  const threeHigh = leadingPart(3 + leading + rest);
  const threeLow = rest - (threeHigh - 3 - leading);
  const a = sHigh * threeHigh;
  const b = sLow * threeHigh + threeLow * s;
  const pHigh = leadingPart(a + b);
  const pLow = b - (pHigh - a);
  // times 2/(3·log 2)
  const zHigh = 0.9617967009544373 * pHigh;
  const zLow = -7.028461650952758e-9 * pHigh + pLow * 0.9617966939259756 + ofBaseLow;
  const t1 = leadingPart(zHigh + zLow + ofBase + n);
  const t2 = zLow - (t1 - n - ofBase - zHigh);
  const yHigh = leadingPart(y);
  return powerOfTwo(yHigh * t1, (y - yHigh) * t1 + y * t2);
}

/** 2^(high + low), where high is the larger part. */
function powerOfTwo(high: number, low: number): number {
  const sum = low + high;
  if (sum > 1024 || (sum === 1024 && low + 8.008566259537294e-17 > sum - high)) return Infinity;
  if (sum < -1075 || (sum === -1075 && low <= sum - high)) return 0;
  const n = Math.abs(sum) > 0.5 ? (sum + (sum < 0 ? -0.5 : 0.5)) | 0 : 0;
  const rest = high - n;
  const t = leadingPart(low + rest);
  const u = t * 0.6931471824645996;
  const v = (low - (t - rest)) * Math.LN2 + t * -1.904654299957768e-9;
  const z = u + v;
  const w = v - (z - u);
  const c = expKernel(z, z * z);
  return scaled(1 - ((z * c) / (c - 2) - (w + z * w) - z), n);
}
