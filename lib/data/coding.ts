import { didYouMean, type Fault, refuseAll } from "../files";
import { InvalidInputError } from "../statistics";
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
 * @throws {InvalidInputError} if no coding has that name.
 * @example findCoding("strict").reasoning
 */
export function findCoding(coding: CodingName | Coding = "working-paper"): Coding {
  return codingFor("findCoding", coding);
}

/** The same for a function that takes a coding as an option; its errors begin with the function's name. */
export function codingFor(caller: string, coding: CodingName | Coding = "working-paper"): Coding {
  if (typeof coding !== "string") return coding;
  const known = codings();
  const found = known.find((candidate) => candidate.name === coding);
  if (found !== undefined) return found;
  const names = known.map((candidate) => candidate.name);
  throw new InvalidInputError(
    `${caller}: "${String(coding)}" is not a coding${didYouMean(String(coding), names)}; known are ${names.join(", ")}`,
    "coding",
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
  const faults = unknown.map(({ id }): Fault => {
    const message = `the coding "${coding.name}" decides about "${id}"${didYouMean(id, ids)}, and no row has this id; keep the ids of the project's file or load with a coding of your own`;
    return { row: null, column: "id", value: id, rule: "coding", message };
  });
  if (faults.length > 0) throw refuseAll(file, faults);
  return new Map(coding.decisions.map((decision) => [decision.id, decision]));
}
