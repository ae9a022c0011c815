import { pow } from "../../../../lib/statistics/elementary";
import type { CompiledCell } from "../compile";

/** A name's value, and how it is given another one where it may have one. */
type Accessor = readonly [get: () => unknown, set?: (value: unknown) => void];

/** What the code of a cell calls `$in`. */
export interface CellInside {
  module(from: string): unknown;
  standard(module: unknown): unknown;
  import(from: string): Promise<unknown>;
  pow(base: unknown, exponent: unknown): unknown;
  powTo(target: object, key: PropertyKey, exponent: unknown): unknown;
  give(own: Readonly<Record<string, Accessor>>): void;
}

/** The names of all cells. A cell that fails leaves each name as it was. */
export class Scope {
  /** What the code of cells calls `$`. It inherits nothing: `toString` is a name like others. */
  readonly names: Record<string, unknown> = Object.create(null);

  /** Names that may get another value. */
  readonly changing = new Set<string>();

  has(name: string): boolean {
    return Object.hasOwn(this.names, name);
  }

  commit({ defines }: CompiledCell, given: Readonly<Record<string, Accessor>>): void {
    for (const { name, changes } of defines) {
      const [get, set] = given[name] ?? [];
      if (get === undefined) continue;
      Object.defineProperty(this.names, name, {
        get,
        ...(set === undefined ? {} : { set }),
        enumerable: true,
        configurable: true,
      });
      if (changes) this.changing.add(name);
      else this.changing.delete(name);
    }
  }
}

/** `a ** b` with the library's arithmetic; integers of any size have the engine's, which is exact. */
export function power(base: unknown, exponent: unknown): unknown {
  if (typeof base === "bigint" && typeof exponent === "bigint") return base ** exponent;
  if (typeof base === "bigint" || typeof exponent === "bigint")
    throw new TypeError("Cannot mix BigInt and other types, use explicit conversions");
  return pow(Number(base), Number(exponent));
}

export function powerTo(target: object, key: PropertyKey, exponent: unknown): unknown {
  const value = power(Reflect.get(target, key), exponent);
  Reflect.set(target, key, value);
  return value;
}
