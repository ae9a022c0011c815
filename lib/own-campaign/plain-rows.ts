import { type DateInterval, dayNumber, pointOf } from "../dates";
import { dayCounter } from "../dates/month-counter";
import { ANY_PROVENANCE, type Delimiter, LineCells, type Provenance, plain, TextNumbers } from "../files";
import type { ArmReader, ArmValue } from "./arms";
import type { CellReader, DatePlaces, Places } from "./cells";
import type { FirstRows } from "./first-rows";
import { type CampaignMapping, endsAreLastSeen, type StatusEntry, unitOf } from "./mapping";
import { type OwnOutcome, precision, type SpellReader, tomorrow } from "./spell";

/** In place of a day number: the cell holds no value; what it holds needs a second look. */
const NONE = -1e9;
const LOOK = -2e9;
/** No spell that is shorter lasts a hundred years by the calendar's years. */
const LONG = 36_000;

const ENDS = ["released", "died", "escaped"] as const;

/** A date that is known to a month or a year only. */
interface VagueDate {
  readonly text: string;
  /** How well it is known. */
  readonly precision: string;
  /** The day that stands for it, and the last one that it can have been. */
  readonly point: number;
  readonly latest: number;
}

/** What a status means for a row that needs no second look; null for one that does. */
interface PlainStatus {
  readonly text: string | null;
  readonly entry: StatusEntry | null;
}

/**
 * Reads the rows of a file of a million that need no second look: every date in them is a day or is not there, or the detention is
 * known to a time that has passed when custody ends; nothing else has to be said of the row, and nothing is wrong with it. Each distinct text is looked at once, days are numbers, and no
 * record is made. All other rows are left to {@link SpellReader} and its like, with which this agrees to the last bit (a
 * property test compares the two).
 */
export class PlainRows {
  id = "";
  outcome: OwnOutcome = "censored";
  time = 0;
  entry = 0;
  /** Time to the last possible day of the end; infinite for a censored row. */
  upper = 0;
  treated = false;
  /** The treatment began after time zero. */
  late = false;
  /** No end is recorded, so that custody is assumed to last. */
  open = false;
  provenance: Provenance = "own";
  /** The text of the status, as it is compared; null where the row has none. */
  status: string | null = null;
  arm: ArmValue | null = null;
  /** The date of the detention where it is not known to the day. */
  vague: VagueDate | null = null;

  readonly #cells: LineCells;
  readonly #dates = new TextNumbers();
  readonly #days: number[] = [];
  readonly #orders: number[] = [];
  readonly #vague: (VagueDate | null)[] = [];
  /** Numbers of texts such as 2016-01-31 by their digits, from 1: these need not be looked up. */
  readonly #byDigits = new Uint16Array(256 << 9);
  /** Dates of the row whose day is above 12, and others in which it might be the month. */
  #certain = 0;
  #either = 0;
  /** The number of the date that was read last; −1 where it has none. */
  #date = 0;
  /** The day last seen, and whether there is none in the column of releases. */
  #seen = NONE;
  #undated = false;
  readonly #between: (from: number, to: number) => number;
  readonly #tomorrow = dayNumber(tomorrow());
  readonly #endOfFollowUp: number;
  readonly #observedFrom: number;
  readonly #fixedZero: number;
  readonly #statuses: Memo<PlainStatus | null>;
  readonly #provenances: Memo<Provenance | null>;
  readonly #arms: Memo<ArmValue | null>;
  readonly #oneColumn: boolean;
  readonly #from: number;
  readonly #until: number;

  /** @param width how many cells a row has */
  constructor(
    private readonly mapping: CampaignMapping,
    private readonly places: Places,
    private readonly readers: { readonly cells: CellReader; readonly spells: SpellReader; readonly arms: ArmReader },
    private readonly firstRow: FirstRows,
    width: number,
    delimiter: Delimiter,
  ) {
    const { cells, spells, arms } = readers;
    const { timeZero, observedFrom, treatment } = mapping;
    this.#cells = new LineCells(width, delimiter);
    this.#between = dayCounter(unitOf(mapping));
    this.#endOfFollowUp = dayNumber(mapping.endOfFollowUp);
    this.#observedFrom = observedFrom === undefined ? NONE : dayNumber(observedFrom);
    this.#fixedZero = timeZero !== "detained" && "day" in timeZero ? dayNumber(timeZero.day) : NONE;
    this.#oneColumn = endsAreLastSeen(mapping);
    this.#statuses = new Memo((text) => {
      const value = cells.value(text);
      const entry = value === null ? null : spells.meaningOf(value);
      if (entry === undefined || entry?.alleged === true || entry?.means === "unusable") return null;
      return { text: value === null ? null : plain(value), entry };
    });
    this.#provenances = new Memo((text) => {
      const value = cells.value(text);
      return value === null ? (mapping.provenance ?? "own") : (ANY_PROVENANCE.find((one) => one === value) ?? null);
    });
    this.#arms = new Memo((text) => arms.valueOf(cells.value(text)));
    const limits = treatment.kind === "date" ? treatment : null;
    this.#from = limits?.from === undefined ? Number.NEGATIVE_INFINITY : dayNumber(limits.from);
    this.#until = limits?.until === undefined ? Number.POSITIVE_INFINITY : dayNumber(limits.until);
  }

  /** Whether no mapping's column bounds a date, so that there can be rows for this reader. */
  static canRead({ detained, released, died, escaped, lastSeen, zero, treatment }: Places): boolean {
    const dates = [detained, released, died, escaped, lastSeen, zero, treatment];
    return dates.every((one) => one === null || (one.date >= 0 && one.earliest < 0 && one.latest < 0));
  }

  /** Whether a line is a row that needs no second look, and whose id no row before it had; then the fields say what it is. */
  read(text: string, from: number, end: number, row: number): boolean {
    if (!this.#cells.find(text, from, end)) return false;
    const { places, mapping } = this;
    this.#certain = 0;
    this.#either = 0;
    const provenance =
      places.provenance < 0 ? (mapping.provenance ?? "own") : this.#memo(this.#provenances, text, places.provenance);
    const status = places.status < 0 ? NO_STATUS : this.#memo(this.#statuses, text, places.status);
    if (provenance === null || status === null) return false;
    this.provenance = provenance;
    this.status = status.text;
    return this.#spell(text, status.entry) && this.#isNew(text, row);
  }

  /** Tells the other readers what they would have counted of the row. */
  count(): void {
    const { cells, spells, arms } = this.readers;
    cells.order.certain += this.#certain;
    cells.order.either += this.#either;
    if (this.#undated) spells.withoutDate += 1;
    if (this.arm === null) return;
    this.arm.met += 1;
    arms.count(this.arm);
  }

  /** The cell at a place, as the number of its text; −1 where the column has too many different ones. */
  numberOf(texts: TextNumbers, text: string, place: number): number {
    const { start, end, hash } = this.#cells;
    return texts.numberOf(text, start[place], end[place], hash[place]);
  }

  /** The text of the cell at a place; null where it holds no value. */
  textOf(text: string, place: number): string | null {
    return this.readers.cells.value(text.slice(this.#cells.start[place], this.#cells.end[place]));
  }

  #memo<T>(known: Memo<T>, text: string, place: number): T {
    const number = this.numberOf(known.texts, text, place);
    if (number >= 0) return known.at(number);
    return known.of(text.slice(this.#cells.start[place], this.#cells.end[place]));
  }

  /** The day of a cell. */
  #day(text: string, column: DatePlaces | null): number {
    if (column === null) return NONE;
    const { start, end } = this.#cells;
    const [from, until] = [start[column.date], end[column.date]];
    if (from === until) return NONE;
    const digits = digitsOf(this.#cells.codes, from, until);
    let date = digits < 0 ? 0 : this.#byDigits[digits];
    this.#date = date - 1;
    if (date === 0) {
      date = 1 + this.numberOf(this.#dates, text, column.date);
      this.#date = date - 1;
      if (date === 0) return LOOK;
      if (date > this.#days.length) this.#meet(this.#dates.texts[date - 1]);
      if (digits >= 0) this.#byDigits[digits] = date;
    }
    const order = this.#orders[date - 1];
    if (order === CERTAIN) this.#certain += 1;
    else if (order === EITHER) this.#either += 1;
    return this.#days[date - 1];
  }

  /** Finds out what a date's text means that was not there before. */
  #meet(text: string): void {
    const read = this.readers.cells.dateOf(text);
    const isDay = read?.date.precision === "day";
    this.#days.push(read === null ? NONE : isDay ? dayNumber(read.date.text) : LOOK);
    this.#orders.push(read?.order === "certain" ? CERTAIN : read?.order === "either" ? EITHER : 0);
    this.#vague.push(read && !isDay ? this.#vagueDate(read.interval) : null);
  }

  #vagueDate(interval: DateInterval): VagueDate {
    return {
      text: interval.reported?.text ?? interval.earliest,
      precision: precision(interval),
      point: dayNumber(pointOf(interval, this.mapping.policy ?? "reported")),
      latest: dayNumber(interval.latest),
    };
  }

  #spell(text: string, status: StatusEntry | null): boolean {
    const { places } = this;
    const day = this.#day(text, places.detained);
    this.vague = day === LOOK ? (this.#vague[this.#date] ?? null) : null;
    const [detained, latest] = this.vague === null ? [day, day] : [this.vague.point, this.vague.latest];
    // Day 0 may stand for "not known", and nobody has been detained tomorrow.
    if (detained === NONE || detained === LOOK || day === 0 || latest > this.#tomorrow) return false;
    const end = this.#end(text, status, latest);
    if (end === LOOK) return false;
    const zero = this.#zero(text, detained);
    if (zero === LOOK || zero === NONE || zero > this.#endOfFollowUp) return false;
    if (this.mapping.timeZero !== "detained" && detained > zero) return false;
    return this.#times(detained, zero, end) && this.#armOf(text, zero);
  }

  /** The day on which custody ended; NONE where that is not recorded. Sets the outcome, and the day last seen. */
  #end(text: string, status: StatusEntry | null, detained: number): number {
    const { places } = this;
    const released = this.#day(text, places.released);
    const died = this.#day(text, places.died);
    const escaped = this.#day(text, places.escaped);
    const seen = this.#day(text, places.lastSeen);
    if (released === LOOK || died === LOOK || escaped === LOOK || seen === LOOK) return LOOK;
    if (seen !== NONE && seen < detained) return LOOK;
    this.#seen = seen;
    this.#undated = released === NONE;
    this.open = false;
    if (status === null) return this.#firstEnd(released, died, escaped, detained);
    return this.#endByStatus(status, [released, died, escaped], detained);
  }

  #firstEnd(released: number, died: number, escaped: number, detained: number): number {
    if (this.#oneColumn) return LOOK;
    const none = Number.POSITIVE_INFINITY;
    const [a, b, c] = [
      released === NONE ? none : released,
      died === NONE ? none : died,
      escaped === NONE ? none : escaped,
    ];
    const first = Math.min(a, b, c);
    this.open = first === none && this.#seen === NONE;
    if (first === none) return this.#ended("censored", NONE, detained);
    // Two ends on one day are somebody else's to decide.
    if (Number(a === first) + Number(b === first) + Number(c === first) > 1) return LOOK;
    return this.#ended(a === first ? "released" : b === first ? "died" : "escaped", first, detained);
  }

  #endByStatus({ means }: StatusEntry, days: readonly number[], detained: number): number {
    if (means === "unusable") return LOOK;
    if (means === "held") return days.every((day) => day === NONE) ? this.#ended("censored", NONE, detained) : LOOK;
    const own = days[ENDS.indexOf(means)];
    const day = own === NONE && this.places[means] === null ? days[0] : own;
    return day === NONE ? LOOK : this.#ended(means, day, detained);
  }

  #ended(outcome: OwnOutcome, day: number, detained: number): number {
    this.outcome = outcome;
    return day !== NONE && (day < detained || day > this.#tomorrow || day - detained > LONG) ? LOOK : day;
  }

  #zero(text: string, detained: number): number {
    const { timeZero } = this.mapping;
    if (timeZero === "detained") return detained;
    return "day" in timeZero ? this.#fixedZero : this.#day(text, this.places.zero);
  }

  #times(detained: number, zero: number, end: number): boolean {
    const followed = this.#endOfFollowUp;
    const observed = this.#seen !== NONE && this.#seen < followed ? this.#seen : followed;
    const endSeen = end !== NONE && end <= followed;
    const last = endSeen ? end : observed;
    const entered = this.#observedFrom > zero ? this.#observedFrom : zero;
    if (entered === detained ? last < entered : last <= entered) return false;
    if (!endSeen) this.outcome = "censored";
    this.time = this.#between(zero, last);
    this.entry = entered === zero ? 0 : this.#between(zero, entered);
    this.upper = endSeen ? this.time : Number.POSITIVE_INFINITY;
    return true;
  }

  #armOf(text: string, zero: number): boolean {
    const { treatment } = this.mapping;
    const place = this.places.treatment?.date ?? -1;
    this.late = false;
    this.arm = null;
    this.treated = false;
    if (treatment.kind === "column") {
      const arm = this.#memo(this.#arms, text, place);
      if (arm === null || arm.refused !== null) return false;
      this.arm = arm;
      this.treated = arm.treated;
    } else if (treatment.kind === "date") {
      const day = this.#day(text, this.places.treatment);
      if (day === LOOK || (day === NONE && treatment.empty !== "control")) return false;
      this.treated = day !== NONE && day >= this.#from && day <= this.#until;
      this.late = this.treated && day > zero;
    }
    return true;
  }

  /** Sets the id, and whether it is there and new; said last, since an id is met once. */
  #isNew(text: string, row: number): boolean {
    const { places, firstRow, mapping } = this;
    if (places.id < 0) {
      this.id = `row ${row}`;
      if (mapping.treatment.kind === "ids") this.treated = this.readers.arms.isWanted(plain(this.id));
      return true;
    }
    const { start, end, word, hash } = this.#cells;
    const [from, until] = [start[places.id], end[places.id]];
    // A word needs no trimming, and one that is longer than all of them means something.
    const isWord = word[places.id] === 1 && until - from > this.readers.cells.longestMissing;
    const id = isWord ? text.slice(from, until) : this.textOf(text, places.id);
    if (id === null) return false;
    this.id = id;
    const key = isWord ? id : plain(id);
    if (firstRow.meet(key, row, isWord ? hash[places.id] : undefined) !== null) return false;
    if (mapping.treatment.kind !== "ids") return true;
    this.treated = this.readers.arms.isWanted(key);
    this.readers.arms.meetId(key);
    return true;
  }
}

/** What a date says of the order of day and month, see {@link CellReader}. */
const CERTAIN = 1;
const EITHER = 2;

/** A number of their own for texts of digits with hyphens as in 2016-01-31, from 1900 to 2155; −1 for all others. */
function digitsOf(codes: Uint16Array, from: number, end: number): number {
  if (end - from !== 10 || codes[from + 4] !== HYPHEN || codes[from + 7] !== HYPHEN) return -1;
  const [year, month, day] = [twoDigits(codes, from), twoDigits(codes, from + 5), twoDigits(codes, from + 8)];
  const years = (year - 19) * 100 + twoDigits(codes, from + 2);
  return years < 0 || years > 255 || month > 12 || day > 31 ? -1 : (years << 9) + (month << 5) + day;
}

const HYPHEN = 0x2d;
const ZERO = 0x30;

/** The number of two digits; above all of them where they are none. */
function twoDigits(codes: Uint16Array, at: number): number {
  const [tens, units] = [codes[at] - ZERO, codes[at + 1] - ZERO];
  return tens < 0 || tens > 9 || units < 0 || units > 9 ? 10_000 : tens * 10 + units;
}

const NO_STATUS: PlainStatus = { text: null, entry: null };

/** What each text of a column means, found out once. */
class Memo<T> {
  readonly texts = new TextNumbers();
  readonly #found: T[] = [];

  constructor(readonly of: (text: string) => T) {}

  at(number: number): T {
    while (this.#found.length <= number) this.#found.push(this.of(this.texts.texts[this.#found.length]));
    return this.#found[number];
  }
}
