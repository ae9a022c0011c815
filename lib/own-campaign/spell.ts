import { type DateInterval, dateInterval, pointOf } from "../dates";
import { monthCounter } from "../dates/month-counter";
import { type CellReader, isFault, type RowFault, rowFault } from "./cells";
import { statusEntry } from "./check-mapping";
import type { Places } from "./columns";
import type { CampaignMapping, StatusEntry } from "./mapping";

/** How the time of a row ended. */
export type OwnOutcome = "released" | "died" | "escaped" | "censored";

/** A row as survival analysis needs it; times in months from time zero. */
export interface Spell {
  readonly outcome: OwnOutcome;
  readonly time: number;
  /** When observation began; 0 without delayed entry. */
  readonly entry: number;
  /** Months to the first and the last possible day of the end; `upper` is infinite for a censored row. */
  readonly lower: number;
  readonly upper: number;
  /** The ISO day at which the clock started. */
  readonly zero: string;
  readonly alleged: boolean;
}

/** Why a row cannot be used though nothing in it is wrong. */
export interface SetAside {
  readonly setAside: string;
  readonly value: string;
}

/** Told what was assumed of a row and what is uncertain in it. */
export type Note = (kind: "assumed" | "uncertain", what: string, value: string) => void;

/** Reads records as spells, under one mapping. */
export class SpellReader {
  readonly #statuses: ReadonlyMap<string, StatusEntry>;
  readonly #monthsBetween = monthCounter();

  constructor(
    private readonly mapping: CampaignMapping,
    private readonly places: Places,
    private readonly cells: CellReader,
  ) {
    this.#statuses = new Map(
      Object.entries(mapping.statuses ?? {}).map(([status, entry]) => [status, statusEntry(entry)]),
    );
  }

  /** What the status of a record means; null where it has none. */
  status(record: readonly string[]): StatusEntry | RowFault | null {
    const text = this.cells.text(record, this.places.status);
    if (text === null) return null;
    const entry = this.#statuses.get(text);
    if (entry !== undefined) return entry;
    const known = [...this.#statuses.keys()].join(", ");
    const message = `${JSON.stringify(text)} has no meaning in the mapping's statuses, which has ${known}; say there whether it means released, died, escaped, held or unusable`;
    return rowFault(this.places.header[this.places.status], text, "status", message);
  }

  /** The spell of a record, or why there is none. */
  read(record: readonly string[], status: StatusEntry | null, note: Note): Spell | SetAside | RowFault {
    const { mapping, places, cells } = this;
    const { policy = "reported", alleged = "event", endOfFollowUp } = mapping;
    const detained = cells.interval(record, places.detained);
    if (isFault(detained)) return detained;
    if (detained === null) return aside("no date of detention", places.detained.name);
    const end = this.#end(record, status, detained, note);
    if ("fault" in end || "setAside" in end) return end;
    if (status?.alleged === true && alleged === "set aside") {
      return aside("the status is only alleged", cells.text(record, places.status) ?? "");
    }
    const narrowed = narrow(detained, end.interval, places);
    if ("fault" in narrowed) return narrowed;
    const arrested = pointOf(narrowed.detained, policy);
    const zero = this.#zero(record, arrested);
    if (typeof zero !== "string") return zero;
    if (zero > endOfFollowUp) return aside("time zero lies after the end of follow-up", zero);
    if (mapping.timeZero !== "detained" && arrested > zero) {
      return aside("detained after time zero", arrested);
    }
    const observed = end.lastSeen !== null && end.lastSeen < endOfFollowUp ? end.lastSeen : endOfFollowUp;
    const ended = narrowed.end === null ? null : pointOf(narrowed.end, policy);
    const counts = ended !== null && ended <= endOfFollowUp;
    const event = counts && !(status?.alleged === true && alleged === "censored");
    const last = counts ? ended : observed;
    const entered =
      mapping.observedFrom !== undefined && mapping.observedFrom > zero ? mapping.observedFrom : zero;
    // A clock that starts at the detention may stop on the same day; one that starts later may not.
    const outside = entered === arrested ? last < entered : last <= entered;
    if (outside) {
      const what =
        entered === zero
          ? "custody or observation ended before time zero"
          : "custody or observation ended before observation began";
      return aside(what, last);
    }
    this.#noteDates(narrowed.detained, narrowed.end, [entered, endOfFollowUp], note);
    const months = (day: string) => this.#monthsBetween(zero, day);
    const time = months(last);
    const exact = !event || narrowed.end === null || narrowed.end.earliest === narrowed.end.latest;
    const entry = entered === zero ? 0 : months(entered);
    return {
      outcome: event ? end.outcome : "censored",
      time,
      entry,
      lower: exact || narrowed.end === null ? time : Math.max(months(narrowed.end.earliest), entry),
      upper: !event
        ? Number.POSITIVE_INFINITY
        : exact || narrowed.end === null
          ? time
          : months(narrowed.end.latest),
      zero,
      alleged: status?.alleged === true,
    };
  }

  /** How custody ended and between which days, before any clock; without an end, when the row was last seen. */
  #end(record: readonly string[], status: StatusEntry | null, detained: DateInterval, note: Note) {
    const { places, cells, mapping } = this;
    const found: { outcome: OwnOutcome; interval: DateInterval; column: string }[] = [];
    for (const outcome of ["released", "died", "escaped"] as const) {
      const column = places[outcome];
      if (column === null) continue;
      const interval = cells.interval(record, column);
      if (isFault(interval)) return interval;
      if (interval !== null) found.push({ outcome, interval, column: column.name });
    }
    const seen = places.lastSeen === null ? null : cells.interval(record, places.lastSeen);
    if (isFault(seen)) return seen;
    if (seen !== null && seen.latest < detained.earliest) {
      const message = `the person was last seen in custody on ${text(seen)}, before the detention (${text(detained)}); mend one of them`;
      return rowFault(places.lastSeen?.name ?? "", text(seen), "order", message);
    }
    // Held at least up to the first day that it can have been.
    const lastSeen = seen === null ? null : middleOf(seen.earliest, detained.latest, seen.latest);
    const none = { outcome: "censored" as const, interval: null, lastSeen };
    if (status === null) {
      // A release and a death have two dates; custody ended with the first.
      const first = found.sort((a, b) => (a.interval.earliest < b.interval.earliest ? -1 : 1))[0];
      if (first !== undefined) return { outcome: first.outcome, interval: first.interval, lastSeen };
      if (seen === null)
        note("assumed", "no end of custody is recorded: held until the end of follow-up", "");
      return none;
    }
    if (status.means === "unusable") {
      return aside("the status means that the row cannot be used", cells.text(record, places.status) ?? "");
    }
    if (status.means === "held") {
      if (found.length === 0) return none;
      const text = cells.text(record, places.status);
      const message = `the status ${JSON.stringify(text)} means that the person is held, and there is a date on which custody ended; mend one of them`;
      const [{ column, interval }] = found;
      return rowFault(column, interval.reported?.text ?? interval.earliest, "status-and-date", message);
    }
    const { means } = status;
    const own = found.find(({ outcome }) => outcome === means);
    // One column may date every end, as in the CECC export.
    const shared = places[means] === null ? found.find(({ outcome }) => outcome === "released") : undefined;
    const dated = own ?? shared;
    if (dated !== undefined) return { outcome: means, interval: dated.interval, lastSeen };
    if (mapping.undated !== "interval") {
      return aside(`the status says ${means}, and there is no date`, cells.text(record, places.status) ?? "");
    }
    const latest = mapping.endOfFollowUp;
    if (detained.earliest > latest) return none;
    note(
      "assumed",
      `the status says ${means}, and there is no date: some day up to the end of follow-up`,
      cells.text(record, places.status) ?? "",
    );
    return { outcome: means, interval: { earliest: detained.earliest, latest, reported: null }, lastSeen };
  }

  #zero(record: readonly string[], arrested: string): string | SetAside | RowFault {
    const { timeZero, policy = "reported" } = this.mapping;
    if (timeZero === "detained") return arrested;
    if ("day" in timeZero) return timeZero.day;
    const { zero } = this.places;
    const interval = zero === null ? null : this.cells.interval(record, zero);
    if (isFault(interval)) return interval;
    return interval === null ? aside("no date of time zero", timeZero.column) : pointOf(interval, policy);
  }

  #noteDates(detained: DateInterval, end: DateInterval | null, limits: readonly string[], note: Note): void {
    const { places } = this;
    if (detained.earliest !== detained.latest) {
      note("uncertain", `${places.detained.name}: ${precision(detained)}`, text(detained));
    }
    if (end === null || end.earliest === end.latest) return;
    note("uncertain", `end of custody: ${precision(end)}`, text(end));
    if (limits.some((day) => end.earliest <= day && end.latest > day)) {
      note(
        "uncertain",
        "end of custody: whether it falls into the time observed rests on the date policy",
        text(end),
      );
    }
  }
}

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
      latest === detained.latest
        ? detained
        : dateInterval(detained.reported, { earliest: detained.earliest, latest }),
    end: earliest === end.earliest ? end : dateInterval(end.reported, { earliest, latest: end.latest }),
  };
}

function precision({ reported, earliest, latest }: DateInterval): string {
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

function aside(setAside: string, value: string): SetAside {
  return { setAside, value };
}
