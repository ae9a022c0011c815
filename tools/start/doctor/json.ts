import { readFileSync } from "node:fs";
import { asObject, type JsonObject } from "../../kernel/protocol/wire";

/** The JSON object in a file; null where there is no such file or it cannot be read as JSON. */
export function readObject(file: string): JsonObject | null {
  try {
    return asObject(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return null;
  }
}
