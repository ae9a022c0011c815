/** Who needs whom among the cells of a notebook, and what has to run again. */

/** What the graph has to know of a cell. */
export interface GraphCell {
  readonly number: number;
  readonly defines: readonly { readonly name: string }[];
  readonly reads: readonly string[];
  /** Names of other cells whose values it changes, as its code says or as was seen when it ran. */
  readonly changes: readonly string[];
}

/** The graph of some cells. */
export class CellGraph {
  readonly #cells: readonly GraphCell[];
  readonly #makers = new Map<string, number>();

  constructor(cells: readonly GraphCell[]) {
    this.#cells = cells;
    for (const { number, defines } of cells) for (const { name } of defines) this.#makers.set(name, number);
  }

  /** The cells whose names a cell uses, itself not among them. */
  needs(number: number): number[] {
    const { reads = [] } = this.#cell(number) ?? {};
    return this.#makersOf(reads, number);
  }

  /** The cells that use what these make, directly or not; these themselves not among them unless they do. */
  dependents(of: Iterable<number>): Set<number> {
    const users = new Map<number, number[]>();
    for (const { number } of this.#cells)
      for (const maker of this.needs(number)) users.set(maker, [...(users.get(maker) ?? []), number]);
    const found = new Set<number>();
    const waiting = [...of];
    for (let one = waiting.pop(); one !== undefined; one = waiting.pop())
      for (const user of users.get(one) ?? [])
        if (!found.has(user)) {
          found.add(user);
          waiting.push(user);
        }
    return found;
  }

  /**
   * What has to run, in order, so that these cells are up to date.
   *
   * A cell that changes the value of another one would change it twice: that one runs again before it, and with it all
   * that use it.
   *
   * @param isThere whether what a cell makes is there already
   */
  plan(targets: Iterable<number>, isThere: (number: number) => boolean): number[] {
    const planned = new Set<number>();
    const waiting = [...targets];
    for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
      if (planned.has(one)) continue;
      planned.add(one);
      for (const needed of this.needs(one)) if (!isThere(needed)) waiting.push(needed);
      const { changes = [] } = this.#cell(one) ?? {};
      for (const maker of this.#makersOf(changes, one))
        if (isThere(maker)) waiting.push(maker, ...this.dependents([maker]));
    }
    return [...planned].sort((a, b) => a - b);
  }

  #cell(number: number): GraphCell | undefined {
    return this.#cells.find((cell) => cell.number === number);
  }

  #makersOf(names: readonly string[], except: number): number[] {
    const makers = names.flatMap((name) => this.#makers.get(name) ?? []);
    return [...new Set(makers)].filter((maker) => maker !== except);
  }
}
