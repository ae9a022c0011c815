/**
 * The rows in increasing order of a key, equal keys in their given order (a stable sort).
 *
 * Least-significant-digit radix sort on the bits of the doubles (Knuth, The Art of Computer Programming 3, 5.2.5):
 * time linear in n, and no comparison function that would be called n log n times. A digit that is the same in all
 * keys is skipped, so that whole months take two passes of eight.
 *
 * @param keys finite numbers
 * @returns row numbers
 */
export function sortOrder(keys: Float64Array): Uint32Array {
  const n = keys.length;
  // Small inputs should not pay for clearing large tables.
  const bits = n < 4096 ? 8 : 11;
  const words = orderedBits(keys);
  let from: SortBuffer = { words, order: new Uint32Array(n) };
  for (let i = 0; i < n; i++) from.order[i] = i;
  let to: SortBuffer = { words: new Uint32Array(2 * n), order: new Uint32Array(n) };
  const counts = new Uint32Array(1 << bits);
  for (let word = 0; word < 2; word++) {
    for (let shift = 0; shift < 32; shift += bits) {
      if (!countDigits(from.words, word, shift, counts)) continue;
      moveByDigit(from, to, word, shift, counts);
      const swapped = from;
      from = to;
      to = swapped;
    }
  }
  return from.order;
}

/** Keys as pairs of words (low, high), and the rows they belong to. */
interface SortBuffer {
  words: Uint32Array;
  order: Uint32Array;
}

/** The bits of the doubles, changed so that they order as unsigned integers: sign flipped, negatives inverted. */
function orderedBits(keys: Float64Array): Uint32Array {
  const words = new Uint32Array(new Float64Array(keys).buffer);
  for (let i = 0; i < words.length; i += 2) {
    const high = words[i + 1];
    if (high >>> 31 === 1) {
      words[i] = ~words[i];
      words[i + 1] = ~high;
    } else {
      words[i + 1] = high | 0x80000000;
    }
  }
  return words;
}

/** Counts each digit and turns the counts into first positions; false if all keys have the same digit. */
function countDigits(words: Uint32Array, word: number, shift: number, counts: Uint32Array): boolean {
  counts.fill(0);
  const mask = counts.length - 1;
  for (let i = word; i < words.length; i += 2) counts[(words[i] >>> shift) & mask]++;
  if (words.length > 0 && counts[(words[word] >>> shift) & mask] === words.length / 2) return false;
  let position = 0;
  for (let digit = 0; digit < counts.length; digit++) {
    const count = counts[digit];
    counts[digit] = position;
    position += count;
  }
  return true;
}

function moveByDigit(
  from: SortBuffer,
  to: SortBuffer,
  word: number,
  shift: number,
  positions: Uint32Array,
): void {
  const mask = positions.length - 1;
  const { words, order } = from;
  const { words: toWords, order: toOrder } = to;
  for (let i = 0; i < order.length; i++) {
    const digit = (words[2 * i + word] >>> shift) & mask;
    const position = positions[digit];
    positions[digit] = position + 1;
    toWords[2 * position] = words[2 * i];
    toWords[2 * position + 1] = words[2 * i + 1];
    toOrder[position] = order[i];
  }
}

/**
 * Rows by group, and within each group in the order given: a stable counting sort.
 *
 * @param order rows in the order that each group's rows shall have
 * @param code each row's group
 * @param size rows in each group
 */
export function sortByGroup(order: Uint32Array, code: Uint32Array, size: Uint32Array): Uint32Array {
  const next = new Uint32Array(size.length);
  for (let group = 1; group < size.length; group++) next[group] = next[group - 1] + size[group - 1];
  const sorted = new Uint32Array(order.length);
  for (let i = 0; i < order.length; i++) sorted[next[code[order[i]]]++] = order[i];
  return sorted;
}
