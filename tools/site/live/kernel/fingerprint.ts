/**
 * A number for everything that can be reached from a value, by which a page notices that a cell has changed a value of
 * another one. Data are read to the end; functions and private fields cannot be looked into, and are told.
 */

/** What a fingerprint says of a value. */
export interface Fingerprint {
  readonly hash: number;
  /** Whether something in it hides its state: an instance with methods, a function that a call has made. */
  readonly hidden: boolean;
  /** Whether there was too much to read in the time that a run may take. */
  readonly cut: boolean;
}

/** Values that one pass may read: some 20 ms. */
const MOST = 150_000;

const PLAIN = new Set<unknown>([Object.prototype, Array.prototype, null]);
const words = new Uint32Array(2);
const double = new Float64Array(words.buffer);

/** The fingerprints of some values, where what they share is read once. */
export class Fingerprints {
  readonly #seen = new Map<object, number>();
  #left = MOST;
  #hidden = false;

  of(value: unknown): Fingerprint {
    this.#hidden = false;
    const hash = this.#value(value);
    return { hash, hidden: this.#hidden, cut: this.#left <= 0 };
  }

  #value(value: unknown): number {
    this.#left -= 1;
    switch (typeof value) {
      case "number":
        double[0] = value;
        return mixed(mixed(1, words[0] ?? 0), words[1] ?? 0);
      case "string":
        return ofText(value);
      case "boolean":
        return value ? 3 : 5;
      case "bigint":
        return ofText(String(value));
      case "function":
        return 7;
      case "object":
        return value === null ? 11 : this.#object(value);
      default:
        return 13;
    }
  }

  #object(value: object): number {
    const known = this.#seen.get(value);
    if (known !== undefined) return known;
    this.#seen.set(value, 17);
    if (this.#left <= 0) return 17;
    const hash = this.#parts(value);
    this.#seen.set(value, hash);
    return hash;
  }

  #parts(value: object): number {
    if (ArrayBuffer.isView(value)) return this.#numbers(value);
    if (value instanceof Date) return this.#value(value.getTime());
    let hash = 19;
    if (value instanceof Map || value instanceof Set) {
      for (const [key, one] of value.entries()) hash = mixed(mixed(hash, this.#value(key)), this.#value(one));
      return hash;
    }
    if (Array.isArray(value)) {
      hash = mixed(hash, value.length);
      for (const one of value) {
        if (this.#left <= 0) break;
        hash = mixed(hash, this.#value(one));
      }
      return hash;
    }
    if (!PLAIN.has(Object.getPrototypeOf(value)) && !(value instanceof Error) && !(value instanceof RegExp))
      this.#hidden = true;
    for (const key of Object.keys(value)) {
      if (this.#left <= 0) break;
      const { value: own } = Object.getOwnPropertyDescriptor(value, key) ?? {};
      if (typeof own === "function") this.#hidden = true;
      hash = mixed(mixed(hash, ofText(key)), this.#value(own));
    }
    return hash;
  }

  #numbers(value: ArrayBufferView): number {
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    this.#left -= bytes.length >> 3;
    let hash = 23;
    for (const byte of bytes) hash = mixed(hash, byte);
    return hash;
  }
}

function ofText(text: string): number {
  let hash = text.length;
  for (let i = 0; i < text.length; i++) hash = mixed(hash, text.charCodeAt(i));
  return hash;
}

/** One round of FNV-1a on words. */
function mixed(hash: number, word: number): number {
  return Math.imul(hash ^ word, 0x01000193) ^ (hash >>> 15);
}
