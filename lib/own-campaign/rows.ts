import {
  ANY_PROVENANCE,
  DataError,
  didYouMean,
  isBlank,
  type Problem,
  type Provenance,
  plain,
  provenancesOf,
  refuse,
  rowForm,
  rowWidth,
  shown,
  swallowedRows,
  TOO_MANY,
} from "../files";
import { type Arm, ArmReader } from "./arms";
import { type CampaignData, UsedRows } from "./campaign-data";
import {
  CellReader,
  findColumns,
  isFault,
  isRefused,
  type Places,
  type Refused,
  type RowFault,
  rowFault,
} from "./cells";
import { FirstRows } from "./first-rows";
import { type FileFormat, notAHeader } from "./formats";
import { type CampaignMapping, type StatusEntry, unitOf } from "./mapping";
import { PlainRows } from "./plain-rows";
import { loadReport, Tallies, type Tally } from "./report";
import { HELD, type Note, type ObservedSpell, SpellReader } from "./spell";

/** After so many problems reading ends: the list is long enough to mend a cause. */
const MOST_PROBLEMS = 200;

/** What reads the records of one file and keeps those used, made once the header is known. */
interface Readers {
  readonly places: Places;
  readonly cells: CellReader;
  readonly spells: SpellReader;
  readonly arms: ArmReader;
  readonly used: UsedRows;
  /** Null until the first row is read, and where the mapping leaves nothing to it. */
  plain: PlainRows | null;
}

/** Takes the records of a file one by one and becomes {@link CampaignData}. */
export class RowCollector {
  #readers: Readers | null = null;
  readonly #problems: Problem[] = [];
  readonly #setAside = new Tallies();
  readonly #assumed = new Tallies();
  readonly #uncertain = new Tallies();
  readonly #statuses = new Map<string, number>();
  readonly #firstRow = new FirstRows();
  readonly #provenance = new Set<Provenance>();
  /** Cells of a row, once the first is read. */
  #width: number | null = null;
  #read = 0;
  #blank = 0;
  readonly #warnings: string[] = [];
  #undecided: Tally | null = null;
  #alleged = 0;
  #late = 0;
  #straddling = 0;

  /** @param head the file's first lines */
  constructor(
    private readonly file: string,
    private readonly format: FileFormat,
    private readonly mapping: CampaignMapping,
    private readonly head: readonly string[],
    /** Whether rows that need no second look are read as such; a test compares both. */
    private readonly options: { readonly plainRows?: boolean } = {},
  ) {}

  /** Whether each row has a date in the column of the end, those held as well: one column has the last day of each. */
  get endsAreLastSeen(): boolean {
    const { released, lastSeen, died, escaped, status } = this.mapping.columns;
    const { heldWithDate = 0, withoutDate = 0 } = this.#readers?.spells ?? {};
    const same = JSON.stringify(released);
    const others =
      lastSeen !== undefined ||
      [died, escaped].some((column) => column !== undefined && JSON.stringify(column) !== same);
    const faulty = this.#problems.some(({ rule }) => rule !== "status-and-date");
    return status !== undefined && !others && !faulty && heldWithDate > 0 && withoutDate === 0;
  }

  /** Whether no row lacks a date in the column of the end. */
  get allDated(): boolean {
    return this.#readers?.spells.withoutDate === 0;
  }

  /** Takes a line if it is a row that needs no second look; all others are left to {@link take}. */
  takeLine(text: string, from: number, end: number, row: number): boolean {
    const readers = this.#readers;
    const plainRows = readers?.plain ?? null;
    if (readers === null || plainRows === null || !plainRows.read(text, from, end, row)) return false;
    this.#read += 1;
    plainRows.count();
    const { status, open, late, provenance, vague } = plainRows;
    if (status !== null) this.#statuses.set(status, (this.#statuses.get(status) ?? 0) + 1);
    if (open) this.#assumed.add(HELD, row, "");
    if (vague !== null) this.#uncertain.add(`${readers.places.detained.name}: ${vague.precision}`, row, vague.text);
    if (late) this.#late += 1;
    this.#provenance.add(provenance);
    readers.used.addPlain(text, row, plainRows);
    return true;
  }

  /** Takes a record; false once there is no use in more. */
  take(record: readonly string[], row: number, quoted: boolean): boolean {
    if (this.#readers === null) {
      this.#readers = this.#start(record);
      return true;
    }
    if (isBlank(record)) {
      this.#blank += 1;
      return true;
    }
    const { places, cells } = this.#readers;
    if (this.#width === null) {
      this.#width = rowWidth(places.header, record);
      if (PlainRows.canRead(places)) {
        const { mapping, format } = this;
        const { plainRows = true } = this.options;
        if (plainRows)
          this.#readers.plain = new PlainRows(
            mapping,
            places,
            this.#readers,
            this.#firstRow,
            this.#width,
            format.delimiter,
          );
      }
    }
    const isRow = (line: readonly string[]) => cells.looksLikeRow(line, places);
    const advice =
      record.length === this.#width + 1
        ? "; a cell that holds the delimiter needs quotation marks, and where each row has one cell more it may be the names of rows that R's write.table writes without a heading"
        : undefined;
    const form =
      rowForm(record, this.#width, advice) ??
      (quoted ? swallowedRows(record, this.format.delimiter, this.#width, isRow) : null);
    if (form !== null) {
      this.#problem("ragged-row", form, row);
    } else {
      this.#read += 1;
      this.#takeRow(record, row, this.#readers);
    }
    return this.#problems.length < MOST_PROBLEMS;
  }

  /** All that was taken. @throws DataError if the file cannot be used */
  finish(): CampaignData {
    const { file, mapping } = this;
    const readers = this.#readers;
    if (readers !== null) {
      this.#checkTreated(readers);
      this.#checkOrder(readers.cells);
    }
    if (this.#problems.length >= MOST_PROBLEMS) {
      const message = `reading stopped here, after ${this.#problems.length} problems; mend their cause, or say faultyRows: "set aside" in the mapping`;
      this.#problem(TOO_MANY, message);
    }
    if (readers === null || (this.#read === 0 && this.#problems.length === 0)) {
      this.#problem("no-rows", "has a header row and no data rows");
    }
    if (this.#problems.length === 0 && readers?.used.ids.length === 0) {
      const reasons = this.#setAside.list().map(({ what, count }) => `${count}: ${what}`);
      const message = `none of its ${this.#read} rows can be used (${reasons.join("; ")}); check the mapping's columns, time zero and end of follow-up`;
      this.#problem("nothing-used", message);
    }
    if (readers === null || this.#problems.length > 0) throw new DataError(this.#problems);
    const { data, described, warnings } = readers.used.columns(mapping, file, this.format.delimiter);
    const report = loadReport(mapping, {
      file,
      format: this.format,
      places: readers.places,
      read: this.#read,
      blankRows: this.#blank,
      warnings: [...this.#warnings, ...warnings],
      cause: data.cause,
      treated: data.treated,
      setAside: this.#setAside.list(),
      assumed: [...this.#assumed.list(), ...(this.#undecided === null ? [] : [this.#undecided])],
      uncertain: this.#uncertain.list(),
      statuses: this.#statuses,
      alleged: this.#alleged,
      late: this.#late,
      straddling: this.#straddling,
      treatmentValues: readers.arms.values(),
      covariates: described,
    });
    const provenance = provenancesOf({ provenance: [...this.#provenance] });
    return { title: mapping.title, file, mapping, report, provenance, unit: unitOf(mapping), ...data };
  }

  #start(header: readonly string[]): Readers {
    const { mapping } = this;
    const places = this.#places(header);
    const cells = new CellReader(mapping, places.header);
    const spells = new SpellReader(mapping, places, cells);
    const arms = new ArmReader(mapping, places, cells);
    return { places, cells, spells, arms, used: new UsedRows(mapping, places), plain: null };
  }

  #places(header: readonly string[]): Places {
    try {
      return findColumns(header, this.mapping, this.file, this.format);
    } catch (error) {
      const missing = error instanceof DataError ? error.problems.flatMap(({ column }) => column ?? []) : [];
      const instead = missing.length === 0 ? null : notAHeader(this.head, missing);
      throw instead === null ? error : refuse(this.file, "header", instead, 1);
    }
  }

  #takeRow(record: readonly string[], row: number, readers: Readers): void {
    const { places, cells, spells, arms, used } = readers;
    cells.timed.clear();
    const id = places.id < 0 ? `row ${row}` : (cells.text(record, places.id) ?? "");
    if (places.id >= 0 && !this.#checkId(id, row, places.header[places.id])) return;
    arms.meet(record, id);
    const status = spells.status(record);
    if (isFault(status)) {
      this.#fault(row, status);
      return;
    }
    const statusText = cells.text(record, places.status);
    if (statusText !== null) {
      const status = plain(statusText);
      this.#statuses.set(status, (this.#statuses.get(status) ?? 0) + 1);
    }
    const notes: [Tallies, string, string][] = [];
    const read = this.#readRow(record, id, status, readers, (kind, what, value) => {
      notes.push([kind === "assumed" ? this.#assumed : this.#uncertain, what, value]);
    });
    if (isRefused(read)) {
      if (isFault(read)) this.#fault(row, read);
      else this.#setAside.add(read.setAside, row, read.value);
      return;
    }
    const { spell, arm, provenance } = read;
    for (const [tallies, what, value] of notes) tallies.add(what, row, value);
    for (const column of cells.timed) {
      const text = cells.text(record, places.header.indexOf(column)) ?? "";
      this.#assumed.add(`${column}: the time of day behind the date is not used`, row, text);
    }
    if (arm.uncertain) {
      this.#straddling += 1;
      const text = cells.text(record, places.treatment?.date ?? -1) ?? "";
      this.#uncertain.add("treatment: which arm the row is in rests on the date policy", row, text);
    }
    if (arm.late) this.#late += 1;
    if (spell.alleged) this.#alleged += 1;
    this.#provenance.add(provenance);
    used.addRecord({ row, id, ...spell, treated: arm.treated === true }, (place) => cells.text(record, place));
  }

  /** Spell, arm and provenance of a record, or why it has none. */
  #readRow(
    record: readonly string[],
    id: string,
    status: StatusEntry | null,
    { places, cells, spells, arms }: Readers,
    note: Note,
  ): { spell: ObservedSpell; arm: Arm; provenance: Provenance } | Refused {
    const provenance = this.#provenanceOf(record, places, cells);
    if (typeof provenance !== "string") return provenance;
    const spell = spells.read(record, status, note);
    if (isRefused(spell)) return spell;
    const arm = arms.read(record, id, spell.zero);
    return isRefused(arm) ? arm : { spell, arm, provenance };
  }

  #provenanceOf(record: readonly string[], places: Places, cells: CellReader): Provenance | RowFault {
    const text = cells.text(record, places.provenance);
    if (text === null) return this.mapping.provenance ?? "own";
    const known = ANY_PROVENANCE.find((one) => one === text);
    if (known !== undefined) return known;
    const message = `${shown(text)} is not one of ${ANY_PROVENANCE.join(", ")}${didYouMean(text, ANY_PROVENANCE)}`;
    return rowFault(places.header[places.provenance], text, "provenance", message);
  }

  /** Whether the id is there and new. */
  #checkId(id: string, row: number, column: string): boolean {
    if (id === "") {
      const message = "is empty; an id for each row is needed, or a mapping without columns.id";
      this.#fault(row, rowFault(column, "", "id", message));
      return false;
    }
    const key = plain(id);
    const first = this.#firstRow.meet(key, row);
    if (first === null) return true;
    const message = `${shown(id)} stands in row ${first} already; one row for each spell in custody and an id for each row are needed`;
    this.#fault(row, rowFault(column, id, "unique", message));
    return false;
  }

  /** Whether everybody whom the mapping calls treated is in the file. */
  #checkTreated({ arms, used }: Readers): void {
    const { treatment, columns } = this.mapping;
    if (this.#problems.length >= MOST_PROBLEMS) return;
    for (const wanted of arms.unmet()) {
      if (treatment.kind === "ids") {
        const near = didYouMean(wanted, used.ids.slice(0, 5000));
        const message = `the mapping's treatment names the id ${shown(wanted)}, and no row has it${near}`;
        this.#problem("treatment", message, null, columns.id ?? null, wanted);
      } else if (treatment.kind === "column") {
        const found = arms.found();
        const message = `no row of "${treatment.column}" is ${shown(wanted)}, which the mapping calls treated; it has ${found === "" ? "no value" : found}`;
        // Where control is named each value of the file is checked, so that nobody changes sides in silence.
        if (treatment.control === undefined) this.#problem("treatment", message, null, treatment.column, wanted);
        else this.#warnings.push(`${message[0].toUpperCase()}${message.slice(1)}.`);
      }
    }
  }

  /** Whether day and month are exchanged in the file, or may be. */
  #checkOrder(cells: CellReader): void {
    const { order, exchangedFormat } = cells;
    const { dateFormat, faultyRows } = this.mapping;
    const { example, exchanged } = order;
    if (exchangedFormat !== null && example !== null && faultyRows === "set aside") {
      const found = `${exchanged} dates are none as ${dateFormat} asks, and are dates as ${exchangedFormat} (such as ${shown(example.text)})`;
      if (order.neither > 0)
        this.#warnings.push(`${found}: where day and month are both below 13, dates may be misread.`);
      else {
        const message = `${found}: day and month are exchanged, and the dates of other rows would be misread; say dateFormat: "${exchangedFormat}"`;
        const column = this.#readers?.places.header[example.place] ?? null;
        this.#problem("day-and-month", message, null, column, example.text);
      }
    }
    if (cells.undecided) {
      const what = `no date has a day above 12, so that day and month may be exchanged: read as ${dateFormat}`;
      this.#undecided = { what, count: order.either, examples: [] };
    }
  }

  #fault(row: number, { fault }: RowFault): void {
    if (this.mapping.faultyRows === "set aside") {
      this.#setAside.add(`faulty: ${fault.column}, ${fault.rule}`, row, fault.value);
      return;
    }
    this.#problem(fault.rule, fault.message, row, fault.column, fault.value);
  }

  #problem(
    rule: string,
    message: string,
    row: number | null = null,
    column: string | null = null,
    value: string | null = null,
  ): void {
    this.#problems.push({ file: this.file, row, column, value, rule, message });
  }
}
