import { type DateInterval, dateInterval, isoDay, pointOf } from "../dates";
import { monthCounter } from "../dates/month-counter";
import { plain, shown } from "../files";
import {
  aside,
  type CellReader,
  isFault,
  isRefused,
  type Places,
  type Refused,
  type RowFault,
  rowFault,
} from "./cells";
import { type CampaignMapping, endsAreLastSeen, type StatusEntry, statusesOf, unitOf } from "./mapping";

/** How the time of a row ended. */
export type OwnOutcome = "released" | "died" | "escaped" | "censored";

/** A row as survival analysis needs it; times from time zero, in the mapping's unit. */
export interface ObservedSpell {
  readonly outcome: OwnOutcome;
  readonly time: number;
  /** When observation began; 0 without delayed entry. */
  readonly entry: number;
  /** Time to the first and the last possible day of the end; `upper` is infinite for a censored row. */
  readonly lower: number;
  readonly upper: number;
  /** The ISO day at which the clock started. */
  readonly zero: string;
  readonly alleged: boolean;
}

/** What is assumed of a row without an end. */
export const HELD = "no end of custody is recorded: held until the end of follow-up";

/** Told what was assumed of a row and what is uncertain in it. */
export type Note = (kind: "assumed" | "uncertain", what: string, value: string) => void;

/** How custody ended and between which days, before any clock; without an end, when the person was last seen. */
interface End {
  readonly outcome: OwnOutcome;
  readonly interval: DateInterval | null;
  readonly lastSeen: string | null;
}

/** A date on which custody ended, with its column. */
interface DatedEnd {
  readonly outcome: "released" | "died" | "escaped";
  readonly interval: DateInterval;
  readonly column: string;
}

/** From which day to which a row is observed, and whether its end lies in between. */
interface Watch {
  readonly entered: string;
  readonly last: string;
  readonly endSeen: boolean;
}

/** Reads records as spells, under one mapping. */
export class SpellReader {
  readonly #statuses: ReadonlyMap<string, StatusEntry>;
  readonly #timeBetween: (from: string, to: string) => number;
  /** Whether one column has the last day of each row, whatever happened on it. */
  readonly #oneColumn: boolean;
  readonly #tomorrow = tomorrow();
  /** Days that stand for intervals, which are those of texts that come again. */
  readonly #points = new WeakMap<DateInterval, string>();
  /** Rows held with a date in the column of the end, and rows of any status without one. */
  heldWithDate = 0;
  withoutDate = 0;

  constructor(
    private readonly mapping: CampaignMapping,
    private readonly places: Places,
    private readonly cells: CellReader,
  ) {
    this.#statuses = new Map(statusesOf(mapping).map(([status, entry]) => [plain(status), entry]));
    this.#timeBetween = monthCounter(unitOf(mapping));
    this.#oneColumn = endsAreLastSeen(mapping);
  }

  /** What the status of a record means; null where it has none. */
  status(record: readonly string[]): StatusEntry | RowFault | null {
    const text = this.cells.text(record, this.places.status);
    if (text === null) return null;
    const entry = this.meaningOf(text);
    if (entry !== undefined) return entry;
    const known = [...this.#statuses.keys()].join(", ");
    const message = `${shown(text)} has no meaning in the mapping's statuses, which has ${known}; say there whether it means released, died, escaped, held or unusable`;
    return rowFault(this.places.header[this.places.status], text, "status", message);
  }

  /** What a text means as a status; undefined where the mapping does not say. */
  meaningOf(text: string): StatusEntry | undefined {
    return this.#statuses.get(plain(text));
  }

  /** Notes days that stand for something else. */
  #noteDays(detained: DateInterval, end: DateInterval | null, note: Note): void {
    if (text(detained) === "1970-01-01")
      note("assumed", "1970-01-01 is taken for a day: computers write it for a date that is not known", text(detained));
    if (end?.latest.startsWith("9999"))
      note("assumed", "an end in the year 9999 is none that was seen: held until the end of follow-up", text(end));
    else if (end !== null && end.earliest > this.#tomorrow)
      note("assumed", "an end that is still to come is none that was seen: held until the end of follow-up", text(end));
  }

  /** The spell of a record, or why there is none. */
  read(record: readonly string[], status: StatusEntry | null, note: Note): ObservedSpell | Refused {
    const { mapping, places, cells } = this;
    const detained = cells.interval(record, places.detained);
    if (isFault(detained)) return detained;
    if (detained === null) return aside("no date of detention", places.detained.name);
    if (detained.earliest > this.#tomorrow && detained.earliest > mapping.endOfFollowUp) {
      const message = `a detention on ${text(detained)} is still to come; mend the date, or is it one of another calendar?`;
      return rowFault(places.detained.name, text(detained), "year", message);
    }
    const end = this.#end(record, status, detained, note);
    if (isRefused(end)) return end;
    const { interval } = end;
    const endless = interval?.latest.startsWith("9999") === true;
    if (interval !== null && !endless && yearOf(interval.earliest) - yearOf(detained.latest) > 100) {
      const message = `custody from ${text(detained)} to ${text(interval)} would last more than 100 years; mend one of them, or name a text that stands for "no end" in the mapping's missing`;
      return rowFault(places.released.name, text(interval), "year", message);
    }
    this.#noteDays(detained, interval, note);
    const alleged = status?.alleged === true;
    if (alleged && mapping.alleged === "set aside") {
      return aside("the status is only alleged", cells.text(record, places.status) ?? "");
    }
    const known = narrow(detained, end.interval, places);
    if (isFault(known)) return known;
    const arrested = this.#pointOf(known.detained);
    const zero = this.#zero(record, arrested);
    if (typeof zero !== "string") return zero;
    const watch = this.#watch(zero, arrested, known.end, end.lastSeen);
    if (isRefused(watch)) return watch;
    this.#noteDates(known.detained, known.end, [watch.entered, mapping.endOfFollowUp], note);
    const event = watch.endSeen && !(alleged && mapping.alleged === "censored");
    const outcome = event ? end.outcome : "censored";
    return { outcome, zero, alleged, ...this.#times(zero, watch, event, known.end) };
  }

  #end(record: readonly string[], status: StatusEntry | null, detained: DateInterval, note: Note): End | Refused {
    const { places, cells, mapping } = this;
    const found = this.#dates(record);
    if (isFault(found)) return found;
    const seen = this.#seen(record, detained);
    if (isFault(seen)) return seen;
    const { lastSeen } = seen;
    const none = { outcome: "censored", interval: null, lastSeen } as const;
    if (status === null && this.#oneColumn) return aside("no status says what the last day is", places.released.name);
    if (status === null) {
      // A release and a death have two dates; custody ended with the first.
      const [first] = found.sort((a, b) => (a.interval.earliest < b.interval.earliest ? -1 : 1));
      if (first !== undefined) return { outcome: first.outcome, interval: first.interval, lastSeen };
      if (lastSeen === null) note("assumed", HELD, "");
      return none;
    }
    const { means } = status;
    const written = cells.text(record, places.status) ?? "";
    if (means === "unusable") return aside("the status means that the row cannot be used", written);
    if (means === "held") return this.#held(found, none, written, note);
    // One column may date every end, as in the CECC export.
    const dated =
      found.find(({ outcome }) => outcome === means) ??
      (places[means] === null ? found.find(({ outcome }) => outcome === "released") : undefined);
    if (dated !== undefined) return { outcome: means, interval: dated.interval, lastSeen };
    const undated = `the status says ${means}, and there is no date`;
    if (mapping.undated !== "interval") return aside(undated, written);
    const latest = mapping.endOfFollowUp;
    if (detained.earliest > latest) return none;
    note("assumed", `${undated}: some day up to the end of follow-up`, written);
    return { outcome: means, interval: { earliest: detained.earliest, latest, reported: null }, lastSeen };
  }

  /** What becomes of a row whose status says that the person is held. */
  #held(found: readonly DatedEnd[], none: End, status: string, note: Note): End | RowFault {
    if (found.length === 0) return none;
    if (this.#oneColumn && found.every(({ column }) => column === this.places.released.name)) {
      note("assumed", "the status says held: the date of the end is the day last seen", none.lastSeen ?? "");
      return none;
    }
    this.heldWithDate += 1;
    return heldAndEnded(found[0], status);
  }

  /** The dates on which custody ended, by column. */
  #dates(record: readonly string[]): DatedEnd[] | RowFault {
    const found: DatedEnd[] = [];
    for (const outcome of ["released", "died", "escaped"] as const) {
      const column = this.places[outcome];
      if (column === null) continue;
      const interval = this.cells.interval(record, column);
      if (isFault(interval)) return interval;
      if (interval === null && outcome === "released") this.withoutDate += 1;
      if (interval !== null) found.push({ outcome, interval, column: column.name });
    }
    return found;
  }

  /** The day up to which the person is known to have been held, where a column says so. */
  #seen(record: readonly string[], detained: DateInterval): { readonly lastSeen: string | null } | RowFault {
    const { lastSeen } = this.places;
    const seen = lastSeen === null ? null : this.cells.interval(record, lastSeen);
    if (seen === null || isFault(seen)) return seen ?? { lastSeen: null };
    // Held at least up to the first day that it can have been.
    if (seen.latest >= detained.earliest) return { lastSeen: middleOf(seen.earliest, detained.latest, seen.latest) };
    const message = `the person was last seen in custody on ${text(seen)}, before the detention (${text(detained)}); mend one of them`;
    return rowFault(lastSeen?.name ?? "", text(seen), "order", message);
  }

  #watch(zero: string, arrested: string, end: DateInterval | null, lastSeen: string | null): Watch | Refused {
    const { timeZero, observedFrom, endOfFollowUp } = this.mapping;
    if (zero > endOfFollowUp) return aside("time zero lies after the end of follow-up", zero);
    if (timeZero !== "detained" && arrested > zero) return aside("detained after time zero", arrested);
    const observed = lastSeen !== null && lastSeen < endOfFollowUp ? lastSeen : endOfFollowUp;
    const ended = end === null ? null : this.#pointOf(end);
    const endSeen = ended !== null && ended <= endOfFollowUp;
    const last = endSeen ? ended : observed;
    const entered = observedFrom !== undefined && observedFrom > zero ? observedFrom : zero;
    // A clock that starts at the detention may stop on the same day; one that starts later may not.
    const outside = entered === arrested ? last < entered : last <= entered;
    if (!outside) return { entered, last, endSeen };
    const start = entered === zero ? "time zero" : "observation began";
    return aside(`custody or observation ended before ${start}`, last);
  }

  #times(zero: string, { entered, last }: Watch, event: boolean, end: DateInterval | null) {
    const until = (day: string) => this.#timeBetween(zero, day);
    const time = until(last);
    const entry = entered === zero ? 0 : until(entered);
    if (!event) return { time, entry, lower: time, upper: Number.POSITIVE_INFINITY };
    if (end === null || end.earliest === end.latest) return { time, entry, lower: time, upper: time };
    return { time, entry, lower: Math.max(until(end.earliest), entry), upper: until(end.latest) };
  }

  #zero(record: readonly string[], arrested: string): string | Refused {
    const { timeZero } = this.mapping;
    if (timeZero === "detained") return arrested;
    if ("day" in timeZero) return timeZero.day;
    const { zero } = this.places;
    const interval = zero === null ? null : this.cells.interval(record, zero);
    if (isFault(interval)) return interval;
    return interval === null ? aside("no date of time zero", timeZero.column) : this.#pointOf(interval);
  }

  #pointOf(interval: DateInterval): string {
    let point = this.#points.get(interval);
    if (point === undefined) {
      point = pointOf(interval, this.mapping.policy ?? "reported");
      this.#points.set(interval, point);
    }
    return point;
  }

  #noteDates(detained: DateInterval, end: DateInterval | null, limits: readonly string[], note: Note): void {
    const { places } = this;
    if (detained.earliest === "1970-01-01" && detained.latest === detained.earliest) {
      note("uncertain", `${places.detained.name}: day 0 of computers, which may stand for "not known"`, text(detained));
    }
    if (detained.earliest !== detained.latest) {
      note("uncertain", `${places.detained.name}: ${precision(detained)}`, text(detained));
    }
    if (end === null || end.earliest === end.latest) return;
    note("uncertain", `end of custody: ${precision(end)}`, text(end));
    if (limits.some((day) => end.earliest <= day && end.latest > day)) {
      note("uncertain", "end of custody: whether it falls into the time observed rests on the date policy", text(end));
    }
  }
}

/** After this day nobody has been detained yet: there is a day of tomorrow somewhere on earth. */
export const tomorrow = (): string => isoDay(Math.floor(Date.now() / 86_400_000) + 1);

const yearOf = (day: string): number => Number(day.slice(0, 4));

/**
 * Intervals without the days that the other one excludes: nobody is released before the detention. Then no policy puts
 * the two out of order.
 */
function narrow(detained: DateInterval, end: DateInterval | null, places: Places) {
  if (end === null) return { detained, end };
  if (end.latest < detained.earliest) {
    const message = `custody ended ${text(end)}, before it began (${places.detained.name} ${text(detained)}); mend one of them`;
    return rowFault(places.released.name, text(end), "order", message);
  }
  const latest = detained.latest > end.latest ? end.latest : detained.latest;
  const earliest = end.earliest < detained.earliest ? detained.earliest : end.earliest;
  return {
    detained:
      latest === detained.latest ? detained : dateInterval(detained.reported, { earliest: detained.earliest, latest }),
    end: earliest === end.earliest ? end : dateInterval(end.reported, { earliest, latest: end.latest }),
  };
}

function heldAndEnded({ column, interval }: DatedEnd, status: string): RowFault {
  const message = `the status ${shown(status)} means that the person is held, and there is a date on which custody ended; mend one of them, or name the column as columns.lastSeen, too, if it has the last day of every row`;
  return rowFault(column, interval.reported?.text ?? interval.earliest, "status-and-date", message);
}

/** How well a date is known, in words. */
export function precision({ reported, earliest, latest }: DateInterval): string {
  if (reported !== null && reported.precision !== "day") return `known to the ${reported.precision}`;
  return earliest === latest ? "known to the day" : "known within bounds";
}

function text({ reported, earliest, latest }: DateInterval): string {
  return reported?.text ?? (earliest === latest ? earliest : `${earliest} to ${latest}`);
}

/** The second of three ISO days. */
function middleOf(...days: [string, string, string]): string {
  return days.sort()[1];
}
