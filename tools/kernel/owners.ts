import { AsyncLocalStorage } from "node:async_hooks";
import { syncBuiltinESMExports } from "node:module";
import timers from "node:timers";
import timersPromises from "node:timers/promises";
import { type InspectOptions, inspect, promisify } from "node:util";
import type { Header } from "./protocol/wire";

/** The run of a cell that output, errors and timers belong to, also after it has ended. */
export interface Owner {
  readonly header: Partial<Header>;
  readonly count: number;
  /** What ends a timer that waits, by the timer. */
  readonly timers: Map<object, () => void>;
  /** It was interrupted: what it still says is not shown, and it sets no more timers. */
  stopped: boolean;
}

/**
 * Tells at any moment which cell the running code comes from, across timers, promises and events: what a timer of
 * cell 1 prints while cell 3 runs belongs to cell 1.
 */
export class Owners {
  readonly #storage = new AsyncLocalStorage<Owner | null>();
  #watching = false;
  /** The running cell is being stopped: what it queues for this very turn is dropped, or the turn would never end. */
  #stopping = false;

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
    clearRecord();
    owner.stopped = true;
    for (const end of owner.timers.values()) end();
    owner.timers.clear();
  }

  /** For the middle of a loop that is about to be ended (guardian.ts). */
  unwind(): void {
    clearRecord();
  }

  /** Called when a cell is asked to stop, and when it has ended. */
  stopping(is: boolean): void {
    this.#stopping = is;
  }

  #watch(): void {
    this.#watching = true;
    showPromisesAsEver();
    const { nextTick } = process;
    Object.assign(process, {
      nextTick: (work: () => void, ...values: unknown[]): void => {
        if (!this.#stopping && !this.current()?.stopped) Reflect.apply(nextTick, process, [work, ...values]);
      },
    });
    const setTimer = this.#owned(setTimeout, clearTimeout, true);
    const own = {
      setTimeout: setTimer,
      setInterval: this.#owned(setInterval, clearInterval, false),
      setImmediate: this.#owned(setImmediate, clearImmediate, true),
    };
    const later = ownPromises(own);
    Object.defineProperty(own.setTimeout, promisify.custom, { value: later.setTimeout });
    Object.defineProperty(own.setImmediate, promisify.custom, { value: later.setImmediate });
    Object.assign(globalThis, own);
    Object.assign(timers, own);
    Object.assign(timersPromises, later);
    syncBuiltinESMExports();
    clearRecord();
  }

  /** A function of timers that tells the running cell's owner of each, and sets none for one that was stopped. */
  #owned<Timer extends object>(
    set: (work: (...values: unknown[]) => void, ...rest: never[]) => Timer,
    clear: (timer: Timer) => void,
    isOnce: boolean,
  ): (work: unknown, ...rest: unknown[]) => Timer {
    return (work, ...rest) => {
      const owner = this.current();
      if (!owner || typeof work !== "function") return Reflect.apply(set, undefined, [work, ...rest]);
      const run = (...values: unknown[]): unknown => {
        if (isOnce) owner.timers.delete(timer);
        return Reflect.apply(work, timer, values);
      };
      const timer: Timer = Reflect.apply(set, undefined, [run, ...rest]);
      if (owner.stopped) clear(timer);
      else owner.timers.set(timer, () => clear(timer));
      return timer;
    };
  }
}

interface Timers {
  setTimeout(work: unknown, ...rest: unknown[]): object;
  setImmediate(work: unknown, ...rest: unknown[]): object;
}

interface SleepOptions {
  readonly signal?: AbortSignal;
}

/** The error of a wait that a signal has ended, by the names that Node gives it. */
class AbortError extends Error {
  override name = "AbortError";
  readonly code = "ABORT_ERR";
  constructor(cause: unknown) {
    super("The operation was aborted", { cause });
  }
}

/** `node:timers/promises` made of these timers: one that its cell's end has ended stays open, and so does its wait. */
function ownPromises(
  own: Timers,
): Readonly<Record<"setTimeout" | "setImmediate" | "setInterval" | "scheduler", unknown>> {
  /** @param start sets the timer, and gives what ends it */
  const waited = (start: (done: () => void) => () => void, value: unknown, signal?: AbortSignal): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(new AbortError(signal.reason));
      const end = start(() => {
        signal?.removeEventListener("abort", stop);
        resolve(value);
      });
      const stop = (): void => {
        end();
        reject(new AbortError(signal?.reason));
      };
      signal?.addEventListener("abort", stop, { once: true });
    });
  const sleep = (milliseconds?: number, value?: unknown, { signal }: SleepOptions = {}): Promise<unknown> =>
    waited(
      (done) => {
        const timer = own.setTimeout(done, milliseconds);
        return () => Reflect.apply(clearTimeout, null, [timer]);
      },
      value,
      signal,
    );
  const turn = (value?: unknown, { signal }: SleepOptions = {}): Promise<unknown> =>
    waited(
      (done) => {
        const timer = own.setImmediate(done);
        return () => Reflect.apply(clearImmediate, null, [timer]);
      },
      value,
      signal,
    );
  const wait = (milliseconds?: number, options?: SleepOptions): Promise<unknown> =>
    sleep(milliseconds, undefined, options);
  return {
    setTimeout: sleep,
    setImmediate: turn,
    setInterval: (milliseconds?: number, value?: unknown, options?: SleepOptions) =>
      every(() => sleep(milliseconds, value, options)),
    scheduler: Object.assign(Object.create(timersPromises.scheduler), { wait, yield: () => turn() }),
  };
}

async function* every(next: () => Promise<unknown>): AsyncGenerator<unknown> {
  for (;;) yield await next();
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
  constants: { kCheck: number; kTotals: number };
  clearAsyncIdStack?(): void;
}

/**
 * Before Node 24 AsyncLocalStorage keeps a record of what runs inside of what, and Node aborts the process where the end
 * of a loop leaves it half unwound: it is emptied, and its check switched off. From Node 24 on there is no such record.
 */
function clearRecord(): void {
  const { async_hook_fields: fields, constants, clearAsyncIdStack } = asyncWrap();
  if (fields instanceof Uint32Array) {
    fields[constants.kCheck] = 0;
    fields[constants.kTotals] = 0;
  }
  clearAsyncIdStack?.();
}

/** Node's own record of asynchronous calls, which has no public name; empty in a Node that does not show it. */
function asyncWrap(): AsyncWrap {
  if (wrap) return wrap;
  const before: unknown = Reflect.get(process, "noDeprecation");
  try {
    Reflect.set(process, "noDeprecation", true);
    wrap = Reflect.apply(Reflect.get(process, "binding"), process, ["async_wrap"]);
  } catch {
    // None.
  } finally {
    Reflect.set(process, "noDeprecation", before);
  }
  wrap ??= { constants: { kCheck: 0, kTotals: 0 } };
  return wrap;
}

let wrap: AsyncWrap | undefined;
