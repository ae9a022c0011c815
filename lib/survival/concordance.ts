import { NoEventsError } from "../statistics";
import {
  fenwickAdd,
  fenwickSum,
  gather,
  gatherCodes,
  sortByGroup,
  sortRows,
  splitByGroup,
} from "../statistics/inner";
import { fillPredictor } from "./cox/hazards";
import { solutionOf } from "./cox/solution";
import type { CoxFit } from "./cox/types";
import { groupRows } from "./groups";
import { checkFinite, checkOutcome, type Labels, type Outcome, type Vector } from "./outcome";
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
  readonly standardError: number;
  /** Weight of comparable pairs in the order of risk, against it, and tied in risk. */
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
 * Pairs are counted by sums over ordered risks in Fenwick trees, in n log n steps: once backwards for the rows with an
 * event, and once forwards for the influence of those that they are compared with.
 *
 * @param fit a fit of cox(), whose linear predictor is the risk, or outcomes with a risk of their own
 * @throws {InvalidInputError} for arguments that cannot be used
 * @throws {NoEventsError} if no two rows can be compared
 * @example concordance(fit).estimate
 */
export function concordance(fit: CoxFit | ScoredOutcome): Concordance {
  return "terms" in fit ? concordanceOfFit(fit) : concordanceOfScores(fit);
}

function concordanceOfFit(fit: CoxFit): Concordance {
  const { design, coefficients } = solutionOf("concordance", fit);
  const risk = new Float64Array(design.n);
  fillPredictor(design, coefficients, risk);
  const cluster = design.cluster === null ? null : gatherCodes(design.cluster.code, design.row);
  return summarise({
    ...design,
    rank: ranksOf(risk),
    cluster,
    clusters: design.cluster?.labels.length ?? design.n,
  });
}

function concordanceOfScores(input: ScoredOutcome): Concordance {
  const action = "concordance";
  const checked = checkOutcome(action, input);
  const risk = checkFinite(action, "risk", input.risk, checked.n);
  const sorted = sortAndTie(action, checked);
  const grouping = groupRows(
    action,
    "strata",
    input.strata ?? new Array<number>(checked.n).fill(0),
    checked.n,
  );
  const clusters =
    input.cluster === undefined ? null : groupRows(action, "cluster", input.cluster, checked.n);
  const code = gatherCodes(grouping.code, sorted.order);
  const positions = sortByGroup(code, grouping.size);
  const placeOf = new Uint32Array(checked.n);
  positions.forEach((position, place) => {
    placeOf[position] = place;
  });
  const row = gatherCodes(sorted.order, positions);
  const byEntry =
    sorted.byEntry === null ? null : gatherCodes(placeOf, splitByGroup(sorted.byEntry, code, grouping.size));
  const strata = new Uint32Array(grouping.size.length + 1);
  grouping.size.forEach((size, s) => {
    strata[s + 1] = strata[s] + size;
  });
  return summarise({
    n: checked.n,
    time: gather(sorted.time, positions),
    event: positions.map((position) => sorted.event[position]),
    weights: sorted.weights === null ? null : gather(sorted.weights, positions),
    entry: sorted.entry === null ? null : gather(sorted.entry, positions),
    byEntry,
    strata,
    rank: ranksOf(gather(risk, row)),
    cluster: clusters === null ? null : gatherCodes(clusters.code, row),
    clusters: clusters?.labels.length ?? checked.n,
  });
}

interface Ranked {
  readonly n: number;
  readonly time: Float64Array;
  readonly event: ArrayLike<number>;
  readonly weights: Float64Array | null;
  readonly entry: Float64Array | null;
  readonly byEntry: Uint32Array | null;
  readonly strata: Uint32Array;
  /** Dense ranks of risk from 0. */
  readonly rank: Uint32Array;
  readonly cluster: Uint32Array | null;
  readonly clusters: number;
}

function ranksOf(risk: Float64Array): Uint32Array {
  const { order, keys } = sortRows(risk);
  const rank = new Uint32Array(order.length);
  let current = 0;
  for (let i = 0; i < order.length; i++) {
    if (i > 0 && keys[i] !== keys[i - 1]) current++;
    rank[order[i]] = current;
  }
  return rank;
}

/** For each row the weight of rows it is concordant, discordant and tied with: the counts' derivatives by its weight. */
interface Partners {
  readonly concordant: Float64Array;
  readonly discordant: Float64Array;
  readonly tied: Float64Array;
}

/** Weights of rows by rank of their risk. */
class RankTree {
  private readonly tree: Float64Array;
  private total = 0;
  /** Of the row that was looked at: weight of lower, of the same, and of higher risk. */
  below = 0;
  same = 0;
  above = 0;

  constructor(
    private readonly rows: Ranked,
    private readonly levels: number,
  ) {
    this.tree = new Float64Array(levels + 1);
  }

  /** Puts a row in, or takes it out again with −1. */
  add(position: number, sign: 1 | -1): void {
    const { weights, rank } = this.rows;
    const weight = weights === null ? sign : sign * weights[position];
    fenwickAdd(this.tree, rank[position], weight);
    this.total += weight;
  }

  /** Puts in the rows from start to end − 1 that have the event, or those that have not. */
  addAll(isEvent: 0 | 1, start: number, end: number): void {
    for (let i = start; i < end; i++) if (this.rows.event[i] === isEvent) this.add(i, 1);
  }

  look(position: number): void {
    const rank = this.rows.rank[position];
    const upTo = fenwickSum(this.tree, rank + 1);
    this.below = fenwickSum(this.tree, rank);
    this.same = upTo - this.below;
    this.above = this.total - upTo;
  }

  /** Empties the tree of a stratum's rows. A small one would spend its time clearing a large tree. */
  empty(from: number, to: number, isInside: (position: number) => boolean): void {
    if (20 * (to - from) >= this.levels) this.tree.fill(0);
    else for (let i = from; i < to; i++) if (isInside(i)) this.add(i, -1);
    this.total = 0;
  }
}

function summarise(rows: Ranked): Concordance {
  const partners: Partners = {
    concordant: new Float64Array(rows.n),
    discordant: new Float64Array(rows.n),
    tied: new Float64Array(rows.n),
  };
  const levels = rows.rank.reduce((max, rank) => Math.max(max, rank), 0) + 1;
  const tree = new RankTree(rows, levels);
  const tiedEvents: TiedPairs = { differentRisk: 0, sameRisk: 0, byRank: new Float64Array(levels) };
  for (let s = 0; s + 1 < rows.strata.length; s++) {
    countForEvents(rows, s, tree, partners, tiedEvents);
    countForOthers(rows, s, tree, partners);
  }
  return fromPartners(rows, partners, tiedEvents);
}

/** Backwards in time: the tree holds who is at risk and compared with an event. */
function countForEvents(
  rows: Ranked,
  s: number,
  tree: RankTree,
  { concordant, discordant, tied }: Partners,
  tiedEvents: TiedPairs,
): void {
  const { time, event, entry, byEntry } = rows;
  const [from, to] = [rows.strata[s], rows.strata[s + 1]];
  const removed = new Uint8Array(entry === null ? 0 : to - from);
  let k = to;
  for (let end = to; end > from; ) {
    const t = time[end - 1];
    let start = end;
    while (start > from && time[start - 1] === t) start--;
    tree.addAll(0, start, end);
    if (entry !== null && byEntry !== null) {
      for (; k > from && entry[byEntry[k - 1]] >= t; k--) {
        removed[byEntry[k - 1] - from] = 1;
        tree.add(byEntry[k - 1], -1);
      }
    }
    for (let i = start; i < end; i++) {
      if (event[i] === 0) continue;
      tree.look(i);
      concordant[i] += tree.below;
      tied[i] += tree.same;
      discordant[i] += tree.above;
    }
    if (end - start > 1) countTiedEvents(rows, start, end, tiedEvents);
    tree.addAll(1, start, end);
    end = start;
  }
  tree.empty(from, to, (i) => entry === null || removed[i - from] === 0);
}

/** Pairs of events at one time. */
interface TiedPairs {
  differentRisk: number;
  sameRisk: number;
  /** Scratch, all zero before and after. */
  readonly byRank: Float64Array;
}

function countTiedEvents(
  { event, rank, weights }: Ranked,
  start: number,
  end: number,
  pairs: TiedPairs,
): void {
  const { byRank } = pairs;
  let total = 0;
  let all = 0;
  let same = 0;
  for (let i = start; i < end; i++) {
    if (event[i] === 0) continue;
    const weight = weights === null ? 1 : weights[i];
    all += weight * total;
    same += weight * byRank[rank[i]];
    total += weight;
    byRank[rank[i]] += weight;
  }
  for (let i = start; i < end; i++) byRank[rank[i]] = 0;
  pairs.sameRisk += same;
  pairs.differentRisk += all - same;
}

/** Forwards in time: the tree holds the events so far, which are compared with those that last longer. */
function countForOthers(
  rows: Ranked,
  s: number,
  tree: RankTree,
  { concordant, discordant, tied }: Partners,
): void {
  const { time, event, entry, byEntry } = rows;
  const [from, to] = [rows.strata[s], rows.strata[s + 1]];
  const count = (position: number, sign: number) => {
    tree.look(position);
    // An event of higher risk than the row that outlasts it is in order.
    discordant[position] += sign * tree.below;
    tied[position] += sign * tree.same;
    concordant[position] += sign * tree.above;
  };
  const countAll = (isEvent: 0 | 1, start: number, end: number) => {
    for (let i = start; i < end; i++) if (event[i] === isEvent) count(i, 1);
  };
  let k = from;
  for (let start = from; start < to; ) {
    const t = time[start];
    let end = start;
    while (end < to && time[end] === t) end++;
    if (entry !== null && byEntry !== null) {
      // Events up to and including its entry came before a row was at risk.
      for (; k < to && entry[byEntry[k]] < t; k++) count(byEntry[k], -1);
    }
    countAll(1, start, end);
    tree.addAll(1, start, end);
    countAll(0, start, end);
    start = end;
  }
  tree.empty(from, to, (i) => event[i] === 1);
}

function fromPartners(
  { n, event, weights, cluster, clusters }: Ranked,
  partners: Partners,
  tiedEvents: TiedPairs,
): Concordance {
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
    const events = Array.prototype.filter.call(event, (value) => value === 1).length;
    throw new NoEventsError(
      `concordance: of ${n} rows with ${events} events no two can be compared: no row has its event while another is at risk`,
    );
  }
  const somers = (concordant - discordant) / pairs;
  const change = new Float64Array(clusters);
  for (let i = 0; i < n; i++) {
    const weight = weights === null ? 1 : weights[i];
    const all = partners.concordant[i] + partners.discordant[i] + partners.tied[i];
    change[cluster === null ? i : cluster[i]] +=
      (weight * (partners.concordant[i] - partners.discordant[i] - somers * all)) / pairs;
  }
  const variance = change.reduce((sum, value) => sum + value * value, 0);
  return {
    estimate: (somers + 1) / 2,
    standardError: Math.sqrt(variance) / 2,
    concordant,
    discordant,
    tiedRisk,
    tiedTime: tiedEvents.differentRisk,
    tiedBoth: tiedEvents.sameRisk,
  };
}
