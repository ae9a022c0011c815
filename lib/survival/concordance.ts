import { InvalidInputError, NoEventsError } from "../statistics";
import { gather, gatherCodes, placesOf, shown, sortRows } from "../statistics/inner";
import { countPairs, type RankedRows, type Ranks } from "./concordance-pairs";
import { arrange, type CoxDesign, weightInSquares } from "./cox/design";
import { fillPredictor } from "./cox/hazards";
import { solutionOf } from "./cox/solution";
import type { CoxFit } from "./cox/types";
import { groupRows } from "./groups";
import {
  checkFinite,
  checkInput,
  checkOutcome,
  type Labels,
  OUTCOME,
  type Outcome,
  rowsCounted,
  type Vector,
} from "./outcome";
import { sortAndTie } from "./tied-times";

/** Outcomes with a score of each row that is to be higher where the event is to come earlier. */
export interface ScoredOutcome extends Outcome {
  readonly risk: Vector;
  readonly strata?: Labels;
  readonly cluster?: Labels;
}

export interface Concordance {
  /** The share of comparable pairs in which the row with the higher risk had its event first; ties in risk count half. */
  readonly estimate: number;
  /** Null with fewer than three clusters, which cannot show how they vary. */
  readonly standardError: number | null;
  /** Weight of comparable pairs, each copy of a row being one of its own, in the order of risk, against it, and tied in risk. */
  readonly concordant: number;
  readonly discordant: number;
  readonly tiedRisk: number;
  /** Pairs of events at the same time with different and with the same risk; neither is compared. */
  readonly tiedTime: number;
  readonly tiedBoth: number;
}

/**
 * Harrell's concordance with its standard error; R's `concordance(fit)`, or `concordance(Surv(time, event) ~ risk,
 * reverse = TRUE)` of a score.
 *
 * A pair is comparable if one row has its event while the other is at risk and stays without it longer. The standard
 * error is the infinitesimal jackknife's, by row or cluster (Therneau and Watson 2015, Mayo Clinic Technical Report 85).
 * Pairs are counted by who is in among ordered risks, in n log n steps: once backwards for the rows with an
 * event, and once forwards for the influence of those that they are compared with.
 *
 * @param fit a fit of cox(), whose linear predictor is the risk, or outcomes with a risk of their own
 * @throws {InvalidInputError} for arguments that cannot be used
 * @throws {NoEventsError} if no two rows can be compared
 * @example concordance(fit).estimate
 */
export function concordance(fit: CoxFit | ScoredOutcome): Concordance {
  if (typeof fit !== "object" || fit === null) {
    throw new InvalidInputError(
      `concordance: fit is ${shown(fit)}; a fit of cox() or outcomes with a risk are needed`,
      "fit",
    );
  }
  return "terms" in fit ? concordanceOfFit(fit) : concordanceOfScores(fit);
}

function concordanceOfFit(fit: CoxFit): Concordance {
  const { design, coefficients } = solutionOf("concordance", fit);
  const risk = new Float64Array(design.n);
  fillPredictor(design, coefficients, risk);
  const cluster = design.cluster === null ? null : gatherCodes(design.cluster.code, design.row);
  return summarise(
    { ...design, ranks: ranksOf(risk, design.weights === null) },
    cluster,
    design.cluster?.labels.length ?? design.n,
    design,
  );
}

function concordanceOfScores(input: ScoredOutcome): Concordance {
  const action = "concordance";
  checkInput(action, input, [...OUTCOME, "risk", "strata", "cluster"]);
  const checked = checkOutcome(action, input);
  const risk = checkFinite(action, "risk", input.risk, checked.n);
  const sorted = sortAndTie(action, checked);
  const grouping = input.strata === undefined ? null : groupRows(action, "strata", input.strata, checked.n);
  const clusters = input.cluster === undefined ? null : groupRows(action, "cluster", input.cluster, checked.n);
  const { positions, byEntry, starts } = arrange(sorted, sorted.event, grouping);
  const row = gatherCodes(sorted.order, positions);
  const rows = {
    n: checked.n,
    time: gather(sorted.time, positions),
    event: positions.map((position) => sorted.event[position]),
    weights: sorted.weights === null ? null : gather(sorted.weights, positions),
    counts: sorted.counts === null ? null : gather(sorted.counts, positions),
    entry: sorted.entry === null ? null : gather(sorted.entry, positions),
    byEntry,
    strata: starts,
    ranks: ranksOf(gather(risk, row), sorted.weights === null),
  };
  const cluster = clusters === null ? null : gatherCodes(clusters.code, row);
  return summarise(rows, cluster, clusters?.labels.length ?? checked.n);
}

/** Whether there are too few clusters to show how they vary. */
function few(clusters: number, counts: Float64Array | null): boolean {
  return (counts?.reduce((sum, count) => sum + count, 0) ?? clusters) < 3;
}

/** Where rows are in the order of their risks; with a place of its own for each if they are `apart`, or one for each risk. */
export function ranksOf(risk: Float64Array, apart: boolean): Ranks {
  const { order, keys } = sortRows(risk);
  const n = order.length;
  if (areDistinct(keys)) {
    const place = placesOf(order);
    const end = new Uint32Array(n);
    for (let i = 0; i < n; i++) end[i] = place[i] + 1;
    return { place, first: place, end, places: n };
  }
  const ranks = { place: new Uint32Array(n), first: new Uint32Array(n), end: new Uint32Array(n), places: 0 };
  for (let from = 0, to = 0; from < n; from = to) {
    while (to < n && keys[to] === keys[from]) to++;
    const first = ranks.places;
    ranks.places += apart ? to - from : 1;
    for (let k = from; k < to; k++) {
      ranks.place[order[k]] = apart ? k : first;
      ranks.first[order[k]] = first;
      ranks.end[order[k]] = ranks.places;
    }
  }
  return ranks;
}

function areDistinct(sorted: Float64Array): boolean {
  for (let k = 1; k < sorted.length; k++) if (sorted[k] === sorted[k - 1]) return false;
  return true;
}

/** How pairs are in order, with the error over `clusters` clusters, or rows. */
function summarise(
  rows: RankedRows,
  cluster: Uint32Array | null,
  clusters: number,
  { clusterCounts }: Pick<CoxDesign, "clusterCounts"> = { clusterCounts: null },
): Concordance {
  const { n, event, weights, counts } = rows;
  const { partners, tiedEvents } = countPairs(rows);
  // Each pair is seen from both its rows, so sums over rows with weights are twice the counts.
  let concordant = 0;
  let discordant = 0;
  let tiedRisk = 0;
  for (let i = 0; i < n; i++) {
    const weight = weights === null ? 1 : weights[i];
    concordant += (weight * partners.concordant[i]) / 2;
    discordant += (weight * partners.discordant[i]) / 2;
    tiedRisk += (weight * partners.tied[i]) / 2;
  }
  const pairs = concordant + discordant + tiedRisk;
  if (!(pairs > 0)) {
    const counted = (i: number) => (counts === null ? 1 : counts[i]);
    const events = Array.from(event).reduce((sum, value, i) => sum + value * counted(i), 0);
    throw new NoEventsError(
      `concordance: of ${rowsCounted(rows)} rows with ${events} events no two can be compared: no row has its event while another is at risk`,
    );
  }
  const somers = (concordant - discordant) / pairs;
  const change = new Float64Array(clusters);
  const squared = { weights, counts, cluster: cluster === null ? null : { code: cluster }, clusterCounts };
  for (let i = 0; i < n; i++) {
    const all = partners.concordant[i] + partners.discordant[i] + partners.tied[i];
    change[cluster === null ? i : cluster[i]] +=
      (weightInSquares(squared, i) * (partners.concordant[i] - partners.discordant[i] - somers * all)) / pairs;
  }
  let variance = 0;
  for (let k = 0; k < clusters; k++) variance += change[k] * change[k];
  return {
    estimate: (somers + 1) / 2,
    standardError: cluster !== null && few(clusters, clusterCounts) ? null : Math.sqrt(variance) / 2,
    concordant,
    discordant,
    tiedRisk,
    tiedTime: tiedEvents.differentRisk,
    tiedBoth: tiedEvents.sameRisk,
  };
}
