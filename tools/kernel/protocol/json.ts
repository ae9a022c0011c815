/** Values from elsewhere, of which nothing is known. Runs in a page, too. */

/** A decoded JSON object: what a header, a content or metadata part is. */
export type JsonObject = Record<string, unknown>;

/** The value as a JSON object, or an empty one: a malformed part must not throw in the middle of the kernel. */
export function asObject(value: unknown): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

/** The value as a string, or the fallback. */
export function asString(value: unknown, fallback = ""): string {
  return typeof value === "string" ? value : fallback;
}
