import { statusEntry } from "./check-mapping";
import type { Places } from "./columns";
import type { CampaignMapping } from "./mapping";
import type { TableFile } from "./read";
import type { LoadReport, Tally } from "./report";
import type { OwnOutcome } from "./spell";

/** What was counted while a file was read. */
export interface Collected {
  readonly places: Places;
  readonly read: number;
  readonly cause: readonly OwnOutcome[];
  readonly treated: Uint8Array | null;
  readonly setAside: readonly Tally[];
  readonly assumed: readonly Tally[];
  readonly uncertain: readonly Tally[];
  /** Rows by the text of their status. */
  readonly statuses: ReadonlyMap<string, number>;
  readonly alleged: number;
  /** Rows that became treated after time zero. */
  readonly late: number;
  /** Rows whose arm rests on the date policy. */
  readonly straddling: number;
  readonly treatmentValues: LoadReport["treatmentValues"];
  readonly covariates: LoadReport["covariates"];
}

/** The report on a file from what was counted. */
export function collectedReport(mapping: CampaignMapping, table: TableFile, found: Collected): LoadReport {
  const { places, read, cause, treated } = found;
  const used = cause.length;
  const outcomes = { released: 0, died: 0, escaped: 0, censored: 0 };
  for (const one of cause) outcomes[one] += 1;
  const exposed = treated === null ? 0 : treated.reduce((sum, arm) => sum + arm, 0);
  return {
    file: table.file,
    format: table.format,
    columns: { used: places.used, unused: places.header.filter((name) => !places.used.includes(name)) },
    rows: { read, used, setAside: read - used },
    setAside: found.setAside,
    assumed: found.assumed,
    uncertain: found.uncertain,
    statuses: Object.entries(mapping.statuses ?? {}).flatMap(([status, entry]) => {
      const { means, alleged = false } = statusEntry(entry);
      const count = found.statuses.get(status) ?? 0;
      return count === 0 ? [] : [{ status, means, alleged, count }];
    }),
    alleged: { count: found.alleged, taken: mapping.alleged ?? "event" },
    outcomes,
    arms: treated === null ? null : { treated: exposed, control: used - exposed },
    treatmentValues: found.treatmentValues,
    covariates: found.covariates,
    warnings: warningsOf(found),
  };
}

function warningsOf({ late, straddling }: Collected): string[] {
  const warnings: string[] = [];
  if (late > 0) {
    warnings.push(
      `${late} treated rows became treated after time zero: the time before is immortal time, in which they could not have been released and be treated. Start the clock at the treatment, or use treatment as a time-varying covariate.`,
    );
  }
  if (straddling > 0) warnings.push(`Which arm ${straddling} rows are in rests on the date policy.`);
  return warnings;
}
