import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { z } from "zod";
import { projectRoot } from "../../lib/data";
import { CHARACTERISTIC_BITS } from "./covariates";

/**
 * How what is published on a concern is coded, as the paper codes a report: what it states is yes, what it does not
 * mention is no. "Likely" is a document's own word for it and taken as stated.
 */
const CODED_YES: ReadonlySet<string> = new Set(["yes", "likely"]);

/** The five concerns in the order of CHARACTERISTIC_BITS. */
export const CONCERNS = ["prisoner_of_conscience", "torture", "death_penalty", "legal", "medical"] as const;

const code = z.enum(["yes", "likely", "unknown", "none found"]);
const FILE = "data/freethe20_concerns.csv";
const rowSchema = z.object({
  id: z.string().min(1),
  prisoner_of_conscience: code,
  torture: code,
  death_penalty: code,
  legal: code,
  medical: code,
});

/**
 * The concerns that public documents state about the women of the campaign, as bits of the covariates' mask.
 *
 * @returns by identifier
 * @throws Error naming file, row and column if a cell is no known code
 */
export function publishedConcerns(): ReadonlyMap<string, number> {
  const records: unknown[] = parse(readFileSync(join(projectRoot(), FILE), "utf8"), { columns: true });
  return new Map(
    records.map((record, index) => {
      const parsed = rowSchema.safeParse(record);
      if (!parsed.success) {
        const [issue] = parsed.error.issues;
        throw new Error(`${FILE} row ${index + 2}, column ${issue.path.join(".")}: ${issue.message}`);
      }
      const row = parsed.data;
      const bits = CONCERNS.map((name, i) => (CODED_YES.has(row[name]) ? 1 << CHARACTERISTIC_BITS[i] : 0));
      return [row.id, bits.reduce((mask, bit) => mask | bit, 0)];
    }),
  );
}
