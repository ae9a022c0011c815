import { describe, expect, it } from "vitest";
import { fillSumTerms, sumTerms } from "../../lib/statistics/inner";
import { gaussRule } from "../../lib/statistics/sum-rule";
import { fillCountedTerms, fillPlainTerms, tiedTerms } from "../../lib/survival/cox/tied-terms";
import { fc } from "../support/property";

const EVERY = process.env.HRD_EVERY === "1";

describe("Gauss's rule for sums over whole numbers", () => {
  it("has positive weights at nodes inside, and sums powers up to twice as many as nodes exactly", () => {
    for (const size of [49, 50, 64, 97, 1000, 12_345, 1e6, 1e9]) {
      for (const nodes of [2, 3, 5, 8, 11, 14]) {
        const { x, weights } = gaussRule(size, nodes);
        expect(weights.every((weight) => weight > 0)).toBe(true);
        expect(x.every((value, k) => Math.abs(value) < 1 && (k === 0 || value > x[k - 1]))).toBe(true);
        for (let power = 0; power < Math.min(2 * nodes, 8); power++) {
          const found = weights.reduce((sum, weight, k) => sum + weight * x[k] ** power, 0);
          expect(Math.abs(found / size - meanPower(size, power)), `${size} ${nodes} ${power}`).toBeLessThan(1e-13);
        }
      }
    }
  });

  /** Mean of the powers of `size` equally spaced numbers from −1 + 1/size to 1 − 1/size, by Faulhaber's formulas. */
  function meanPower(size: number, power: number): number {
    if (power % 2 === 1) return 0;
    const q = 1 / (size * size);
    if (power === 0) return 1;
    if (power === 2) return (1 - q) / 3;
    if (power === 4) return ((1 - q) * (3 - 7 * q)) / 15;
    return ((1 - q) * (3 - 18 * q + 31 * q * q)) / 21;
  }
});

/** Σ numerator/denominator of fractions of whole numbers, to 80 digits and more than any double has. */
const DIGITS = 10n ** 80n;
const decimal = (value: bigint): number => {
  // Seventeen digits are a double's; what is behind them is cut.
  const text = value.toString();
  return Number(`${text.slice(0, 25)}e${text.length - Math.min(25, text.length) - 80}`);
};

/** The sums of Efron's terms, by the letter: S = R + D, f = k/d, q = S − f·D; scalars of whole numbers R and D. */
function exactSums(d: number, staying: bigint, dying: bigint) {
  const count = BigInt(d);
  let [a0, a1, b0, b1, b2] = [0n, 0n, 0n, 0n, 0n];
  for (let k = 0n; k < count; k++) {
    const q = (staying + dying) * count - k * dying; // d·q
    a0 += (DIGITS * count) / q;
    a1 += (DIGITS * k) / q;
    b0 += (DIGITS * count * count) / (q * q);
    b1 += (DIGITS * count * k) / (q * q);
    b2 += (DIGITS * k * k) / (q * q);
  }
  return [a0, a1, b0, b1, b2].map(decimal);
}

/** The same from terms that stand for so many. */
function sumsOf({ count, left, part, whole, times }: ReturnType<typeof tiedTerms>): number[] {
  const sums = [0, 0, 0, 0, 0];
  for (let k = 0; k < count; k++) {
    const f = 1 - (whole + part[k]);
    const [one, square] = [times[k] / left[k], times[k] / (left[k] * left[k])];
    [one, f * one, square, f * square, f * f * square].forEach((value, i) => {
      sums[i] += value;
    });
  }
  return sums;
}

/** ψ and ψ′ by their asymptotic series, from 40 on (Abramowitz and Stegun 1972, 6.3.18 and 6.4.12). */
function polygammas(argument: number): [number, number] {
  let [x, psi, prime] = [argument, 0, 0];
  for (; x < 40; x++) {
    psi -= 1 / x;
    prime += 1 / (x * x);
  }
  const y = 1 / (x * x);
  psi += Math.log(x) - 1 / (2 * x) - y * (1 / 12 - y * (1 / 120 - y * (1 / 252 - y * (1 / 240 - y / 132))));
  prime += 1 / x + y / 2 + (y / x) * (1 / 6 - y * (1 / 30 - y * (1 / 42 - y * (1 / 30 - (y * 5) / 66))));
  return [psi, prime];
}

/** The sums in closed form: with a = S·d/D, Σ 1/(a − l) = ψ(a + 1) − ψ(a − d + 1) = H, and Σ 1/(a − l)² = −the same of ψ′ = T. */
function closedSums(d: number, staying: number, dying: number): number[] {
  const unit = d / dying;
  const a = (staying + dying) * unit;
  const [[psiTop, primeTop], [psiBottom, primeBottom]] = [polygammas(a + 1), polygammas(staying * unit + 1)];
  const [h, t] = [psiTop - psiBottom, primeBottom - primeTop];
  return [
    h * unit,
    (a * h - d) / dying,
    t * unit * unit,
    ((a * t - h) * unit) / dying,
    (a * a * t - 2 * a * h + d) / (dying * dying),
  ];
}

describe("Efron's terms of counted events", () => {
  it("sum to what d terms sum to, exactly as fractions, term by term, and in closed form", () => {
    const whole = (max: number) => fc.integer({ min: 1, max });
    fc.assert(
      fc.property(whole(700), fc.oneof(fc.constant(0), whole(20), whole(1e7)), whole(5000), (d, staying, dying) => {
        const exact = exactSums(d, BigInt(staying), BigInt(dying));
        const terms = tiedTerms();
        fillCountedTerms(terms, d, staying, dying);
        expect(terms.count).toBeLessThanOrEqual(d);
        const counted = sumsOf(terms);
        fillPlainTerms(terms, d, staying + dying, dying);
        const plain = sumsOf(terms);
        const closed = closedSums(d, staying, dying);
        // The closed form cancels where few of many at risk have the event: that it has fewer digits there is why it is not used.
        const lost = ((staying + dying) / dying) ** 2;
        exact.forEach((value, i) => {
          const off = (found: number) => (value === 0 ? Math.abs(found) : Math.abs(found / value - 1));
          expect(off(counted[i]), `counted ${i}`).toBeLessThan(2e-14);
          expect(off(plain[i]), `plain ${i}`).toBeLessThan(1e-13 * d);
          if (lost < 1e4) expect(off(closed[i]), `closed ${i}`).toBeLessThan(1e-13 * lost * d);
        });
      }),
      { numRuns: EVERY ? 1000 : 100 },
    );
  });

  it("sum logarithms as the gamma function says, and are few however many the events are", () => {
    const terms = tiedTerms();
    // log(10!·…): R = 0 and D = d makes the terms m = 1, …, d.
    for (const d of [10, 100, 1000, 100_000]) {
      fillCountedTerms(terms, d, 0, d);
      let [found, exact] = [0, 0];
      for (let k = 0; k < terms.count; k++) found += terms.times[k] * Math.log(terms.left[k]);
      for (let m = 1; m <= d; m++) exact += Math.log(m);
      expect(Math.abs(found / exact - 1)).toBeLessThan(1e-13);
    }
    const counts = [1e3, 1e6, 1e9].map((d) => {
      fillCountedTerms(terms, d, d, d);
      return terms.count;
    });
    expect(new Set(counts).size).toBe(1);
    fillCountedTerms(terms, 1e9, 0, 1e9);
    expect(terms.count).toBeLessThan(500);
  });

  it("are those of a thousand million events, too, in closed form where that keeps its digits", () => {
    const terms = tiedTerms();
    for (const d of [1e4, 1e6, 1e9, 1e12]) {
      for (const staying of [0, 0.25, 3, 40, 1e4, d / 7, d]) {
        fillCountedTerms(terms, d, staying, d);
        const closed = closedSums(d, staying, d);
        sumsOf(terms).forEach((value, i) => {
          expect(Math.abs(value / closed[i] - 1), `${d} ${staying} ${i}`).toBeLessThan(
            2e-13 * (1 + staying / d) ** 2 + 1e-12,
          );
        });
      }
    }
  });

  it("hold where those with the event have a risk of 0 beside the others", () => {
    const terms = sumTerms();
    fillSumTerms(terms, 1e6, Infinity);
    expect(terms.times.subarray(0, terms.length).reduce((sum, value) => sum + value, 0)).toBeCloseTo(1e6, 6);
  });
});
