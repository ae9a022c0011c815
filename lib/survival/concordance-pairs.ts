import { identityOrder, RankSet, RankWeights } from "../statistics/inner";
import { type RiskSetSteps, riskSetSteps } from "./event-table";

/** Rows in order of stratum and, within each, of time, with their ranks by risk. */
export interface RankedRows {
  readonly n: number;
  readonly time: Float64Array;
  readonly event: ArrayLike<number>;
  /** Of all copies of a row together. */
  readonly weights: Float64Array | null;
  readonly counts: Float64Array | null;
  readonly entry: Float64Array | null;
  /** Positions in order of stratum and, within each, of entry. */
  readonly byEntry: Uint32Array | null;
  /** The first position of each stratum, and n. */
  readonly strata: Uint32Array;
  readonly ranks: Ranks;
}

/** Where rows are in the order of risk. Those of one risk have the places from `first` up to, not including, `end`. */
export interface Ranks {
  /** Of a row's own, or of all that have its risk. */
  readonly place: Uint32Array;
  readonly first: Uint32Array;
  readonly end: Uint32Array;
  /** How many places there are. */
  readonly places: number;
}

/** For each row the weight of rows it is concordant, discordant and tied with: the counts' derivatives by its weight. */
export interface Partners {
  readonly concordant: Float64Array;
  readonly discordant: Float64Array;
  readonly tied: Float64Array;
}

/** Counts the pairs of all strata, and those of events at the same time, which are not compared. */
export function countPairs(rows: RankedRows) {
  const count = new PairCount(rows);
  const all = identityOrder(rows.n);
  for (let s = 0; s + 1 < rows.strata.length; s++) {
    const [from, to] = [rows.strata[s], rows.strata[s + 1]];
    const steps = riskSetSteps(rows, all.subarray(from, to), rows.byEntry?.subarray(from, to) ?? null);
    // A small stratum would spend its time clearing a large set; it takes out again what it put in.
    const clears = 20 * (to - from) >= rows.ranks.places;
    count.forEvents(from, steps, clears);
    count.forOthers(from, steps, clears);
  }
  return { partners: count.partners, tiedEvents: count.tiedEvents };
}

/** Counts pairs of one stratum after the other. `from` is its first position, by which its steps are numbered. */
class PairCount {
  readonly partners: Partners;
  readonly tiedEvents = { differentRisk: 0, sameRisk: 0 };
  /** Who is compared, by place: without weights each has one of its own. */
  private readonly inside: RankSet | RankWeights;
  private total = 0;
  /** Weights of tied events by risk. */
  private readonly byRisk: Float64Array;

  constructor(private readonly rows: RankedRows) {
    const { places } = rows.ranks;
    this.partners = {
      concordant: new Float64Array(rows.n),
      discordant: new Float64Array(rows.n),
      tied: new Float64Array(rows.n),
    };
    this.inside = rows.weights === null ? new RankSet(places) : new RankWeights(places);
    this.byRisk = new Float64Array(places);
  }

  /** Backwards in time: inside is who is at risk and compared with an event. */
  forEvents(from: number, { leaves, entered, enters }: RiskSetSteps, clears: boolean): void {
    const { event, entry } = this.rows;
    const size = entered.length;
    const removed = new Uint8Array(entry === null ? 0 : size);
    this.total = 0;
    for (let k = leaves.length - 2, e = size; k >= 0; k--) {
      const [start, end] = [from + leaves[k], from + leaves[k + 1]];
      this.addAll(start, end, 0);
      for (; e > enters[k + 1]; e--) {
        removed[entered[e - 1] - from] = 1;
        this.add(entered[e - 1], -1);
      }
      for (let i = start; i < end; i++) if (event[i] === 1) this.compareEvent(i);
      if (end - start > 1 || this.rows.counts !== null) this.countTiedEvents(start, end);
      this.addAll(start, end, 1);
    }
    this.empty(from, from + size, clears, (i) => entry === null || removed[i - from] === 0);
  }

  /** Forwards in time: inside are the events so far, which are compared with those that last longer. */
  forOthers(from: number, { leaves, entered, enters }: RiskSetSteps, clears: boolean): void {
    const { event, entry } = this.rows;
    this.total = 0;
    for (let k = 0; k + 1 < leaves.length; k++) {
      const [start, end] = [from + leaves[k], from + leaves[k + 1]];
      // Events up to and including its entry came before a row was at risk.
      if (entry !== null) for (let e = enters[k]; e < enters[k + 1]; e++) this.compareOther(entered[e], -1);
      for (let i = start; i < end; i++) if (event[i] === 1) this.compareOther(i, 1);
      this.addAll(start, end, 1);
      for (let i = start; i < end; i++) if (event[i] === 0) this.compareOther(i, 1);
    }
    this.empty(from, from + entered.length, clears, (i) => event[i] === 1);
  }

  private weightOf(i: number): number {
    return this.rows.weights === null ? 1 : this.rows.weights[i];
  }

  private add(i: number, sign: 1 | -1): void {
    const weight = sign * this.weightOf(i);
    this.inside.change(this.rows.ranks.place[i], weight);
    this.total += weight;
  }

  /** Adds the rows of a span that have the event (1), or have not (0). */
  private addAll(start: number, end: number, event: 0 | 1): void {
    for (let i = start; i < end; i++) if (this.rows.event[i] === event) this.add(i, 1);
  }

  private empty(from: number, to: number, clears: boolean, isIn: (i: number) => boolean): void {
    if (clears) this.inside.clear();
    else for (let i = from; i < to; i++) if (isIn(i)) this.add(i, -1);
  }

  private compareEvent(i: number): void {
    const { first, end } = this.rows.ranks;
    const below = this.inside.below(first[i]);
    const tied = this.inside.between(first[i], end[i]);
    this.partners.concordant[i] += below;
    this.partners.tied[i] += tied;
    this.partners.discordant[i] += this.total - below - tied;
  }

  private compareOther(i: number, sign: 1 | -1): void {
    const { first, end } = this.rows.ranks;
    const below = this.inside.below(first[i]);
    const tied = this.inside.between(first[i], end[i]);
    // An event of higher risk than the row that outlasts it is in order.
    this.partners.discordant[i] += sign * below;
    this.partners.tied[i] += sign * tied;
    this.partners.concordant[i] += sign * (this.total - below - tied);
  }

  /** Pairs of events at one time; `byRisk` is all zero before and after. */
  private countTiedEvents(start: number, end: number): void {
    const { event, ranks, counts } = this.rows;
    let total = 0;
    let all = 0;
    let same = 0;
    for (let i = start; i < end; i++) {
      if (event[i] === 0) continue;
      const weight = this.weightOf(i);
      // The copies of a row among themselves, whose weights are alike.
      const among = counts === null ? 0 : (weight * weight * (1 - 1 / counts[i])) / 2;
      all += weight * total + among;
      same += weight * this.byRisk[ranks.first[i]] + among;
      total += weight;
      this.byRisk[ranks.first[i]] += weight;
    }
    for (let i = start; i < end; i++) this.byRisk[ranks.first[i]] = 0;
    this.tiedEvents.sameRisk += same;
    this.tiedEvents.differentRisk += all - same;
  }
}
