import { log } from "./elementary";
import { InvalidInputError } from "./errors";

/** A source of random numbers that gives the same numbers for the same seed on every machine. */
export interface RandomSource {
  /** A number in [0, 1) with 53 random bits. */
  next(): number;
  /** A whole number from 0 to below - 1, each equally likely; below is at most 2^32. */
  integer(below: number): number;
  /** A standard normal number. */
  normal(): number;
  /** Puts the first `count` elements (all, unless told) in random order, drawn from the whole array. */
  shuffle<T>(items: { [index: number]: T; readonly length: number }, count?: number): void;
}

/** Up to here a product with 32 bits is below 2^53. */
const EXACT = 0x200000;

/** One round of splitmix32: spreads a small seed over 32 bits, so that seeds 1 and 2 give unrelated sequences. */
function splitmix32(state: number): number {
  let z = state | 0;
  z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
  return (z ^ (z >>> 16)) >>> 0;
}

/**
 * A seeded random source: the generator xoshiro128** of Blackman and Vigna (2021, "Scrambled linear pseudorandom
 * number generators", ACM Transactions on Mathematical Software 47(4), art. 36), in 32-bit integer arithmetic, so
 * that a permutation test or a bootstrap can be repeated to the last digit anywhere.
 *
 * Normal numbers come from Marsaglia's polar method (Marsaglia and Bray 1964, SIAM Review 6:260). Whole numbers
 * are drawn without modulo bias (Lemire 2019, ACM Transactions on Modeling and Computer Simulation 29(1), art. 3).
 *
 * @param seed a whole number from 0 to 2^53 - 1
 * @param stream a whole number from 0 to 2^32 - 1; each stream of a seed is its own sequence, one for each
 *   replicate of a resampling, so that results do not depend on how many threads share the work
 * @throws {InvalidInputError} if seed or stream is not such a number
 * @example const random = seededRandom(20150901); random.next(); random.integer(6);
 */
export function seededRandom(seed: number, stream = 0): RandomSource {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    const message = `seededRandom: seed is ${seed}; a whole number from 0 to 2^53 - 1 is needed`;
    throw new InvalidInputError(message, "seed");
  }
  if (!Number.isInteger(stream) || stream < 0 || stream > 0xffffffff) {
    const message = `seededRandom: stream is ${stream}; a whole number from 0 to 2^32 - 1 is needed`;
    throw new InvalidInputError(message, "stream");
  }
  const low = seed >>> 0;
  const high = Math.floor(seed / 0x100000000) >>> 0;
  const golden = 0x9e3779b9;
  let mix = (splitmix32(low + golden) ^ splitmix32(high ^ 0x7f4a7c15) ^ splitmix32(stream + 0x2545f491)) >>> 0;
  const draw = () => {
    mix = (mix + golden) >>> 0;
    return splitmix32(mix);
  };
  // Seed and stream also enter separately, or two pairs whose mixes collide would share a whole sequence.
  let s0 = draw() ^ low;
  let s1 = draw() ^ high;
  let s2 = draw() ^ stream;
  let s3 = draw();
  if ((s0 | s1 | s2 | s3) === 0) s3 = golden; // the one state that xoshiro never leaves

  const bits = () => {
    const scrambled = Math.imul(s1, 5);
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0;
    const t = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= t;
    s3 = (s3 << 11) | (s3 >>> 21);
    return result;
  };
  // The first outputs still show the seed's zeros.
  for (let i = 0; i < 16; i++) bits();

  const next = () => ((bits() >>> 5) * 0x4000000 + (bits() >>> 6)) / 0x20000000000000;

  const integer = (below: number) => {
    if (!Number.isInteger(below) || below < 1 || below > 0x100000000) {
      const message = `RandomSource.integer: below is ${below}; a whole number from 1 to 2^32 is needed`;
      throw new InvalidInputError(message, "below");
    }
    // bits × below is a fixed-point number whose whole part is the draw; draws whose fraction falls into the
    // first 2^32 mod below are thrown again, which makes all of them equally likely. The product has up to 64
    // bits, so it is taken in two halves of 16 bits that doubles hold exactly, unless one double holds it.
    if (below <= EXACT) {
      for (;;) {
        const product = bits() * below;
        const whole = Math.floor(product / 0x100000000);
        const fraction = product - whole * 0x100000000;
        // The threshold is below `below`, and found where that does not settle it.
        if (fraction >= below || fraction >= 0x100000000 % below) return whole;
      }
    }
    const threshold = 0x100000000 % below;
    for (;;) {
      const x = bits();
      const lowProduct = (x & 0xffff) * below;
      const highProduct = (x >>> 16) * below + Math.floor(lowProduct / 0x10000);
      const fraction = (highProduct % 0x10000) * 0x10000 + (lowProduct % 0x10000);
      if (fraction >= threshold) return Math.floor(highProduct / 0x10000);
    }
  };

  let spare: number | null = null;
  const normal = () => {
    if (spare !== null) {
      const value = spare;
      spare = null;
      return value;
    }
    for (;;) {
      const u = 2 * next() - 1;
      const v = 2 * next() - 1;
      const square = u * u + v * v;
      if (square > 0 && square < 1) {
        const scale = Math.sqrt((-2 * log(square)) / square);
        spare = v * scale;
        return u * scale;
      }
    }
  };

  const shuffle = <T>(items: { [index: number]: T; readonly length: number }, count = items.length) => {
    const end = Math.min(count, items.length - 1);
    for (let i = 0; i < end; i++) {
      const j = i + integer(items.length - i);
      const kept = items[i];
      items[i] = items[j];
      items[j] = kept;
    }
  };

  return { next, integer, normal, shuffle };
}
