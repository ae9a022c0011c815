/** A column of numbers that grows with the rows; eight bytes a row, whatever they are. */
export class GrowingNumbers {
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
export class GrowingTexts {
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
