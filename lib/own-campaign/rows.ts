import {
  ANY_PROVENANCE,
  DataError,
  didYouMean,
  isBlank,
  type Problem,
  type Provenance,
  provenancesOf,
  rowForm,
} from "../files";
import { type Arm, ArmReader } from "./arms";
import type { CampaignData } from "./campaign-data";
import { CellReader, isFault, type RowFault } from "./cells";
import { collectedReport } from "./collected-report";
import { findColumns, type Places } from "./columns";
import { covariateColumns } from "./covariates";
import { dateReader } from "./date-format";
import { GrowingNumbers, GrowingTexts } from "./growing";
import type { CampaignMapping, StatusEntry } from "./mapping";
import type { TableFile } from "./read";
import { Tallies } from "./report";
import { type Note, type OwnOutcome, type SetAside, type Spell, SpellReader } from "./spell";

/** After so many problems reading ends: the list is long enough to mend a cause. */
const MOST_PROBLEMS = 200;

/** What reads the records of one file, made once the header is known. */
interface Readers {
  readonly places: Places;
  readonly cells: CellReader;
  readonly spells: SpellReader;
  readonly arms: ArmReader;
}

/** Takes the records of a file one by one and becomes {@link CampaignData}. */
export class RowCollector {
  #readers: Readers | null = null;
  readonly #problems: Problem[] = [];
  readonly #setAside = new Tallies();
  readonly #assumed = new Tallies();
  readonly #uncertain = new Tallies();
  readonly #statuses = new Map<string, number>();
  readonly #firstRow = new Map<string, number>();
  readonly #provenance = new Set<Provenance>();
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
  readonly #covariates: GrowingTexts[] = [];
  readonly #country = new GrowingTexts();
  #read = 0;
  #blank: number | null = null;
  #alleged = 0;
  #late = 0;
  #straddling = 0;

  constructor(
    private readonly table: TableFile,
    private readonly mapping: CampaignMapping,
  ) {}

  /** Takes a record; false once there is no use in more. */
  take(record: readonly string[], row: number): boolean {
    if (this.#readers === null) {
      this.#readers = this.#start(record);
      return true;
    }
    if (isBlank(record)) {
      this.#blank ??= row;
      return true;
    }
    if (this.#blank !== null) this.#blankLine(this.#blank);
    const { places } = this.#readers;
    const message = rowForm(record, places.header.length);
    if (message !== null) {
      this.#problem(row, null, null, "ragged-row", message);
    } else {
      this.#read += 1;
      this.#takeRow(record, row, this.#readers);
    }
    return this.#problems.length < MOST_PROBLEMS;
  }

  /** All that was taken. @throws DataError if the file cannot be used */
  finish(): CampaignData {
    const { table, mapping } = this;
    const readers = this.#readers;
    if (readers !== null) this.#checkIds(readers.arms);
    if (this.#problems.length >= MOST_PROBLEMS) {
      const message = `reading stopped here, after ${this.#problems.length} problems; mend their cause, or say faultyRows: "set aside" in the mapping`;
      this.#problem(null, null, null, "too-many", message);
    }
    if (readers === null || (this.#read === 0 && this.#problems.length === 0)) {
      this.#problem(null, null, null, "no-rows", "has a header row and no data rows");
    }
    if (this.#problems.length === 0 && this.#ids.length === 0) {
      const reasons = this.#setAside.list().map(({ what, count }) => `${count}: ${what}`);
      const message = `none of its ${this.#read} rows can be used (${reasons.join("; ")}); check the mapping's columns, time zero and end of follow-up`;
      this.#problem(null, null, null, "nothing-used", message);
    }
    if (readers === null || this.#problems.length > 0) throw new DataError(this.#problems);
    const n = this.#ids.length;
    const covariates = covariateColumns(readers.places.covariates, this.#covariates, {
      file: table.file,
      rows: this.#numbers.row,
    });
    const groups = mapping.groups ?? { treated: "treated", control: "control" };
    const treated =
      mapping.treatment.kind === "none" ? null : Uint8Array.from(this.#numbers.treated.toArray());
    return {
      title: mapping.title,
      file: table.file,
      mapping,
      report: collectedReport(mapping, this.table, {
        places: readers.places,
        read: this.#read,
        cause: this.#cause,
        treated,
        setAside: this.#setAside.list(),
        assumed: this.#assumed.list(),
        uncertain: this.#uncertain.list(),
        statuses: this.#statuses,
        alleged: this.#alleged,
        late: this.#late,
        straddling: this.#straddling,
        treatmentValues: readers.arms.values(),
        covariates: covariates.described,
      }),
      provenance: provenancesOf({ provenance: [...this.#provenance] }),
      n,
      row: this.#numbers.row.toArray(),
      id: this.#ids,
      time: this.#numbers.time.toArray(),
      event: Uint8Array.from(this.#cause, (cause) => (cause === "released" ? 1 : 0)),
      cause: this.#cause,
      ...(mapping.observedFrom === undefined ? {} : { entry: this.#numbers.entry.toArray() }),
      group:
        treated === null
          ? new Array<string>(n).fill("all")
          : Array.from(treated, (arm) => (arm === 1 ? groups.treated : groups.control)),
      treated,
      groups: treated === null ? ["all"] : [groups.treated, groups.control],
      lower: this.#numbers.lower.toArray(),
      upper: this.#numbers.upper.toArray(),
      covariates: covariates.columns,
      country: mapping.columns.country === undefined ? null : this.#country.toArray(),
    };
  }

  #start(header: readonly string[]): Readers {
    const { mapping } = this;
    const places = findColumns(header, mapping, this.table);
    const missing = mapping.missing ?? ["NA", "."];
    const cells = new CellReader(missing, dateReader(mapping.dateFormat), mapping.dateFormat, places.header);
    this.#covariates.push(...places.covariates.map(() => new GrowingTexts()));
    return {
      places,
      cells,
      spells: new SpellReader(mapping, places, cells),
      arms: new ArmReader(mapping, places, cells),
    };
  }

  #takeRow(record: readonly string[], row: number, readers: Readers): void {
    const { places, cells, spells, arms } = readers;
    const id = places.id < 0 ? `row ${row}` : (cells.text(record, places.id) ?? "");
    if (places.id >= 0 && !this.#checkId(id, row, places.header[places.id])) return;
    arms.meet(id);
    const status = spells.status(record);
    if (isFault(status)) {
      this.#fault(row, status);
      return;
    }
    const statusText = cells.text(record, places.status);
    if (statusText !== null) this.#statuses.set(statusText, (this.#statuses.get(statusText) ?? 0) + 1);
    const notes: [Tallies, string, string][] = [];
    const read = this.#readRow(record, id, status, readers, (kind, what, value) => {
      notes.push([kind === "assumed" ? this.#assumed : this.#uncertain, what, value]);
    });
    if ("fault" in read) {
      this.#fault(row, read);
      return;
    }
    if ("setAside" in read) {
      this.#setAside.add(read.setAside, row, read.value);
      return;
    }
    const { spell, arm, provenance } = read;
    for (const [tallies, what, value] of notes) tallies.add(what, row, value);
    if (arm.uncertain) {
      this.#straddling += 1;
      const text = cells.text(record, places.treatment?.date ?? -1) ?? "";
      this.#uncertain.add("treatment: which arm the row is in rests on the date policy", row, text);
    }
    if (arm.late) this.#late += 1;
    if (spell.alleged) this.#alleged += 1;
    this.#provenance.add(provenance);
    this.#keep(spell, record, id, row, arm.treated === true, places, cells);
  }

  /** Spell, arm and provenance of a record, or why it has none. */
  #readRow(
    record: readonly string[],
    id: string,
    status: StatusEntry | null,
    { places, cells, spells, arms }: Readers,
    note: Note,
  ): { spell: Spell; arm: Arm; provenance: Provenance } | SetAside | RowFault {
    const provenance = this.#provenanceOf(record, places, cells);
    if (typeof provenance !== "string") return provenance;
    const spell = spells.read(record, status, note);
    if ("fault" in spell || "setAside" in spell) return spell;
    const arm = arms.read(record, id, spell.zero);
    return "fault" in arm || "setAside" in arm ? arm : { spell, arm, provenance };
  }

  #keep(
    spell: Spell,
    record: readonly string[],
    id: string,
    row: number,
    treated: boolean,
    places: Places,
    cells: CellReader,
  ): void {
    this.#ids.push(id);
    this.#cause.push(spell.outcome);
    this.#numbers.row.push(row);
    this.#numbers.time.push(spell.time);
    this.#numbers.entry.push(spell.entry);
    this.#numbers.lower.push(spell.lower);
    this.#numbers.upper.push(spell.upper);
    this.#numbers.treated.push(treated ? 1 : 0);
    places.covariates.forEach(({ place }, i) => {
      this.#covariates[i].push(cells.text(record, place));
    });
    if (places.country >= 0) this.#country.push(cells.text(record, places.country));
  }

  #provenanceOf(record: readonly string[], places: Places, cells: CellReader): Provenance | RowFault {
    const usual = this.mapping.provenance ?? "own";
    if (places.provenance < 0) return usual;
    const text = cells.text(record, places.provenance);
    if (text === null) return usual;
    const known = ANY_PROVENANCE.find((one) => one === text);
    if (known !== undefined) return known;
    const column = places.header[places.provenance];
    const message = `${JSON.stringify(text)} is not one of ${ANY_PROVENANCE.join(", ")}${didYouMean(text, ANY_PROVENANCE)}`;
    return { fault: { column, value: text, rule: "provenance", message } };
  }

  /** Whether the id is there and new. */
  #checkId(id: string, row: number, column: string): boolean {
    if (id === "") {
      const message = "is empty; an id for each row is needed, or a mapping without columns.id";
      this.#fault(row, { fault: { column, value: "", rule: "id", message } });
      return false;
    }
    const first = this.#firstRow.get(id);
    if (first === undefined) {
      this.#firstRow.set(id, row);
      return true;
    }
    const message = `${JSON.stringify(id)} stands in row ${first} already; one row for each spell in custody and an id for each row are needed`;
    this.#fault(row, { fault: { column, value: id, rule: "unique", message } });
    return false;
  }

  #checkIds(arms: ArmReader): void {
    for (const id of arms.unmet()) {
      const near = didYouMean(id, this.#ids.slice(0, 5000));
      const message = `the mapping's treatment names the id ${JSON.stringify(id)}, and no row has it${near}`;
      this.#problem(null, this.mapping.columns.id ?? null, id, "treatment", message);
    }
  }

  #fault(row: number, { fault }: RowFault): void {
    if (this.mapping.faultyRows === "set aside") {
      this.#setAside.add(`faulty: ${fault.column}, ${fault.rule}`, row, fault.value);
      return;
    }
    this.#problem(row, fault.column, fault.value, fault.rule, fault.message);
  }

  #blankLine(row: number): void {
    this.#blank = null;
    this.#problem(row, null, null, "ragged-row", "is blank; remove the line");
  }

  #problem(
    row: number | null,
    column: string | null,
    value: string | null,
    rule: string,
    message: string,
  ): void {
    this.#problems.push({ file: this.table.file, row, column, value, rule, message });
  }
}
