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

/** A sentence of the draft or the abstract, verbatim, with its place. */
export type Quotation = Published["quotations"][number];

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
  checkQuotations(published, file);
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

/**
 * One quotation by its identifier.
 *
 * @throws {InvalidInputError} if there is none of that id.
 * @example quotation(loadPublished(), "footnote-4").text
 */
export function quotation(published: Pick<Published, "quotations" | "file">, id: string): Quotation {
  const found = published.quotations.find((entry) => entry.id === id);
  if (found !== undefined) return found;
  const near = didYouMean(
    id,
    published.quotations.map((entry) => entry.id),
  );
  throw new InvalidInputError(`quotation: ${published.file} has no quotation "${id}"${near}`, "id");
}

function checkQuotations({ quotations, sources }: z.infer<typeof publishedSchema>, file: string): void {
  const ids = quotations.map(({ id }) => id);
  const at = { row: null, column: "quotations", rule: "quotation-id" };
  const twice = ids.filter((id, i) => ids.indexOf(id) !== i);
  const lost = sources.flatMap(({ circulation }) => (circulation === null ? [] : [circulation]));
  const faults: Fault[] = [
    ...twice.map((id) => ({ ...at, value: id, message: `the id "${id}" stands twice` })),
    ...lost
      .filter((id) => !ids.includes(id))
      .map((id) => ({
        ...at,
        value: id,
        message: `a source names the quotation "${id}", which there is not`,
      })),
  ];
  if (faults.length > 0) throw refuseAll(file, faults);
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
