import type { Covariates } from "../comparability";
import { type BalanceTable, balanceTable } from "../comparability";
import { progressBar } from "../notebook";
import { type PermutationTest, permutationLogRank } from "../resampling";
import { GroupComparisonError, NoEventsError, SurvivalError } from "../statistics";
import { checkFields } from "../statistics/inner";
import {
  kaplanMeier,
  type LogRankTest,
  logRank,
  type RestrictedMeanDifference,
  restrictedMeanDifference,
  type SurvivalCurve,
} from "../survival";
import { type CumulativeIncidence, cumulativeIncidence, type GrayTest, grayTest } from "../survival/competing";
import { type ProportionalHazardsTest, proportionalHazards } from "../survival/cox";
import { type Table, table } from "../tables";
import type { CampaignData } from "./campaign-data";
import { type LikeRows, likeRows } from "./like-rows";
import { type CampaignModel, modelsOf } from "./models";

/** A result, or in plain words why these data give none. */
export type Computed<T> =
  | { readonly computed: true; readonly value: T }
  | { readonly computed: false; readonly reason: string };

/**
 * Runs a calculation that needs something of the data: two groups, an event, a covariate that varies. What the data lack
 * becomes a reason; an error of the program stays an error.
 *
 * @example computed(() => logRank({ time: [3], event: [1], group: ["treated"] })).computed // false
 */
export function computed<T>(calculation: () => T): Computed<T> {
  try {
    return { computed: true, value: calculation() };
  } catch (error) {
    return notComputed(error);
  }
}

/** The same for a calculation that takes its time. */
async function computedLater<T>(calculation: () => Promise<T>): Promise<Computed<T>> {
  try {
    return { computed: true, value: await calculation() };
  } catch (error) {
    return notComputed(error);
  }
}

function notComputed(error: unknown): Computed<never> {
  if (!(error instanceof SurvivalError)) throw error;
  return { computed: false, reason: error.message.replace(/^\w+: /, "") };
}

/**
 * What to show of a result that may be missing: what `draw` makes of it, or a small table that says what could not be
 * computed and why.
 *
 * @param what the result's name, such as "Log-rank test"
 * @example whenComputed("Log-rank test", analysis.logRank, (test) => logRankTable(test, { data }))
 */
export function whenComputed<T, Shown>(what: string, result: Computed<T>, draw: (value: T) => Shown): Shown | Table {
  if (result.computed) return draw(result.value);
  return table([{ "Not computed": what, Why: result.reason }]);
}

/** Everything that the other notebooks compute, on one's own data; what they do not allow has its reason. */
export interface CampaignAnalysis {
  /** A curve for each arm, the treated first; other ends than release are censoring. */
  readonly curves: readonly SurvivalCurve[];
  readonly logRank: Computed<LogRankTest>;
  readonly permutation: Computed<PermutationTest>;
  readonly balance: Computed<BalanceTable>;
  readonly models: readonly CampaignModel[];
  /** The test of the first model that could be fitted. */
  readonly proportionalHazards: Computed<ProportionalHazardsTest>;
  /** Time in custody up to the last time at which both arms are observed: needs no proportional hazards. */
  readonly restrictedMean: Computed<RestrictedMeanDifference & { readonly tau: number }>;
  /** The incidence of each end of custody in each arm, and Gray's tests; only where somebody died or escaped. */
  readonly competing: Computed<{
    readonly incidence: readonly CumulativeIncidence[];
    readonly gray: Computed<readonly GrayTest[]>;
  }>;
}

export interface AnalyseOptions {
  /** Random permutations where not all can be counted; as many as take a second or two unless told. */
  readonly permutations?: number;
  /** Seed of the permutations, 1 unless told. */
  readonly seed?: number;
  /** Whether a bar shows how far it is, where it takes more than a second; true unless told. */
  readonly progress?: boolean;
}

/** Up to so many rows all permutations are counted. */
const ENUMERABLE = 44;

/**
 * Compares the arms of one's own data with everything that the notebooks 01 to 05 use: Kaplan–Meier curves, the log-rank
 * test and its permutation test, balance, Cox models and their assumption, restricted means, cumulative incidences.
 *
 * With one row or without a control group most of it has no answer; then the result says so, part by part, and has what
 * there is. Of a file of 10,000 rows or more like ones are counted, where that is shorter: the numbers are those of the rows
 * but for rounding. A part is at most a minute of work for a million rows.
 *
 * @param data from loadCampaign()
 * @example
 * const analysis = await analyseCampaign(data);
 * show(survivalFigure(analysis.curves, { data, title: data.title, eventLabel: "released" }));
 */
export async function analyseCampaign(data: CampaignData, options: AnalyseOptions = {}): Promise<CampaignAnalysis> {
  checkFields("analyseCampaign", "options", options, ["permutations", "seed", "progress"]);
  const like = likeRows(data);
  const outcome = outcomeOf(like);
  const order = data.groups.filter((group) => data.group.includes(group));
  const bar = options.progress === false ? null : progressBar(`Analysing ${data.n.toLocaleString("en-GB")} rows`);
  let done = 0;
  /** Runs one of the parts; between two of them the bar and whoever wants to interrupt get their turn. */
  const part = async <T>(calculation: () => T | Promise<T>): Promise<T> => {
    bar?.update(done, 8);
    if (data.n > 10_000) await new Promise((next) => setTimeout(next, 0));
    done += 1;
    return calculation();
  };
  try {
    const curves = await part(() => kaplanMeier(outcome, { order }));
    const logRankTest = await part(() => computed(() => logRank(outcome)));
    const permutation = await part(() => computedLater(() => permuted(outcomeOf(data), data.n, options)));
    const balance = await part(() => computed(() => balanceOf(data)));
    const models = await part(() => modelsOf(data, like));
    const zph = await part(() => computed(() => assumption(models)));
    const restrictedMean = await part(() => computed(() => meanDifference(curves)));
    const competing = await part(() => computed(() => competingEnds(like, order)));
    return {
      curves,
      logRank: logRankTest,
      permutation,
      balance,
      models,
      proportionalHazards: zph,
      restrictedMean,
      competing,
    };
  } finally {
    bar?.end();
  }
}

function outcomeOf({ time, event, entry, group, counts }: LikeRows) {
  return { time, event, group, ...(entry !== undefined && { entry }), ...(counts !== undefined && { counts }) };
}

async function permuted(
  outcome: ReturnType<typeof outcomeOf>,
  n: number,
  { permutations, seed = 1 }: AnalyseOptions,
): Promise<PermutationTest> {
  if (n <= ENUMERABLE && permutations === undefined) return permutationLogRank(outcome);
  const affordable = Math.min(20_000, Math.max(99, Math.floor(1e8 / n)));
  return permutationLogRank(outcome, { permutations: permutations ?? affordable, seed, threads: 1 });
}

function balanceOf(data: CampaignData): BalanceTable {
  const { treated } = data;
  if (treated === null) throw new GroupComparisonError("there is no treatment, so that there are no arms to compare");
  const arms = [1, 0].map((arm) => (i: number) => treated[i] === arm);
  const covariates: Covariates = Object.fromEntries(
    Object.entries(data.covariates).filter(([, values]) =>
      // A covariate that nobody in an arm has cannot be compared; the report counts its missing values.
      arms.every((inArm) => values.some((value, i) => value !== null && inArm(i))),
    ),
  );
  if (Object.keys(covariates).length === 0) {
    throw new GroupComparisonError("there is no covariate with values in both arms");
  }
  return balanceTable({ treated, covariates });
}

function assumption(models: readonly CampaignModel[]): ProportionalHazardsTest {
  const { fit = null, input } = models.find((model) => model.fit !== null) ?? {};
  if (fit === null) throw new NoEventsError("no model could be fitted, so that there is no hazard ratio to test");
  const times = new Set<number>();
  for (let i = 0; i < (input?.time.length ?? 0); i++) if (input?.event[i] === 1) times.add(input.time[i]);
  if (times.size < 2) {
    throw new NoEventsError("all releases come at one time, so that nothing shows whether a ratio changes over time");
  }
  return proportionalHazards(fit);
}

function meanDifference(curves: readonly SurvivalCurve[]) {
  const [one, other] = curves;
  if (one === undefined || other === undefined) {
    throw new GroupComparisonError("there is one group; a difference needs two");
  }
  const tau = Math.min(one.time.at(-1) ?? 0, other.time.at(-1) ?? 0);
  return { ...restrictedMeanDifference(one, other, tau), tau };
}

function competingEnds({ time, cause, group, entry, counts }: LikeRows, order: readonly string[]) {
  if (!cause.some((one) => one === "died" || one === "escaped")) {
    throw new NoEventsError(
      "nobody died or escaped in custody, so that release has no competitor; one minus Kaplan–Meier is its incidence",
    );
  }
  const input = {
    time,
    cause,
    group,
    ...(entry !== undefined && { entry }),
    ...(counts !== undefined && { counts }),
  };
  return {
    incidence: cumulativeIncidence(input, { order }),
    gray: computed(() => grayTest(input)),
  };
}
