import { type Delimiter, type Fault, type Provenance, refuseAll, shown } from "../files";
import type { CellReader, Places } from "./cells";
import type { CampaignMapping, TimeUnit } from "./mapping";
import { decimalOf, isNumber, numberOf, textFaults } from "./numbers";
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

  constructor(
    private readonly places: Places,
    private readonly cells: CellReader,
  ) {
    this.#covariates = places.covariates.map(() => new GrowingTexts());
  }

  get ids(): readonly string[] {
    return this.#ids;
  }

  add(
    record: readonly string[],
    { row, id }: { readonly row: number; readonly id: string },
    spell: ObservedSpell,
    treated: boolean,
  ): void {
    const { places, cells } = this;
    this.#ids.push(id);
    this.#cause.push(spell.outcome);
    this.#numbers.row.push(row);
    this.#numbers.time.push(spell.time);
    this.#numbers.entry.push(spell.entry);
    this.#numbers.lower.push(spell.lower);
    this.#numbers.upper.push(spell.upper);
    this.#numbers.treated.push(treated ? 1 : 0);
    for (const [i, { place }] of places.covariates.entries()) {
      this.#covariates[i].push(cells.text(record, place));
    }
    if (places.country >= 0) this.#country.push(cells.text(record, places.country));
  }

  /**
   * The columns of {@link CampaignData}, and how covariates were read.
   *
   * @throws DataError with the first row of each text that is no number in a covariate that the mapping calls one
   */
  columns(mapping: CampaignMapping, file: string, delimiter: Delimiter) {
    const [ids, cause, numbers] = [this.#ids, this.#cause, this.#numbers];
    const row = numbers.row.toArray();
    const columns = this.places.covariates.map((described, i) => ({
      ...described,
      texts: this.#covariates[i],
    }));
    const covariates = covariateColumns(columns, { file, row, delimiter, told: mapping.decimal });
    const { treated: exposed, control } = mapping.groups ?? { treated: "treated", control: "control" };
    const treated = mapping.treatment.kind === "none" ? null : Uint8Array.from(numbers.treated.toArray());
    return {
      described: covariates.described,
      warnings: covariates.warnings,
      data: {
        n: ids.length,
        row,
        id: ids,
        time: numbers.time.toArray(),
        event: Uint8Array.from(cause, (one) => (one === "released" ? 1 : 0)),
        cause,
        ...(mapping.observedFrom === undefined ? {} : { entry: numbers.entry.toArray() }),
        group:
          treated === null
            ? new Array<string>(ids.length).fill("all")
            : Array.from(treated, (arm) => (arm === 1 ? exposed : control)),
        treated,
        groups: treated === null ? ["all"] : [exposed, control],
        lower: numbers.lower.toArray(),
        upper: numbers.upper.toArray(),
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

  toArray(): Float64Array {
    return this.#values.slice(0, this.#length);
  }
}

/** A column of texts that grows with the rows, each different text kept once; null where there is none. */
class GrowingTexts {
  readonly #levels: string[] = [];
  readonly #codes = new Map<string, number>();
  readonly #rows = new GrowingNumbers();

  push(text: string | null): void {
    let code = text === null ? -1 : this.#codes.get(text);
    if (code === undefined && text !== null) {
      code = this.#levels.length;
      this.#codes.set(text, code);
      this.#levels.push(text);
    }
    this.#rows.push(code ?? -1);
  }

  /** The different texts, in the order in which they came. */
  get levels(): readonly string[] {
    return this.#levels;
  }

  toArray(): (string | null)[] {
    return Array.from(this.#rows.toArray(), (code) => this.#levels[code] ?? null);
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
    const values = texts.toArray();
    const rowOf = (text: string) => source.row[values.indexOf(text)];
    const { decimal, wrong } = readingOf(name, as, texts.levels, source, rowOf);
    for (const fault of wrong) faults.push(fault);
    const read = new Map(decimal === null ? [] : texts.levels.map((text) => [text, numberOf(text, decimal)]));
    columns[name] = decimal === null ? values : values.map((text) => (text === null ? null : (read.get(text) ?? null)));
    if (decimal === null && as === undefined) {
      for (const warning of nearlyNumbers(name, values, rowOf)) warnings.push(warning);
    }
    described.push({
      name,
      kind: decimal === null ? "category" : "number",
      levels: decimal === null ? texts.levels.length : null,
      missing: values.reduce((count, text) => count + (text === null ? 1 : 0), 0),
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
function nearlyNumbers(name: string, values: readonly (string | null)[], rowOf: (text: string) => number): string[] {
  const known = values.filter((text): text is string => text !== null);
  const none = known.filter((text) => !isNumber(text, ".") && !isNumber(text, ","));
  if (none.length === 0 || none.length * 5 > known.length || new Set(known).size < 5) return [];
  const more = none.length > 1 ? ` and ${none.length - 1} more` : "";
  return [
    `"${name}" is read as a category, since ${shown(none[0])} (row ${rowOf(none[0])})${more} of its ${known.length} values are no numbers. Name such texts in the mapping's missing, or mend them.`,
  ];
}
