import { sha256 as sha256Of } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/**
 * Fingerprints of texts and values, the same in Node and in a page: `crypto.subtle` is asynchronous, and a page from a
 * plain http address has none.
 */

/** SHA-256 (FIPS 180-4) of a text in UTF-8, as 64 hexadecimal digits. */
export function sha256(text: string): string {
  return bytesToHex(sha256Of(utf8ToBytes(text)));
}

/** The first 128 bits of SHA-256, as 32 hexadecimal digits: enough to tell texts apart, and half as long in a list. */
export function fingerprint(text: string): string {
  return sha256(text).slice(0, 32);
}

/**
 * A value as JSON that does not depend on how it was written: no blanks, keys in the order of their UTF-16 units,
 * numbers and texts as ECMAScript writes them, which is RFC 8785 for values that came from JSON.
 *
 * @throws Error for what JSON cannot hold, naming where it stands
 */
export function canonicalJson(value: unknown, place = "the value"): string {
  if (value === null || typeof value === "boolean" || typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") {
    if (Number.isFinite(value)) return JSON.stringify(value);
    throw new Error(`${place} is ${value}, which JSON cannot hold`);
  }
  if (Array.isArray(value)) return `[${value.map((one, at) => canonicalJson(one, `${place}[${at}]`)).join(",")}]`;
  if (typeof value !== "object") throw new Error(`${place} is of type ${typeof value}, which JSON cannot hold`);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member, `${place}.${key}`)}`);
  return `{${members.join(",")}}`;
}
