/**
 * Sums of weights below a place, while single weights change: a Fenwick tree (Fenwick 1994, Software: Practice and
 * Experience 24:327). Both take log n steps.
 */
export class RankWeights {
  private readonly tree: Float64Array;

  constructor(places: number) {
    this.tree = new Float64Array(places + 1);
  }

  change(place: number, by: number): void {
    const { tree } = this;
    for (let i = place + 1; i < tree.length; i += i & -i) tree[i] += by;
  }

  /** The sum of the weights at the places 0 to place − 1. */
  below(place: number): number {
    let sum = 0;
    for (let i = place; i > 0; i -= i & -i) sum += this.tree[i];
    return sum;
  }

  /** The sum of the weights at the places from `first` up to, not including, `end`. */
  between(first: number, end: number): number {
    return this.below(end) - this.below(first);
  }

  clear(): void {
    this.tree.fill(0);
  }
}

/** A count stands for 2^7 places: those of a million stay in the first-level cache. */
const BLOCK = 7;

/** How many bits of a word are 1, added up in ever larger fields (Warren 2013, Hacker's Delight, section 5-1). */
function ones(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** The same for weights that are all 0 or 1, in less time: a bit for each place, and a Fenwick tree of the counts of 128 each. */
export class RankSet {
  private readonly bits: Int32Array;
  private readonly counts: Int32Array;

  constructor(places: number) {
    this.bits = new Int32Array((places >>> 5) + 1);
    this.counts = new Int32Array((places >>> BLOCK) + 2);
  }

  /** Puts a place in (1) or takes it out (−1). */
  change(place: number, by: number): void {
    const { bits, counts } = this;
    bits[place >>> 5] ^= 1 << (place & 31);
    for (let block = (place >>> BLOCK) + 1; block < counts.length; block += block & -block) counts[block] += by;
  }

  /** How many of the places 0 to place − 1 are in. */
  below(place: number): number {
    const { bits, counts } = this;
    let count = 0;
    for (let block = place >>> BLOCK; block > 0; block -= block & -block) count += counts[block];
    const last = place >>> 5;
    for (let word = (place >>> BLOCK) << (BLOCK - 5); word < last; word++) count += ones(bits[word]);
    return count + ones(bits[last] & ((1 << (place & 31)) - 1));
  }

  /** How many of the places from `first` up to, not including, `end` are in; of a single one its bit says it. */
  between(first: number, end: number): number {
    return end - first === 1 ? (this.bits[first >>> 5] >>> (first & 31)) & 1 : this.below(end) - this.below(first);
  }

  clear(): void {
    this.bits.fill(0);
    this.counts.fill(0);
  }
}
