import { AsyncLocalStorage, createHook } from "node:async_hooks";
import { type InspectOptions, inspect } from "node:util";
import type { Header } from "./protocol/wire";

/** The run of a cell that output, errors and timers belong to, also after it has ended. */
export interface Owner {
  readonly header: Partial<Header>;
  readonly count: number;
  /** Timers that wait, by the number that Node gives them; also those of `node:timers/promises`. */
  readonly timers: Map<number, object>;
  /** It was interrupted: what it still says is not shown. */
  stopped: boolean;
}

/**
 * Tells at any moment which cell the running code comes from, across timers, promises and events: what a timer of
 * cell 1 prints while cell 3 runs belongs to cell 1.
 */
export class Owners {
  readonly #storage = new AsyncLocalStorage<Owner | null>();
  readonly #ownerOfTimer = new Map<number, Owner>();

  readonly #hook = createHook({
    init: (id, type, _trigger, resource) => {
      if (type !== "Timeout" && type !== "Immediate") return;
      const owner = this.#storage.getStore();
      if (!owner) return;
      owner.timers.set(id, resource);
      this.#ownerOfTimer.set(id, owner);
    },
    destroy: (id) => {
      this.#ownerOfTimer.get(id)?.timers.delete(id);
      this.#ownerOfTimer.delete(id);
    },
  });
  #watching = false;

  create(header: Partial<Header>, count: number): Owner {
    return { header, count, timers: new Map(), stopped: false };
  }

  /** Runs code of a cell, or with null code of the kernel that a cell happens to call. */
  run<Result>(owner: Owner | null, work: () => Result): Result {
    if (!this.#watching) this.#watch();
    return this.#storage.run(owner, work);
  }

  current(): Owner | null {
    return this.#storage.getStore() ?? null;
  }

  /** Ends what the cell still has waiting, and shows nothing more of it. */
  stop(owner: Owner): void {
    owner.stopped = true;
    for (const timer of owner.timers.values()) {
      clearTimeout(timer as NodeJS.Timeout);
      clearImmediate(timer as NodeJS.Immediate);
    }
    owner.timers.clear();
  }

  #watch(): void {
    this.#watching = true;
    showPromisesAsEver();
    this.#hook.enable();
    this.#storage.run(null, () => {});
    // Using hooks switches Node's check on, whatever its flag says.
    const { async_hook_fields: fields, constants } = asyncWrap();
    if (fields instanceof Uint32Array) fields[constants.kCheck] = 0;
  }

  /**
   * For the middle of a loop that is about to be ended (guardian.ts). Node keeps a record of what runs
   * inside of what, and aborts the process where the end of the loop leaves it half unwound: it is emptied before.
   */
  unwind(): void {
    this.#watching = false;
    this.#hook.disable();
    this.#storage.disable();
    asyncWrap().clearAsyncIdStack?.();
  }
}

/**
 * Node writes its record of a promise onto it, where `console.log` would show it: numbers that are others each time. It is
 * hidden from what is shown, when it is.
 */
function showPromisesAsEver(): void {
  const { custom } = inspect;
  if (Object.hasOwn(Promise.prototype, custom)) return;
  const ofNode = /^Symbol\((?:async_id_symbol|trigger_async_id_symbol|kResourceStore)\)$/;
  function shown(this: object, depth: number, options: InspectOptions, inspectIt: typeof inspect): string {
    for (const symbol of Object.getOwnPropertySymbols(this)) {
      if (ofNode.test(String(symbol))) Object.defineProperty(this, symbol, { enumerable: false });
    }
    // Without this very function, which would be called for ever.
    Object.defineProperty(this, custom, { value: undefined, configurable: true });
    try {
      return inspectIt(this, { ...options, depth });
    } finally {
      Reflect.deleteProperty(this, custom);
    }
  }
  Object.defineProperty(Promise.prototype, custom, { value: shown, configurable: true, writable: true });
}

interface AsyncWrap {
  async_hook_fields?: unknown;
  constants: { kCheck: number };
  clearAsyncIdStack?(): void;
}

/** Node's own record of asynchronous calls, which has no public name; empty in a Node that does not show it. */
function asyncWrap(): AsyncWrap {
  const before: unknown = Reflect.get(process, "noDeprecation");
  try {
    Reflect.set(process, "noDeprecation", true);
    return Reflect.apply(Reflect.get(process, "binding"), process, ["async_wrap"]);
  } catch {
    return { constants: { kCheck: 0 } };
  } finally {
    Reflect.set(process, "noDeprecation", before);
  }
}
