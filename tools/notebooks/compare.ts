import { isDeepStrictEqual } from "node:util";
import { comparePng } from "../picture/compare";
import type { Output } from "./notebook";
import { text } from "./notebook";

/** resvg rounds differently on other processors; beyond this difference of a colour channel a picture is another. */
const MAX_CHANNEL_DIFFERENCE = 24;

/**
 * What differs between the committed outputs of a cell and what its code gives now, in a few lines for a person; empty
 * when nothing does.
 */
export function differences(committed: readonly Output[], now: readonly Output[]): string[] {
  if (committed.length === 0 && now.length > 0) return ["has no committed output"];
  if (committed.length !== now.length) {
    return [`has ${committed.length} committed outputs, the code gives ${now.length} now`];
  }
  return now.flatMap((output, index) => {
    const before = committed[index];
    if (before === undefined) return [];
    return differencesOfOutput(before, output);
  });
}

function differencesOfOutput(before: Output, now: Output): string[] {
  if (before.output_type !== now.output_type) {
    return [`was ${before.output_type}, is ${now.output_type} now`];
  }
  const [old, fresh] = [parts(before), parts(now)];
  const found: string[] = [];
  for (const type of [...new Set([...old.keys(), ...fresh.keys()])].sort()) {
    const [a, b] = [old.get(type), fresh.get(type)];
    if (isDeepStrictEqual(a, b) || (type === "image/png" && sameEncodedPicture(a, b))) continue;
    found.push(type.startsWith("text/plain") ? firstDifference(text(a), text(b)) : `${type} differs`);
  }
  return found;
}

/** The forms of an output that are compared; the execution count is the cell's place and follows from it. */
function parts(output: Output): Map<string, unknown> {
  switch (output.output_type) {
    case "stream":
      return new Map([[`text/plain of ${output.name}`, output.text]]);
    case "error":
      return new Map([["text/plain of the error", output.traceback]]);
    default:
      return new Map(Object.entries(output.data));
  }
}

function sameEncodedPicture(a: unknown, b: unknown): boolean {
  if (typeof a !== "string" || typeof b !== "string") return false;
  return samePicture(Buffer.from(a, "base64"), Buffer.from(b, "base64"));
}

/** Whether two PNGs are the same picture, but for the rounding of another processor. */
export function samePicture(a: Buffer, b: Buffer): boolean {
  const result = comparePng(a, b);
  return result.equal || (result.sameSize && result.maxDifference <= MAX_CHANNEL_DIFFERENCE);
}

function firstDifference(before: string, now: string): string {
  const [old, fresh] = [before.split("\n"), now.split("\n")];
  const at = fresh.findIndex((line, index) => line !== old[index]);
  const line = at >= 0 ? at : fresh.length;
  return `line ${line + 1} was "${old[line] ?? ""}", is "${fresh[line] ?? ""}" now`;
}
