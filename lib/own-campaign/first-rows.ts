import { textHash } from "../files";

/**
 * In which row each of a million ids stood first. A Map does the same in three times the time and memory: it keeps a list of
 * its order, which nobody asks for. As long as ids come in order, longer ones after shorter ones, as numbers do, each of them is
 * new, and nothing is looked up.
 */
export class FirstRows {
  readonly #keys: string[] = [];
  readonly #rows: number[] = [];
  #inOrder = true;
  /** Beside each other: where in the lists a key stands, from 1, and its hash; 0 where there is none. */
  #slots = new Int32Array(1 << 13);

  /**
   * The row in which the key stood before; null if it is new, which it is no more.
   *
   * @param known the key's {@link textHash}, where it has been found already
   */
  meet(key: string, row: number, known?: number): number | null {
    const { length } = this.#keys;
    if (this.#inOrder && (length === 0 || isBehind(key, this.#keys[length - 1]))) {
      this.#keys.push(key);
      this.#rows.push(row);
      return null;
    }
    if (this.#inOrder) this.#lookUpFromNowOn();
    const hash = mixed(known ?? textHash(key));
    const slots = this.#slots;
    const mask = slots.length - 2;
    let at = (2 * hash) & mask;
    for (; slots[at] !== 0; at = (at + 2) & mask) {
      if (slots[at + 1] === hash && this.#keys[slots[at] - 1] === key) return this.#rows[slots[at] - 1];
    }
    this.#keys.push(key);
    this.#rows.push(row);
    slots[at] = this.#keys.length;
    slots[at + 1] = hash;
    if (4 * this.#keys.length > slots.length) this.#widen();
    return null;
  }

  /** Puts the keys that came in order into the table. */
  #lookUpFromNowOn(): void {
    this.#inOrder = false;
    while (4 * this.#keys.length > this.#slots.length) this.#slots = new Int32Array(2 * this.#slots.length);
    const mask = this.#slots.length - 2;
    this.#keys.forEach((key, k) => {
      const hash = mixed(textHash(key));
      let at = (2 * hash) & mask;
      while (this.#slots[at] !== 0) at = (at + 2) & mask;
      this.#slots[at] = k + 1;
      this.#slots[at + 1] = hash;
    });
  }

  #widen(): void {
    const before = this.#slots;
    const mask = 2 * before.length - 2;
    const slots = new Int32Array(mask + 2);
    for (let i = 0; i < before.length; i += 2) {
      if (before[i] === 0) continue;
      let at = (2 * before[i + 1]) & mask;
      while (slots[at] !== 0) at = (at + 2) & mask;
      slots[at] = before[i];
      slots[at + 1] = before[i + 1];
    }
    this.#slots = slots;
  }
}

/** Whether a key comes after another one by length, and then by its codes. */
const isBehind = (key: string, other: string): boolean =>
  key.length === other.length ? key > other : key.length > other.length;

/** A hash whose bits are well mixed: ids are often numbers that follow each other. */
function mixed(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return once ^ (once >>> 13);
}
