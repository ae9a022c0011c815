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

/** Reads the arm of each record under the mapping's rule, and remembers what it met. */
export class ArmReader {
  readonly #values = new Map<string, { treated: boolean; count: number }>();
  readonly #wanted: ReadonlySet<string>;
  readonly #control: ReadonlySet<string> | null;
  readonly #met = new Set<string>();
  /** Values of the treatment's column in all rows read, with how many have each. */
  readonly #found = new Map<string, number>();

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
        return { treated: this.#wanted.has(plain(id)), late: false, uncertain: false };
      case "column":
        return this.#byValue(record, treatment);
      case "date":
        return this.#byDate(record, zero, treatment);
    }
  }

  /** Says that a row is in the file, whether it is used or not. */
  meet(record: readonly string[], id: string): void {
    const { treatment } = this.mapping;
    if (treatment.kind === "column") {
      const value = this.cells.text(record, this.places.treatment?.date ?? -1);
      if (value === null) return;
      this.#met.add(plain(value));
      if (this.#found.size < 1000) this.#found.set(value, (this.#found.get(value) ?? 0) + 1);
    } else if (this.#wanted.size > 0 && this.#wanted.has(plain(id))) this.#met.add(plain(id));
  }

  /** Ids of the list, or values that mean treated, that no row has. */
  unmet(): string[] {
    return [...this.#wanted].filter((wanted) => !this.#met.has(wanted));
  }

  /** Values that the treatment's column has, most frequent first. */
  found(): string {
    const all = [...this.#found].sort((a, b) => b[1] - a[1]);
    const shownValues = all.slice(0, 10).map(([value, count]) => `${shown(value)} (${count})`);
    return `${shownValues.join(", ")}${all.length > 10 ? `, and ${all.length - 10} more` : ""}`;
  }

  /** Values of the treatment's column, most frequent first, up to twenty. */
  values(): { value: string; treated: boolean; count: number }[] {
    const all = Array.from(this.#values, ([value, found]) => ({ value, ...found }));
    return all.sort((a, b) => b.count - a.count).slice(0, 20);
  }

  #byValue(record: readonly string[], rule: Extract<CampaignMapping["treatment"], { kind: "column" }>): Arm | Refused {
    const place = this.places.treatment?.date ?? -1;
    const text = this.cells.text(record, place);
    const treated = text !== null && this.#wanted.has(plain(text));
    if (text === null && rule.empty !== "control") return notKnown(rule.column);
    if (text !== null && !treated && this.#control?.has(plain(text)) === false) {
      const message = `${shown(text)} is neither under the mapping's treated (${rule.treated.join(", ")}) nor under control (${rule.control?.join(", ")})`;
      return rowFault(rule.column, text, "treatment", message);
    }
    const value = text ?? "(empty)";
    const found = this.#values.get(value);
    if (found === undefined) this.#values.set(value, { treated, count: 1 });
    else found.count += 1;
    return { treated, late: false, uncertain: false };
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
