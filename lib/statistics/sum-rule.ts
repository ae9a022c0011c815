import { cos, log } from "./elementary";

/** Numbers m and how often each counts, so that Σ times·h(m) is a sum of h over more numbers than these. */
export interface SumTerms {
  length: number;
  at: Float64Array;
  times: Float64Array;
}

/** Room for terms, which grows where it is needed. */
export function sumTerms(): SumTerms {
  return { length: 0, at: new Float64Array(64), times: new Float64Array(64) };
}

/** Shorter spans are gone through number by number. */
const SHORT = 48;

/** −log of the relative error that is left, with a margin for squares and cubes: 42 is 1e-18. */
const DIGITS = 42;

/**
 * Terms whose weighted sum is Σ h(m) over m = 1, …, count, to double precision, for every h that is analytic but for a pole
 * (or a logarithm's branch) at −distance: 1/(m + distance) and its powers, times polynomials of low degree, and log(m + distance).
 *
 * One wants it where a count stands for so many like things, such as a million tied events: some dozen terms do, however
 * many there are. Spans that are as long as they are far from the pole are summed by Gauss's rule for sums over whole numbers
 * (Gautschi 2004, Orthogonal Polynomials, section 1.5.1: discrete Chebyshev polynomials), whose weights are positive, so that nothing
 * cancels. With K nodes its error falls as ϱ^(−2K), where ϱ = z + √(z² − 1), and z is the distance of the pole from the span's
 * middle in half spans.
 *
 * @param terms where they are written, in increasing order
 * @param count how many numbers there are, a whole number of at least 1
 * @param distance of the pole from 0, at least 0, or Infinity where there is none
 */
export function fillSumTerms(terms: SumTerms, count: number, distance: number): void {
  terms.length = 0;
  for (let first = 1; first <= count; ) {
    // Powers of two, but for the last: their rules are used again and again.
    const room = first + distance;
    let size = count - first + 1;
    if (size > room) {
      size = SHORT;
      while (2 * size <= room) size *= 2;
      size = Math.min(size, count - first + 1);
    }
    if (size <= SHORT) {
      for (let m = first; m < first + size; m++) addTerm(terms, m, 1);
    } else {
      addRule(terms, first, size, distance);
    }
    first += size;
  }
}

function addTerm(terms: SumTerms, at: number, times: number): void {
  if (terms.length === terms.at.length) {
    const larger = { at: new Float64Array(2 * terms.length), times: new Float64Array(2 * terms.length) };
    larger.at.set(terms.at);
    larger.times.set(terms.times);
    Object.assign(terms, larger);
  }
  terms.at[terms.length] = at;
  terms.times[terms.length++] = times;
}

function addRule(terms: SumTerms, first: number, size: number, distance: number): void {
  const middle = first + (size - 1) / 2;
  const z = (2 * (middle + distance)) / size;
  const nodes = z < 1e18 ? Math.ceil(DIGITS / (2 * log(z + Math.sqrt(z * z - 1)))) + 2 : 3;
  const { x, weights } = gaussRule(size, nodes);
  for (let k = 0; k < nodes; k++) addTerm(terms, middle + (size / 2) * x[k], weights[k]);
}

interface GaussRule {
  /** From −1 to 1, increasing. */
  readonly x: Float64Array;
  /** They add up to the number of points. */
  readonly weights: Float64Array;
}

/** Rules that were made, by size and nodes; forgotten together once they are many. */
const known = new Map<string, GaussRule>();
const MOST_KNOWN = 4096;

/**
 * Gauss's rule for the sum over `size` equally spaced points, scaled so that their span is from −1 to 1: exact for polynomials of
 * degree 2·nodes − 1. Nodes are roots of the discrete Chebyshev polynomial, p_{k+1} = x·p_k − β_k·p_{k−1} with
 * β_k = k²(1 − k²/size²)/(4k² − 1), found by Newton's method from those of Legendre's, which are near where size is large
 * beside nodes².
 */
export function gaussRule(size: number, nodes: number): GaussRule {
  const key = `${size} ${nodes}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const beta = (k: number) => ((k * k) / (4 * k * k - 1)) * (1 - ((k / size) * k) / size);
  const x = new Float64Array(nodes);
  const weights = new Float64Array(nodes);
  let norm = size;
  for (let k = 1; k < nodes; k++) norm *= beta(k);
  for (let i = 0; i <= (nodes - 1) >> 1; i++) {
    let root = 2 * i + 1 === nodes ? 0 : cos((Math.PI * (i + 0.75)) / (nodes + 0.5));
    let found = polynomial(beta, nodes, root);
    for (let step = Infinity, tries = 0; root !== 0 && Math.abs(step) > 1e-15 && tries < 40; tries++) {
      step = found.value / found.slope;
      root -= step;
      found = polynomial(beta, nodes, root);
    }
    x[i] = -root;
    x[nodes - 1 - i] = root;
    weights[i] = norm / (found.slope * found.before);
    weights[nodes - 1 - i] = weights[i];
  }
  const rule = { x, weights };
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, rule);
  return rule;
}

/** The polynomial of degree k, its derivative, and the polynomial of degree k − 1. */
function polynomial(beta: (k: number) => number, degree: number, x: number) {
  let [before, value, slopeBefore, slope] = [0, 1, 0, 0];
  for (let k = 0; k < degree; k++) {
    const b = k === 0 ? 0 : beta(k);
    [slopeBefore, slope] = [slope, value + x * slope - b * slopeBefore];
    [before, value] = [value, x * value - b * before];
  }
  return { value, slope, before };
}
