import { type Delimiter, type Fault, type Provenance, refuseAll, shown, TextNumbers } from "../files";
import type { Places } from "./cells";
import type { CampaignMapping, TimeUnit } from "./mapping";
import { decimalOf, isNumber, numberOf, textFaults } from "./numbers";
import type { PlainRows } from "./plain-rows";
import type { LoadReport } from "./report";
import type { ObservedSpell, OwnOutcome } from "./spell";

/**
 * Somebody's data as columns, one element a row used, in the file's order; what kaplanMeier(), logRank(), cox() and the
 * others take. Times count from time zero, in the unit that `unit` names.
 */
export interface CampaignData {
  readonly title: string;
  readonly file: string;
  readonly mapping: CampaignMapping;
  readonly report: LoadReport;
  /** Distinct kinds of provenance; "own" for a reader's data. */
  readonly provenance: readonly Provenance[];
  /** What times count: months of one length, days, or calendar months. */
  readonly unit: TimeUnit;
  readonly n: number;
  /** Row as a spreadsheet counts: the header is row 1. */
  readonly row: Float64Array;
  readonly id: readonly string[];
  /** Time to release, to another end, or to the end of observation. */
  readonly time: Float64Array;
  /** 1: released at `time`. 0: not; other ends of custody are censoring here and causes in `cause`. */
  readonly event: Uint8Array;
  readonly cause: readonly OwnOutcome[];
  /** When observation began; only with delayed entry. */
  readonly entry?: Float64Array;
  /** Name of the arm, or "all". */
  readonly group: readonly string[];
  /** 1 for the treated; null without a treatment. */
  readonly treated: Uint8Array | null;
  /** Names of the arms, the treated first; one name without a treatment. */
  readonly groups: readonly string[];
  /** Time to the first and the last possible day of the end; infinite above for a censored row. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** By name; null where a row has no value. Numbers where all values are, else texts. */
  readonly covariates: Readonly<Record<string, readonly (number | string | null)[]>>;
  /** Countries, where the mapping names a column; null where a row has none. */
  readonly country: readonly (string | null)[] | null;
}

/** A row that is used, as a part of all columns. */
type UsedRow = Omit<ObservedSpell, "zero" | "alleged"> & {
  readonly row: number;
  readonly id: string;
  readonly treated: boolean;
};

/** The rows that are used, as columns that grow while a file is read. */
export class UsedRows {
  readonly #ids: string[] = [];
  readonly #cause: OwnOutcome[] = [];
  readonly #numbers = {
    row: new GrowingNumbers(),
    time: new GrowingNumbers(),
    entry: new GrowingNumbers(),
    lower: new GrowingNumbers(),
    upper: new GrowingNumbers(),
    treated: new GrowingNumbers(),
  };
  readonly #covariates: readonly GrowingTexts[];
  readonly #country = new GrowingTexts();
  readonly #entered: boolean;

  constructor(
    { observedFrom }: CampaignMapping,
    private readonly places: Places,
  ) {
    this.#entered = observedFrom !== undefined;
    this.#covariates = places.covariates.map(() => new GrowingTexts());
  }

  get ids(): readonly string[] {
    return this.#ids;
  }

  #add({ row, id, outcome, time, entry, lower, upper, treated }: UsedRow): void {
    this.#ids.push(id);
    this.#cause.push(outcome);
    this.#numbers.row.push(row);
    this.#numbers.time.push(time);
    if (this.#entered) this.#numbers.entry.push(entry);
    this.#numbers.lower.push(lower);
    this.#numbers.upper.push(upper);
    this.#numbers.treated.push(treated ? 1 : 0);
  }

  /** Adds a row that was read from a record, with what its cells hold by place. */
  addRecord(row: UsedRow, textAt: (place: number) => string | null): void {
    this.#add(row);
    const { covariates, country } = this.places;
    for (let i = 0; i < covariates.length; i++) this.#covariates[i].push(textAt(covariates[i].place));
    if (country >= 0) this.#country.push(textAt(country));
  }

  /** Adds a row that was read from a line of text. */
  addPlain(text: string, row: number, plain: PlainRows): void {
    const { id, outcome, time, entry, upper, treated } = plain;
    this.#add({ row, id, outcome, time, entry, lower: time, upper, treated });
    const { covariates, country } = this.places;
    for (let i = 0; i < covariates.length; i++) this.#covariates[i].pushCell(text, covariates[i].place, plain);
    if (country >= 0) this.#country.pushCell(text, country, plain);
  }

  /**
   * The columns of {@link CampaignData}, and how covariates were read.
   *
   * @throws DataError with the first row of each text that is no number in a covariate that the mapping calls one
   */
  columns(mapping: CampaignMapping, file: string, delimiter: Delimiter) {
    const [ids, cause, numbers] = [this.#ids, this.#cause, this.#numbers];
    const row = numbers.row.finish();
    const columns = this.places.covariates.map((described, i) => ({
      ...described,
      texts: this.#covariates[i],
    }));
    const covariates = covariateColumns(columns, { file, row, delimiter, told: mapping.decimal });
    const { treated: exposed, control } = mapping.groups ?? { treated: "treated", control: "control" };
    const treated = mapping.treatment.kind === "none" ? null : new Uint8Array(numbers.treated.finish());
    const event = new Uint8Array(ids.length);
    const group = new Array<string>(ids.length).fill(treated === null ? "all" : control);
    for (let i = 0; i < ids.length; i++) {
      if (cause[i] === "released") event[i] = 1;
      if (treated?.[i] === 1) group[i] = exposed;
    }
    return {
      described: covariates.described,
      warnings: covariates.warnings,
      data: {
        n: ids.length,
        row,
        id: ids,
        time: numbers.time.finish(),
        event,
        cause,
        ...(mapping.observedFrom === undefined ? {} : { entry: numbers.entry.finish() }),
        group,
        treated,
        groups: treated === null ? ["all"] : [exposed, control],
        lower: numbers.lower.finish(),
        upper: numbers.upper.finish(),
        covariates: covariates.columns,
        country: mapping.columns.country === undefined ? null : this.#country.toArray(),
      },
    };
  }
}

/** A column of numbers that grows with the rows; eight bytes a row, whatever they are. */
class GrowingNumbers {
  #values: Float64Array = new Float64Array(1024);
  #length = 0;

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const wider: Float64Array = new Float64Array(2 * this.#length);
      wider.set(this.#values);
      this.#values = wider;
    }
    this.#values[this.#length] = value;
    this.#length += 1;
  }

  /** The numbers, at the end: the room that was left to grow is given back. */
  finish(): Float64Array {
    const values = this.#values.slice(0, this.#length);
    this.#values = values;
    return values;
  }
}

/** A column of texts that grows with the rows, each different text kept once; null where there is none. */
class GrowingTexts {
  readonly #levels: string[] = [];
  readonly #codes = new Map<string, number>();
  #rows: Int32Array = new Int32Array(1024);
  #length = 0;
  readonly #cells = new TextNumbers();
  /** Codes of the texts of cells. */
  readonly #codeOfCell: number[] = [];

  push(text: string | null): void {
    this.#pushCode(this.#codeOf(text));
  }

  /** Adds a cell of the line that a reader has found. */
  pushCell(text: string, place: number, line: PlainRows): void {
    const cell = line.numberOf(this.#cells, text, place);
    if (cell < 0) {
      this.push(line.textOf(text, place));
      return;
    }
    if (cell === this.#codeOfCell.length) this.#codeOfCell.push(this.#codeOf(line.textOf(text, place)));
    this.#pushCode(this.#codeOfCell[cell]);
  }

  #codeOf(text: string | null): number {
    if (text === null) return -1;
    let code = this.#codes.get(text);
    if (code === undefined) {
      code = this.#levels.length;
      this.#codes.set(text, code);
      this.#levels.push(text);
    }
    return code;
  }

  #pushCode(code: number): void {
    if (this.#length === this.#rows.length) {
      const wider: Int32Array = new Int32Array(2 * this.#length);
      wider.set(this.#rows);
      this.#rows = wider;
    }
    this.#rows[this.#length] = code;
    this.#length += 1;
  }

  /** The different texts, in the order in which they came. */
  get levels(): readonly string[] {
    return this.#levels;
  }

  /** What a function makes of each text, row by row; null where there is no text. */
  mapped<T>(make: (text: string) => T): (T | null)[] {
    const made = this.#levels.map(make);
    const values = new Array<T | null>(this.#length).fill(null);
    for (let i = 0; i < values.length; i++) if (this.#rows[i] >= 0) values[i] = made[this.#rows[i]];
    return values;
  }

  toArray(): (string | null)[] {
    return this.mapped((text) => text);
  }

  /** Where in the list of rows a text comes first. */
  firstOf(text: string): number {
    return this.#rows.indexOf(this.#codes.get(text) ?? -1);
  }

  /** How many rows have each text, and how many have none. */
  counts(): { readonly of: readonly number[]; readonly missing: number } {
    const of = new Array<number>(this.#levels.length).fill(0);
    let missing = 0;
    for (let i = 0; i < this.#length; i++) {
      if (this.#rows[i] < 0) missing += 1;
      else of[this.#rows[i]] += 1;
    }
    return { of, missing };
  }
}

/** What reading a covariate needs of its file. */
interface CovariateSource {
  readonly file: string;
  readonly row: Float64Array;
  readonly delimiter: Delimiter;
  /** The decimal mark that the mapping names. */
  readonly told?: "." | ",";
}

/**
 * Texts of covariates as numbers, where all of them are numbers or the mapping says so, else as categories.
 *
 * @throws DataError with the first row of each text that is no number in a column that the mapping calls one, of numbers
 *   whose decimal mark is not clear, and of such as no double holds
 */
function covariateColumns(
  named: readonly (Places["covariates"][number] & { readonly texts: GrowingTexts })[],
  source: CovariateSource,
) {
  const columns: Record<string, readonly (number | string | null)[]> = {};
  const described: LoadReport["covariates"][number][] = [];
  const warnings: string[] = [];
  const faults: Fault[] = [];
  for (const { name, as, texts } of named) {
    const rowOf = (text: string) => source.row[texts.firstOf(text)];
    const { decimal, wrong } = readingOf(name, as, texts.levels, source, rowOf);
    for (const fault of wrong) faults.push(fault);
    columns[name] = decimal === null ? texts.toArray() : texts.mapped((text) => numberOf(text, decimal));
    const { of, missing } = texts.counts();
    if (decimal === null && as === undefined) {
      for (const warning of nearlyNumbers(name, texts.levels, of, rowOf)) warnings.push(warning);
    }
    described.push({
      name,
      kind: decimal === null ? "category" : "number",
      levels: decimal === null ? texts.levels.length : null,
      missing,
      ...(decimal === "," ? { decimal } : {}),
    });
  }
  if (faults.length > 0) throw refuseAll(source.file, faults);
  return { columns, described, warnings };
}

/** The decimal mark of a column of numbers, null for a category; and what is wrong with its texts. */
function readingOf(
  name: string,
  as: "number" | "category" | undefined,
  levels: readonly string[],
  { delimiter, told }: CovariateSource,
  rowOf: (text: string) => number,
): { readonly decimal: "." | "," | null; readonly wrong: readonly Fault[] } {
  if (as === "category") return { decimal: null, wrong: [] };
  const found = told === undefined ? decimalOf(levels, delimiter) : levels.length === 0 ? null : { decimal: told };
  if (found !== null && "unclear" in found) {
    const message = () =>
      `${found.unclear}; say decimal: "," or decimal: "." in the mapping, or read the column as a category`;
    const texts = levels.filter((text) => /[.,]/.test(text)).slice(0, 1);
    return { decimal: null, wrong: textFaults(name, "decimal", texts, message, rowOf) };
  }
  const decimal = found?.decimal ?? ".";
  const none = levels.filter((text) => !isNumber(text, decimal));
  // Where the mapping names the mark, a number with the other one is no word.
  const words = none.length > 0 && (told === undefined || decimalOf(levels, delimiter) === null);
  if (words && as !== "number") return { decimal: null, wrong: [] };
  if (levels.length === 0 && as !== "number") return { decimal: null, wrong: [] };
  const large = levels.filter((text) => isNumber(text, decimal) && !Number.isFinite(numberOf(text, decimal)));
  const wrong = [
    ...textFaults(
      name,
      "number",
      none,
      (text) =>
        `${shown(text)} is not a number${told === undefined ? "" : ` with "${told}" as the decimal mark`}, and the mapping reads the column as one; mend it, or read the column as a category`,
      rowOf,
    ),
    ...textFaults(
      name,
      "number",
      large,
      (text) => `${shown(text)} is larger than any number that can be computed with`,
      rowOf,
    ),
  ];
  return { decimal, wrong };
}

/** A warning where few texts keep a column of numbers from being one. */
function nearlyNumbers(
  name: string,
  levels: readonly string[],
  rows: readonly number[],
  rowOf: (text: string) => number,
): string[] {
  const sum = (total: number, count: number) => total + count;
  const known = rows.reduce(sum, 0);
  const isWord = (text: string) => !isNumber(text, ".") && !isNumber(text, ",");
  const words = levels.filter(isWord);
  const none = rows.filter((_, i) => isWord(levels[i])).reduce(sum, 0);
  if (none === 0 || none * 5 > known || levels.length < 5) return [];
  const more = none > 1 ? ` and ${none - 1} more` : "";
  return [
    `"${name}" is read as a category, since ${shown(words[0])} (row ${rowOf(words[0])})${more} of its ${known} values are no numbers. Name such texts in the mapping's missing, or mend them.`,
  ];
}
