import { pointOf } from "../dates";
import { plain, shown } from "../files";
import { aside, type CellReader, isFault, type Places, type Refused, rowFault, type SetAside } from "./cells";
import type { CampaignMapping } from "./mapping";

/** The arm of a row; null where the mapping has no treatment. */
export interface Arm {
  readonly treated: boolean | null;
  /** The treatment began after time zero. */
  readonly late: boolean;
  /** The date of the treatment may lie on either side of the rule's limits. */
  readonly uncertain: boolean;
}

/** What a text of the treatment's column means, and how many rows have it. */
export interface ArmValue {
  /** Null for an empty cell. */
  readonly text: string | null;
  readonly treated: boolean;
  /** Why rows with it cannot be used; null where they can. */
  readonly refused: Refused | null;
  /** Rows of the file with it, and those of them whose arm was read. */
  met: number;
  read: number;
}

/** Reads the arm of each record under the mapping's rule, and remembers what it met. */
export class ArmReader {
  /** What each text of the treatment's column means, the empty cell under null; and those of rows that were read. */
  readonly #values = new Map<string | null, ArmValue>();
  readonly #read: ArmValue[] = [];
  readonly #wanted: ReadonlySet<string>;
  readonly #control: ReadonlySet<string> | null;
  /** Ids of the mapping's list that a row has. */
  readonly #met = new Set<string>();

  constructor(
    private readonly mapping: CampaignMapping,
    private readonly places: Places,
    private readonly cells: CellReader,
  ) {
    const { treatment } = mapping;
    const wanted = treatment.kind === "ids" ? treatment.ids : treatment.kind === "column" ? treatment.treated : [];
    this.#wanted = new Set(wanted.map(plain));
    this.#control =
      treatment.kind === "column" && treatment.control !== undefined ? new Set(treatment.control.map(plain)) : null;
  }

  /** @param zero ISO day at which the row's clock started */
  read(record: readonly string[], id: string, zero: string): Arm | Refused {
    const { treatment } = this.mapping;
    switch (treatment.kind) {
      case "none":
        return { treated: null, late: false, uncertain: false };
      case "ids":
        return { treated: this.isWanted(plain(id)), late: false, uncertain: false };
      case "column": {
        const value = this.valueOf(this.cells.text(record, this.places.treatment?.date ?? -1));
        if (value.refused !== null) return value.refused;
        this.count(value);
        return { treated: value.treated, late: false, uncertain: false };
      }
      case "date":
        return this.#byDate(record, zero, treatment);
    }
  }

  /** Says that a row is in the file, whether it is used or not. */
  meet(record: readonly string[], id: string): void {
    if (this.mapping.treatment.kind === "column") {
      this.valueOf(this.cells.text(record, this.places.treatment?.date ?? -1)).met += 1;
    } else if (this.#wanted.size > 0) this.meetId(plain(id));
  }

  /** The same where the id is known, as it is compared. */
  meetId(id: string): void {
    if (this.isWanted(id)) this.#met.add(id);
  }

  /** Whether the mapping's list has an id, as it is compared. */
  isWanted(id: string): boolean {
    return this.#wanted.has(id);
  }

  /** Says that the arm of a row was read from a value. */
  count(value: ArmValue): void {
    if (value.read === 0) this.#read.push(value);
    value.read += 1;
  }

  /** What a text of the treatment's column means; null is an empty cell. */
  valueOf(text: string | null): ArmValue {
    let value = this.#values.get(text);
    if (value === undefined) {
      value = { text, met: 0, read: 0, ...this.#meaningOf(text) };
      this.#values.set(text, value);
    }
    return value;
  }

  /** Ids of the list, or values that mean treated, that no row has. */
  unmet(): string[] {
    const met = new Set(this.#met);
    for (const { text, met: rows } of this.#values.values()) if (text !== null && rows > 0) met.add(plain(text));
    return [...this.#wanted].filter((wanted) => !met.has(wanted));
  }

  /** Values that the treatment's column has, most frequent first. */
  found(): string {
    const all = [...this.#values.values()].flatMap(({ text, met }) =>
      text === null || met === 0 ? [] : [{ text, met }],
    );
    all.sort((a, b) => b.met - a.met);
    const shownValues = all.slice(0, 10).map(({ text, met }) => `${shown(text)} (${met})`);
    return `${shownValues.join(", ")}${all.length > 10 ? `, and ${all.length - 10} more` : ""}`;
  }

  /** Values of the treatment's column, most frequent first, up to twenty. */
  values(): { value: string; treated: boolean; count: number }[] {
    const all = this.#read.map(({ text, treated, read }) => ({ value: text ?? "(empty)", treated, count: read }));
    return all.sort((a, b) => b.count - a.count).slice(0, 20);
  }

  #meaningOf(text: string | null): Pick<ArmValue, "treated" | "refused"> {
    const { treatment: rule } = this.mapping;
    const treated = text !== null && this.#wanted.has(plain(text));
    if (rule.kind !== "column") return { treated, refused: null };
    if (text === null && rule.empty !== "control") return { treated, refused: notKnown(rule.column) };
    if (text === null || treated || this.#control?.has(plain(text)) !== false) return { treated, refused: null };
    const message = `${shown(text)} is neither under the mapping's treated (${rule.treated.join(", ")}) nor under control (${rule.control?.join(", ")})`;
    return { treated, refused: rowFault(rule.column, text, "treatment", message) };
  }

  #byDate(
    record: readonly string[],
    zero: string,
    rule: Extract<CampaignMapping["treatment"], { kind: "date" }>,
  ): Arm | Refused {
    const interval = this.places.treatment === null ? null : this.cells.interval(record, this.places.treatment);
    if (isFault(interval)) return interval;
    if (interval === null) {
      return rule.empty === "control" ? { treated: false, late: false, uncertain: false } : notKnown(rule.column);
    }
    const inside = (day: string) => day >= (rule.from ?? day) && day <= (rule.until ?? day);
    const day = pointOf(interval, this.mapping.policy ?? "reported");
    const treated = inside(day);
    const uncertain = [interval.earliest, interval.latest].some((other) => inside(other) !== treated);
    return { treated, late: treated && day > zero, uncertain };
  }
}

function notKnown(column: string): SetAside {
  return aside("the treatment is not known", `${column} is empty`);
}
