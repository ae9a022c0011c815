/** A stable sort: rows in increasing order of their key, and the keys in that order. */
export interface Sorted {
  readonly order: Uint32Array;
  readonly keys: Float64Array;
}

/** So few rows are sorted by insertion: clearing and adding up the radix sort's tables costs more. */
const FEW = 64;

/** An element that has to move further than this is not put in its place one step at a time. */
const LONGEST_STEP = 64;

/**
 * Sorts rows by a key, equal keys staying in their given order.
 *
 * Radix sort on the upper 32 bits of the doubles, least significant digit first (Knuth, The Art of Computer
 * Programming 3, 5.2.5): three passes whatever n, and no comparison function that is called n log n times. Keys that
 * differ in their lower bits only are few and near each other then; insertion puts them in order.
 *
 * @param keys finite numbers
 */
export function sortRows(keys: Float64Array): Sorted {
  const given = { order: identityOrder(keys.length), keys: keys.slice() };
  const sorted = keys.length > FEW ? byUpperBits(given) : given;
  insertLowerBits(sorted.keys, sorted.order, keys);
  return sorted;
}

/** Sorted by the upper halves of the keys, in rooms of which one is the given. */
function byUpperBits(given: Sorted): Sorted {
  const n = given.keys.length;
  // Small inputs should not pay for clearing large tables.
  const bits = n < 4096 ? 8 : 11;
  const positions = new Uint32Array(1 << bits);
  let from = given;
  let to: Sorted = { order: new Uint32Array(n), keys: new Float64Array(n) };
  for (let shift = 0; shift < 32; shift += bits) {
    if (!firstPositions(from.keys, shift, positions)) continue;
    moveByDigit(from, to, shift, positions);
    [from, to] = [to, from];
  }
  return from;
}

/** The doubles' words, of which every second is an upper half. */
function wordsOf({ buffer, byteOffset, length }: Float64Array): Uint32Array {
  return new Uint32Array(buffer, byteOffset, 2 * length);
}

/** Changes a double's upper half so that halves order as unsigned integers: sign flipped, negatives inverted. */
function ordered(word: number): number {
  return word >>> 31 === 1 ? ~word : word | 0x80000000;
}

/** Where each digit's first element goes; false if all keys have the same digit and nothing has to move. */
function firstPositions(keys: Float64Array, shift: number, positions: Uint32Array): boolean {
  positions.fill(0);
  const mask = positions.length - 1;
  const words = wordsOf(keys);
  for (let i = 1; i < words.length; i += 2) positions[(ordered(words[i]) >>> shift) & mask]++;
  if (keys.length > 0 && positions[(ordered(words[1]) >>> shift) & mask] === keys.length) return false;
  let position = 0;
  for (let digit = 0; digit < positions.length; digit++) {
    const count = positions[digit];
    positions[digit] = position;
    position += count;
  }
  return true;
}

/** Keys move with their rows: in a large table a fetch of each from its own place would take longer than all that is done here. */
function moveByDigit({ keys, order }: Sorted, to: Sorted, shift: number, positions: Uint32Array): void {
  const mask = positions.length - 1;
  const words = wordsOf(keys);
  const { keys: toKeys, order: toOrder } = to;
  for (let i = 0; i < keys.length; i++) {
    const digit = (ordered(words[2 * i + 1]) >>> shift) & mask;
    const position = positions[digit];
    positions[digit] = position + 1;
    toKeys[position] = keys[i];
    toOrder[position] = order[i];
  }
}

/** Completes the order where keys agree in their upper halves; gives up on runs that are far out of order. */
function insertLowerBits(sorted: Float64Array, order: Uint32Array, keys: Float64Array): void {
  for (let i = 1; i < sorted.length; i++) {
    const key = sorted[i];
    if (!(key < sorted[i - 1])) continue;
    const row = order[i];
    let to = i;
    do {
      sorted[to] = sorted[to - 1];
      order[to] = order[to - 1];
      to--;
      if (i - to > LONGEST_STEP) {
        sorted[to] = key;
        order[to] = row;
        order.sort((a, b) => keys[a] - keys[b] || a - b);
        for (let k = 0; k < order.length; k++) sorted[k] = keys[order[k]];
        return;
      }
    } while (to > 0 && key < sorted[to - 1]);
    sorted[to] = key;
    order[to] = row;
  }
}

/**
 * Positions by group, and within each group in increasing order: a stable counting sort.
 *
 * @param code the group at each position
 * @param size positions in each group
 */
export function sortByGroup(code: Uint32Array, size: Uint32Array): Uint32Array {
  const next = new Uint32Array(size.length);
  for (let group = 1; group < size.length; group++) next[group] = next[group - 1] + size[group - 1];
  const sorted = new Uint32Array(code.length);
  for (let i = 0; i < code.length; i++) sorted[next[code[i]]++] = i;
  return sorted;
}

/** The same for positions that come in an order of their own, which each group keeps. */
export function splitByGroup(positions: Uint32Array, code: Uint32Array, size: Uint32Array): Uint32Array {
  const byGroup = sortByGroup(gatherCodes(code, positions), size);
  for (let i = 0; i < byGroup.length; i++) byGroup[i] = positions[byGroup[i]];
  return byGroup;
}

/** 0, 1, 2, … below n. */
export function identityOrder(n: number): Uint32Array {
  const order = new Uint32Array(n);
  for (let i = 0; i < n; i++) order[i] = i;
  return order;
}

/** Values in another order. */
export function gather(values: Float64Array, order: Uint32Array): Float64Array {
  const gathered = new Float64Array(order.length);
  for (let i = 0; i < order.length; i++) gathered[i] = values[order[i]];
  return gathered;
}

/** Codes in another order. */
export function gatherCodes(codes: Uint32Array, order: Uint32Array): Uint32Array {
  const gathered = new Uint32Array(order.length);
  for (let i = 0; i < order.length; i++) gathered[i] = codes[order[i]];
  return gathered;
}

/** The place of each element of an order: order[place[i]] = i. */
export function placesOf(order: Uint32Array): Uint32Array {
  const place = new Uint32Array(order.length);
  for (let i = 0; i < order.length; i++) place[order[i]] = i;
  return place;
}

/** How many of the first `length` indices satisfy a condition that holds up to some index and not after. */
export function countUpTo(length: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
