import { DataError, didYouMean } from "../files";
import type { Coding, Decision } from "./schema/descriptor";
import { projectPackage, tableResource } from "./schema/project";
import type { CodingName } from "./schema/rows";

/**
 * All named codings, from the lowest count of releases to the highest.
 *
 * Whether three of the nineteen count as released is a decision and not a fact: house arrest lifted,
 * conditionally released before the launch, no release found. A coding is one set of such decisions
 * with its reasons, and every result over the women names the coding that it used.
 *
 * @throws DataError if the data package cannot be read.
 * @example codings().map((coding) => coding.released) // [15, 16, 17, 18]
 */
export function codings(): readonly Coding[] {
  return tableResource(projectPackage(), "freethe20").codings ?? [];
}

/**
 * A coding by name, or your own. An own coding has the same properties; with an empty `decisions` it
 * takes every row as it is recorded.
 *
 * @throws RangeError if no coding has that name.
 * @example findCoding("strict").reasoning
 */
export function findCoding(coding: CodingName | Coding = "working-paper"): Coding {
  if (typeof coding !== "string") return coding;
  const known = codings();
  const found = known.find((candidate) => candidate.name === coding);
  if (found !== undefined) return found;
  const names = known.map((candidate) => candidate.name);
  throw new RangeError(
    `"${String(coding)}" is not a coding${didYouMean(String(coding), names)}; known are ${names.join(", ")}`,
  );
}

/**
 * The decisions of a coding by the woman's id.
 *
 * @throws DataError if it decides about an id that the file does not hold: half a coding would give
 * a count that no coding stands for.
 */
export function decisionsFor(coding: Coding, ids: readonly string[], file: string): Map<string, Decision> {
  const unknown = coding.decisions.filter((decision) => !ids.includes(decision.id));
  if (unknown.length > 0) {
    throw new DataError(
      unknown.map((decision) => ({
        file,
        row: null,
        column: "id",
        value: decision.id,
        rule: "coding",
        message: `the coding "${coding.name}" decides about "${decision.id}"${didYouMean(decision.id, ids)}, and no row has this id; keep the ids of the project's file or load with a coding of your own`,
      })),
    );
  }
  return new Map(coding.decisions.map((decision) => [decision.id, decision]));
}
