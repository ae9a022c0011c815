import { readFileSync } from "node:fs";
import type { z } from "zod";
import { decodeUtf8, didYouMean, type Fault, parseJson, type RowProvenance, refuseAll } from "../files";
import { InvalidInputError } from "../statistics";
import { publishedSchema } from "./published-schema";
import type { LoadOptions } from "./schema/dataset";
import { locate } from "./schema/location";
import { PUBLISHED_ID, type PublishedId } from "./schema/rows";

/** The numbers that the working paper prints, and where they were read from. */
export interface Published extends z.infer<typeof publishedSchema> {
  readonly file: string;
  readonly own: boolean;
  readonly provenance: readonly RowProvenance[];
}

/** A printed number with its place. */
export type PublishedNumber = Published["numbers"][number];

/**
 * Every number of the working paper that the project uses, each once, with its place: what a
 * recomputed number is compared with.
 *
 * @throws DataError if the file is missing, not of the expected shape, or lacks or repeats an id.
 * @example loadPublished().table1.campaign.coefficient // [0.797, 0.619, 0.896, 0.801]
 */
export function loadPublished(options: LoadOptions = {}): Published {
  const place = { from: options.from, alsoFromProject: true };
  const { path, file, own, provenance } = locate("published", "published", [".json"], place);
  const published = parseJson(decodeUtf8(readFileSync(path), file), publishedSchema, file);
  checkIds(published.numbers, file);
  return { ...published, file, own, provenance: [provenance] };
}

/**
 * One printed number by its identifier.
 *
 * @throws {InvalidInputError} if there is none of that id.
 * @example publishedNumber(loadPublished(), "released-within-three-years").value // 16
 */
export function publishedNumber(published: Published, id: PublishedId): PublishedNumber {
  const found = published.numbers.find((entry) => entry.id === id);
  if (found !== undefined) return found;
  const ids = published.numbers.map((entry) => entry.id);
  throw new InvalidInputError(
    `publishedNumber: ${published.file} prints no number "${id}"${didYouMean(id, ids)}`,
    "id",
  );
}

function checkIds(numbers: readonly PublishedNumber[], file: string): void {
  const ids = numbers.map((entry) => entry.id);
  const missing = PUBLISHED_ID.filter((id) => !ids.includes(id));
  const twice = ids.filter((id, i) => ids.indexOf(id) !== i);
  const at = { row: null, column: "numbers", rule: "published-id" };
  const faults: Fault[] = [
    ...missing.map((id) => ({
      ...at,
      value: id,
      message: `there is no number "${id}"${didYouMean(id, ids)}`,
    })),
    ...twice.map((id) => ({ ...at, value: id, message: `the id "${id}" stands twice` })),
  ];
  if (faults.length > 0) throw refuseAll(file, faults);
}
