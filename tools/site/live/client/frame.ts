import { base } from "../../client/dom";

/** A worker in the sandboxed frame, and the port to it. */
export interface FrameWorker {
  readonly port: MessagePort;
  /** Ends it at once, whatever it does. */
  end(): void;
}

/**
 * The sandboxed frame in which workers run code that is made of text: it has an origin of its own, no network and no
 * storage. It is made when the first cell is run.
 */
export class Frame {
  readonly #element: HTMLIFrameElement;
  readonly #line: MessagePort;
  readonly #failed = new Map<number, (words: string) => void>();
  readonly #pings = new Map<number, () => void>();
  #count = 0;

  private constructor(element: HTMLIFrameElement, line: MessagePort) {
    this.#element = element;
    this.#line = line;
    line.onmessage = ({ data }: MessageEvent<{ type: string; id: number; words?: string }>) => {
      if (data.type === "failed") this.#failed.get(data.id)?.(data.words ?? "");
      else if (data.type === "pong") this.#pings.get(data.id)?.();
    };
  }

  static open(): Promise<Frame> {
    const element = document.createElement("iframe");
    element.setAttribute("sandbox", "allow-scripts");
    element.hidden = true;
    element.title = "Where cells run";
    element.src = `${base()}assets/live/runner.html`;
    return new Promise((resolve, reject) => {
      element.addEventListener("load", () => {
        const { port1, port2 } = new MessageChannel();
        const late = setTimeout(() => reject(new Error("the frame in which cells run does not answer")), 20_000);
        port1.onmessage = () => {
          clearTimeout(late);
          resolve(new Frame(element, port1));
        };
        // Its origin is its own and has no name.
        element.contentWindow?.postMessage("begin", "*", [port2]);
      });
      document.body.append(element);
    });
  }

  /** @param onFail told when the worker ends by itself, as where its memory is used up */
  start(script: string, onFail: (words: string) => void): FrameWorker {
    this.#count += 1;
    const id = this.#count;
    const { port1, port2 } = new MessageChannel();
    this.#failed.set(id, onFail);
    this.#line.postMessage({ type: "start", id, script, port: port2 }, [port2]);
    return {
      port: port1,
      end: () => {
        this.#failed.delete(id);
        port1.close();
        this.#line.postMessage({ type: "end", id });
      },
    };
  }

  /** Whether the frame still answers: a browser may end its process, and all workers with it. */
  answers(milliseconds: number): Promise<boolean> {
    this.#count += 1;
    const id = this.#count;
    return new Promise((resolve) => {
      const late = setTimeout(() => {
        this.#pings.delete(id);
        resolve(false);
      }, milliseconds);
      this.#pings.set(id, () => {
        clearTimeout(late);
        this.#pings.delete(id);
        resolve(true);
      });
      this.#line.postMessage({ type: "ping", id });
    });
  }

  close(): void {
    this.#line.close();
    this.#element.remove();
  }
}

let shared: Promise<Frame> | null = null;

/** The one frame of the page. */
export function theFrame(): Promise<Frame> {
  shared ??= Frame.open();
  return shared;
}

/** Makes another frame the next time, where this one has ended. */
export async function dropFrame(): Promise<void> {
  const old = shared;
  shared = null;
  (await old)?.close();
}
