import { campaign, projectPackage } from "../../lib/data/schema/project";
import { addMonths, dayNumber, isoDay } from "../../lib/dates";
import { square } from "../../lib/statistics/elementary";
import { seededRandom } from "../../lib/statistics/random";
import { tableCsv } from "./csv";

/**
 * The synthetic long list: eighteen rows that stand for the women who were proposed for the campaign
 * and not featured, and describe nobody. Their data are not public. What is known and what is
 * assumed here:
 *
 * - 18 rows: printed (40 proposed, 19 featured by name, 3 journalists left out).
 * - 3 releases within the 36 months: assumed. With the public record of the featured women, the
 *   printed p < 0.0001 can come from 0 to about 8 releases, depending on when they happen.
 * - Releases late, in the third year after the launch: assumed.
 * - Four women of whom nothing is known after a day before the end: bounded by Figure 1, whose transcript has five censoring
 *   marks between 1.00 and 0.75 and one between 0.25 and 0.00. As far as the order of the text shows height, the long
 *   list's curve stayed above 0.75 with five censoring times on it (here four early ones and the end), so that not all were
 *   followed to month 36 and at most four of eighteen were released; the short list's last mark is that of the end.
 * - Countries: each of the thirteen target countries but North Korea once, three of them a second time,
 *   and Bahrain, which is none of them, three times. The paper says that both lists held cases from Egypt, Russia and Syria and that
 *   prisoners in Bahrain were left out; the rest is assumed.
 * - Detentions from nine years to two months before the launch, recent ones more often, some known to
 *   the month only: assumed. Two months is the shortest detention that the paper's other control group
 *   admits.
 *
 * None of this was fitted to a p value: the numbers above were chosen once and the seed is the day of
 * the launch. Another seed moves the days, not the conclusion; test/data/long-list.test.ts tries many.
 */
export interface LongListAssumptions {
  readonly seed: number;
  readonly women: number;
  readonly releases: number;
  /** Releases fall after this month of follow-up. */
  readonly releasesAfterMonth: number;
  /** Women of whom nothing is known after a day between the two months. */
  readonly lostFromView: { readonly women: number; readonly fromMonth: number; readonly toMonth: number };
  readonly longestDetentionMonths: number;
  readonly shortestDetentionMonths: number;
  /** Every n-th woman's detention is known to the month only. */
  readonly monthPrecisionEvery: number;
  readonly outsideTargets: { readonly country: string; readonly women: number };
}

export const LONG_LIST: LongListAssumptions = {
  seed: 20150901,
  women: 18,
  releases: 3,
  releasesAfterMonth: 24,
  lostFromView: { women: 4, fromMonth: 6, toMonth: 34 },
  longestDetentionMonths: 108,
  shortestDetentionMonths: 2,
  monthPrecisionEvery: 6,
  outsideTargets: { country: "Bahrain", women: 3 },
};

/**
 * The text of data/long_list.csv. The same assumptions give the same text to the byte.
 *
 * @example longListCsv({ ...LONG_LIST, releases: 8 })
 */
export function longListCsv(assumptions: LongListAssumptions = LONG_LIST): string {
  const { launch, endOfFollowUp } = campaign();
  const random = seededRandom(assumptions.seed);

  const targets = Object.values(projectPackage().regions).flat();
  random.shuffle(targets);
  const { outsideTargets } = assumptions;
  const inside = assumptions.women - outsideTargets.women;
  const countries = [
    ...Array.from({ length: inside }, (_, i) => targets[i % targets.length]),
    ...Array.from({ length: outsideTargets.women }, () => outsideTargets.country),
  ];
  random.shuffle(countries);

  const first = dayNumber(addMonths(launch, -assumptions.longestDetentionMonths));
  const last = dayNumber(addMonths(launch, -assumptions.shortestDetentionMonths));
  // The square puts more detentions near the launch: who was detained longer ago had more time to be released.
  const detained = countries.map(() => isoDay(last - Math.floor((last - first) * square(random.next()))));
  detained.sort();

  const earliestRelease = dayNumber(addMonths(launch, assumptions.releasesAfterMonth)) + 1;
  const daysToRelease = dayNumber(endOfFollowUp) - earliestRelease + 1;
  const order = countries.map((_, i) => i);
  random.shuffle(order);
  const released = new Map(
    order.slice(0, assumptions.releases).map((i) => [i, isoDay(earliestRelease + random.integer(daysToRelease))]),
  );

  const { lostFromView: lost } = assumptions;
  const firstLost = dayNumber(addMonths(launch, lost.fromMonth));
  const daysToLose = dayNumber(addMonths(launch, lost.toMonth)) - firstLost;
  const observedUntil = new Map(
    order.slice(assumptions.releases, assumptions.releases + lost.women).map((i) => {
      return [i, isoDay(firstLost + random.integer(daysToLose))];
    }),
  );

  const rows = countries.map((country, i) => {
    const monthOnly = (i + 1) % assumptions.monthPrecisionEvery === 0;
    return {
      id: `LL-${String(i + 1).padStart(2, "0")}`,
      country,
      detained: monthOnly ? detained[i].slice(0, 7) : detained[i],
      released: released.get(i) ?? "",
      observed_until: observedUntil.get(i) ?? "",
      release_kind: released.has(i) ? "kind not found" : observedUntil.has(i) ? "no release found" : "not released",
      provenance: "synthetic",
    };
  });
  return tableCsv("long-list", rows);
}
