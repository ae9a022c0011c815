import { WrongKind } from "./kinds";
import {
  type Added,
  asNumber,
  ifUsed,
  type Key,
  notFinite,
  type Part,
  type Reason,
  type Rounding,
  type Writer,
} from "./part";
import { type Asked, type CountsDates, DAYS_A_UNIT } from "./question";

/** How a stay ended: the columns that are read, what is wrong with them, and the key. */
interface Ending {
  readonly read: Added;
  readonly reasons: readonly Reason[];
  /** The expression of the key for rows that are used. */
  readonly key: string;
  readonly as: Key["as"];
}

/** Times, entries and how stays ended: from numbers, or from dates by the rules of lib/dates. */
export function timeLevels(writer: Writer): Part {
  const { asked } = writer;
  return asked.dates === null ? fromNumbers(writer) : fromDates(writer, asked.dates);
}

function fromNumbers(writer: Writer): Part {
  const { asked, dialect } = writer;
  const numbers = (["time", "entry"] as const).flatMap((part) => {
    const name = asked[part];
    if (name === null) return [];
    const column = writer.column(name, part);
    if (column.kind !== "number") throw new WrongKind(column, "number", part);
    return [{ part, column }];
  });
  const ending = endingOf(writer, null);
  const reasons = numbers.flatMap(({ part, column }): Reason[] => {
    const raw = `"raw_${part}"`;
    const infinite = notFinite(raw, column.type);
    return [
      { what: `no value in "${column.name}"`, test: `${raw} IS NULL` },
      ...(infinite === null ? [] : [{ what: `"${column.name}" is not a finite number`, test: infinite }]),
      ...(part === "entry" ? [] : [{ what: `"${column.name}" is below 0`, test: `${raw} < 0` }]),
    ];
  });
  const order = { what: "observation ended before it began, or then", test: '"raw_entry" >= "raw_time"' };
  const rounded = asked.roundTime === null ? null : asked.roundTime;
  const after: Added = numbers.map(({ part }) => {
    const raw = `"raw_${part}"`;
    return [part, ifUsed(rounded === null ? raw : multiple(writer, part, asNumber(raw), rounded))];
  });
  return {
    read: [...numbers.map(({ part, column }) => [`raw_${part}`, dialect.quote(column.name)] as const), ...ending.read],
    before: [],
    reasons: [...reasons, ...(asked.entry === null ? [] : [order]), ...ending.reasons],
    after: [[...after, [keyOf(asked), ifUsed(ending.key)]]],
    keys: [...numbers.map(({ part }): Key => ({ name: part, as: "number" })), { name: keyOf(asked), as: ending.as }],
    assumed: [],
    roundings: rounded === null ? [] : [timeRounding(writer, rounded, asNumber('"raw_time"'))],
  };
}

const keyOf = (asked: Asked): string => (asked.cause === null ? "event" : "cause");

/** A day as DATE; what is text or a number is none. */
function dayOf(writer: Writer, name: string, part: string): string {
  const column = writer.column(name, part);
  if (column.kind !== "date" && column.kind !== "timestamp") throw new WrongKind(column, "date", part);
  return `CAST(${writer.dialect.quote(name)} AS DATE)`;
}

function fromDates(writer: Writer, dates: CountsDates): Part {
  const { asked, parameters } = writer;
  const { start, end, entry, observedFrom, until } = dates;
  const delayed = entry !== undefined || observedFrom !== undefined;
  const day = (text: string) => `CAST(${parameters.add(text)} AS DATE)`;
  const ending = endingOf(writer, '"ended" = 1');
  const read: Added = [
    ["start", dayOf(writer, start, "dates.start")],
    ["end", dayOf(writer, end, "dates.end")],
    ...(entry === undefined ? [] : [["entered", dayOf(writer, entry, "dates.entry")] as const]),
    ...ending.read,
  ];
  // An end in the year 9999, or at no day at all, is a way to say that there is none.
  const seen: Added = [
    ["seen_end", `CASE WHEN "end" < DATE '9999-01-01' THEN "end" END`],
    ...(observedFrom === undefined ? [] : [["entered", day(observedFrom)] as const]),
    ...(until === undefined ? [] : [["until", day(until)] as const]),
  ];
  const watched: Added = [
    ["ended", `CASE WHEN "seen_end" ${until === undefined ? "IS NOT NULL" : '<= "until"'} THEN 1 ELSE 0 END`],
    ["last", until === undefined ? '"seen_end"' : 'CASE WHEN "seen_end" <= "until" THEN "seen_end" ELSE "until" END'],
    ...(delayed ? [["first", 'CASE WHEN "entered" > "start" THEN "entered" ELSE "start" END'] as const] : []),
  ];
  const reasons: Reason[] = [
    { what: `no date in "${start}"`, test: '"start" IS NULL' },
    {
      what: `"${start}" is no day of the years 1000 to 9999`,
      test: `"start" < DATE '1000-01-01' OR "start" > DATE '9999-12-31'`,
    },
    { what: `"${end}" is no day of the years 1000 to 9999`, test: `"seen_end" < DATE '1000-01-01'` },
    ...(until === undefined
      ? [{ what: `no date in "${end}", and no end of follow-up`, test: '"seen_end" IS NULL' }]
      : [{ what: "time zero lies after the end of follow-up", test: '"start" > "until"' }]),
    { what: `"${end}" lies before "${start}"`, test: '"seen_end" < "start"' },
    ...(entry === undefined ? [] : [{ what: `no date in "${entry}"`, test: '"entered" IS NULL' }]),
    ...(delayed
      ? [{ what: "custody or observation ended before observation began, or on that day", test: '"last" <= "first"' }]
      : []),
    ...ending.reasons,
  ];
  const clocks = [clock(writer, "time", "last"), ...(delayed ? [clock(writer, "entry", "first")] : [])];
  const ended: Added = [[keyOf(asked), ifUsed(ending.key)]];
  return {
    read,
    before: [seen, watched],
    reasons,
    after: [
      [...clocks.flatMap(({ levels }) => levels[0] ?? []), ...ended],
      ...[1, 2, 3].map((i) => clocks.flatMap(({ levels }) => levels[i] ?? [])),
    ].filter((level) => level.length > 0),
    keys: [...clocks.flatMap(({ keys }) => keys), { name: keyOf(asked), as: ending.as }],
    assumed:
      until === undefined
        ? []
        : [
            [`no date in "${end}": held until the end of follow-up`, '"end" IS NULL'],
            [
              `an end in the year 9999 or later is none that was seen: held until the end of follow-up`,
              '"end" IS NOT NULL AND "seen_end" IS NULL',
            ],
          ],
    roundings: clocks.flatMap(({ roundings }) => roundings),
  };
}

/** Levels and keys of the time from the start to a day: whole numbers, which are divided only once they are here. */
function clock(
  writer: Writer,
  key: "time" | "entry",
  to: string,
): { levels: Added[]; keys: Key[]; roundings: Rounding[] } {
  const { asked, dialect } = writer;
  const { unit, roundTime } = asked;
  const number = (name: string): Key => ({ name, as: "number" });
  const rounded = (value: string, levels: Added[]) => ({
    levels: [...levels, [[key, ifUsed(multiple(writer, key, value, roundTime ?? 1))]] satisfies Added],
    keys: [number(key)],
    roundings: key === "time" ? [timeRounding(writer, roundTime ?? 1, value)] : [],
  });
  if (unit !== "calendar months") {
    const days = ifUsed(dialect.days('"start"', `"${to}"`));
    if (roundTime === null) return { levels: [[[key, days]]], keys: [number(key)], roundings: [] };
    const length = asNumber(writer.parameters.add(DAYS_A_UNIT[unit]));
    return rounded(`${asNumber(`"${key}_days"`)} / ${length}`, [[[`${key}_days`, days]]]);
  }
  const part = (field: string, day: string) => `CAST(EXTRACT(${field} FROM ${day}) AS INTEGER)`;
  const months = `(${part("YEAR", `"${to}"`)} - ${part("YEAR", '"start"')}) * 12 + ${part("MONTH", `"${to}"`)} - ${part("MONTH", '"start"')}`;
  const anniversary = (count: string) => dialect.addMonths('"start"', count);
  const [whole, rest, length] = ["whole", "rest", "length"].map((name) => `${key}_${name}`);
  const levels: Added[] = [
    [[`${key}_months`, ifUsed(months)]],
    // Comparing the months alone over-counts by at most one.
    [
      [
        whole,
        `CASE WHEN ${anniversary(`"${key}_months"`)} > "${to}" THEN "${key}_months" - 1 ELSE "${key}_months" END`,
      ],
    ],
    [
      [rest, ifUsed(dialect.days(anniversary(`"${whole}"`), `"${to}"`))],
      [length, ifUsed(dialect.days(anniversary(`"${whole}"`), anniversary(`"${whole}" + 1`)))],
    ],
  ];
  if (roundTime === null) return { levels, keys: [whole, rest, length].map(number), roundings: [] };
  return rounded(`(${asNumber(`"${whole}"`)} + ${asNumber(`"${rest}"`)} / ${asNumber(`"${length}"`)})`, levels);
}

/** Which multiple of a step a time becomes: the next one, an entry the one before; a billionth of a step is forgiven. */
function multiple({ parameters }: Writer, key: "time" | "entry", value: string, step: number): string {
  const steps = `${value} / ${asNumber(parameters.add(step))}`;
  return key === "time" ? `CEILING(${steps} - 1E-9)` : `FLOOR(${steps} + 1E-9)`;
}

function timeRounding({ parameters }: Writer, step: number, value: string): Rounding {
  return {
    what: "time",
    rule: `up to the next multiple of ${step}`,
    off: `(${value} - "time" * ${asNumber(parameters.add(step))})`,
    key: "time",
    standsFor: (multiple) => multiple * step,
  };
}

/**
 * How stays ended.
 *
 * @param seen a condition for ends that fall into the follow-up; null where all rows have one. What a row whose end was not
 *   seen says of it does not matter.
 */
function endingOf(writer: Writer, seen: string | null): Ending {
  const { asked, dialect, parameters } = writer;
  const both = (test: string) => (seen === null ? test : `${seen} AND (${test})`);
  const among = (values: readonly (string | number)[]) => values.map((value) => parameters.add(value)).join(", ");
  const { event, cause } = asked;
  if (cause !== null) {
    const column = writer.column(cause.column, "cause");
    const text = `CAST(${dialect.quote(column.name)} AS VARCHAR)`;
    const censored =
      cause.censored.length === 0 ? "" : ` AND "raw_cause" NOT IN (${among(cause.censored.map(String))})`;
    const caused = `${seen ?? "1 = 1"}${censored}`;
    return {
      read: [["raw_cause", text]],
      reasons: [{ what: `no value in "${column.name}"`, test: both(`"raw_cause" IS NULL OR "raw_cause" = ''`) }],
      key: `CASE WHEN ${caused} THEN "raw_cause" ELSE 'censored' END`,
      as: "text",
    };
  }
  if (event === null) return { read: [], reasons: [], key: '"ended"', as: "number" };
  const column = writer.column(event.column, "event");
  const read = [["raw_event", dialect.quote(column.name)]] as const;
  const missing = { what: `no value in "${column.name}"`, test: both('"raw_event" IS NULL') };
  const when = (test: string) => `CASE WHEN ${seen === null ? test : `${seen} AND ${test}`} THEN 1 ELSE 0 END`;
  if (event.is !== null) {
    return { read, reasons: [missing], key: when(`"raw_event" IN (${among(event.is)})`), as: "number" };
  }
  if (column.kind === "boolean") return { read, reasons: [missing], key: when('"raw_event"'), as: "number" };
  if (column.kind !== "number")
    throw new WrongKind(column, "number", "event (or say which of its values are the event)");
  const other = {
    what: `"${column.name}" is neither 0 nor 1`,
    test: both('"raw_event" NOT IN (0, 1)'),
    fault: "an event is 1 and none is 0; say which of its values are the event",
  };
  return { read, reasons: [missing, other], key: when('"raw_event" = 1'), as: "number" };
}
