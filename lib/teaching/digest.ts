const OFFSET = 0xcbf29ce484222325n;
const PRIME = 0x100000001b3n;
const BITS = 64;

/**
 * A fingerprint of an answer: the 64 bits of FNV-1a (Fowler, Noll and Vo, RFC 9923) over exercise and answer,
 * as 16 hexadecimal digits. The exercise is the salt, so that the same number has another fingerprint elsewhere.
 *
 * It keeps the solution from being read off a page. It does not withstand somebody who tries all numbers, and
 * need not: the solution is in the repository.
 *
 * @example digest("00-a", "12").length // 16
 */
export function digest(exercise: string, answer: string): string {
  let hash = OFFSET;
  for (const byte of new TextEncoder().encode(`#FreeThe20 ${exercise}\u0000${answer}`)) {
    hash = BigInt.asUintN(BITS, (hash ^ BigInt(byte)) * PRIME);
  }
  return hash.toString(16).padStart(BITS / 4, "0");
}
