import { type Fault, type Provenance, refuseAll } from "../files";
import type { CellReader, Places } from "./cells";
import type { CampaignMapping } from "./mapping";
import type { LoadReport } from "./report";
import type { ObservedSpell, OwnOutcome } from "./spell";

/**
 * Somebody's data as columns, one element a row used, in the file's order; what kaplanMeier(), logRank(), cox() and the
 * others take. Times are months from time zero.
 */
export interface CampaignData {
  readonly title: string;
  readonly file: string;
  readonly mapping: CampaignMapping;
  readonly report: LoadReport;
  /** Distinct kinds of provenance; "own" for a reader's data. */
  readonly provenance: readonly Provenance[];
  readonly n: number;
  /** Row as a spreadsheet counts: the header is row 1. */
  readonly row: Float64Array;
  readonly id: readonly string[];
  /** Months to release, to another end, or to the end of observation. */
  readonly time: Float64Array;
  /** 1: released at `time`. 0: not; other ends of custody are censoring here and causes in `cause`. */
  readonly event: Uint8Array;
  readonly cause: readonly OwnOutcome[];
  /** When observation began, in months; only with delayed entry. */
  readonly entry?: Float64Array;
  /** Name of the arm, or "all". */
  readonly group: readonly string[];
  /** 1 for the treated; null without a treatment. */
  readonly treated: Uint8Array | null;
  /** Names of the arms, the treated first; one name without a treatment. */
  readonly groups: readonly string[];
  /** Months to the first and the last possible day of the end; infinite above for a censored row. */
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
  columns(mapping: CampaignMapping, file: string) {
    const [ids, cause, numbers] = [this.#ids, this.#cause, this.#numbers];
    const row = numbers.row.toArray();
    const covariates = covariateColumns(this.places.covariates, this.#covariates, file, row);
    const { treated: exposed, control } = mapping.groups ?? { treated: "treated", control: "control" };
    const treated = mapping.treatment.kind === "none" ? null : Uint8Array.from(numbers.treated.toArray());
    return {
      described: covariates.described,
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

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;

/**
 * Texts of covariates as numbers, where all of them are numbers or the mapping says so, else as categories.
 *
 * @throws DataError with the first row of each text that is no number in a column that the mapping calls one
 */
function covariateColumns(
  named: Places["covariates"],
  texts: readonly GrowingTexts[],
  file: string,
  rows: Float64Array,
) {
  const columns: Record<string, readonly (number | string | null)[]> = {};
  const described: LoadReport["covariates"][number][] = [];
  const faults: Fault[] = [];
  named.forEach(({ name, as }, i) => {
    const { levels } = texts[i];
    const values = texts[i].toArray();
    const wrong = levels.filter((text) => !NUMBER.test(text));
    const numeric = as === "number" || (as === undefined && levels.length > 0 && wrong.length === 0);
    if (numeric && wrong.length > 0) {
      for (const text of wrong.slice(0, 20)) {
        const row = rows[values.indexOf(text)];
        const message = `${JSON.stringify(text)} is not a number, and the mapping reads the column as one; mend it, or read the column as a category`;
        faults.push({ row, column: name, value: text, rule: "number", message });
      }
    }
    const read = new Map(levels.map((text) => [text, Number(text)]));
    columns[name] = numeric
      ? values.map((text) => (text === null ? null : (read.get(text) ?? null)))
      : values;
    described.push({
      name,
      kind: numeric ? "number" : "category",
      levels: numeric ? null : levels.length,
      missing: values.reduce((count, text) => count + (text === null ? 1 : 0), 0),
    });
  });
  if (faults.length > 0) throw refuseAll(file, faults);
  return { columns, described };
}
