/**
 * Text that a cell writes, gathered into fewer messages: 5,000 `console.log` calls are some dozens of
 * messages, and an endless loop that prints does not drown the client.
 */
export type StreamName = "stdout" | "stderr";

const STREAMS = ["stdout", "stderr"] as const;

type Decoders = Readonly<Record<StreamName, TextDecoder>>;

function newDecoders(): Decoders {
  return { stdout: new TextDecoder(), stderr: new TextDecoder() };
}

/** The text of a chunk; bytes may end in the middle of a character, which the next ones complete. */
function textOf(chunk: string | Uint8Array, decoder: TextDecoder): string {
  return typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true });
}

const MAX_CHARACTERS = 16_384;
const MAX_MILLISECONDS = 50;

/** @typeParam Source whose text it is; text of two sources is never in one message */
export class StreamBuffer<Source> {
  readonly #send: (source: Source, name: StreamName, text: string) => void;
  readonly #later: (flush: () => void, milliseconds: number) => NodeJS.Timeout;
  #source: Source;
  #name: StreamName = "stdout";
  #text = "";
  #since = 0;
  #timer: NodeJS.Timeout | null = null;

  /** @param later sets the buffer's timer, so that it is none of the cell's */
  constructor(
    nobody: Source,
    send: (source: Source, name: StreamName, text: string) => void,
    later: (flush: () => void, milliseconds: number) => NodeJS.Timeout,
  ) {
    this.#source = nobody;
    this.#send = send;
    this.#later = later;
  }

  write(source: Source, name: StreamName, text: string): void {
    if (text === "") return;
    if (name !== this.#name || source !== this.#source) this.flush();
    this.#name = name;
    this.#source = source;
    if (this.#text === "") this.#since = Date.now();
    this.#text += text;
    if (this.#text.length >= MAX_CHARACTERS || Date.now() - this.#since >= MAX_MILLISECONDS) {
      this.flush();
    } else if (this.#timer === null) {
      this.#timer = this.#later(() => this.flush(), MAX_MILLISECONDS);
      this.#timer.unref();
    }
  }

  /** What takes text and bytes of one source and one writer, such as a child process. */
  writer(source: Source): (name: StreamName, chunk: string | Uint8Array) => void {
    const decoders = newDecoders();
    return (name, chunk) => this.write(source, name, textOf(chunk, decoders[name]));
  }

  /** Sends what has been gathered; called before any other output so that the order stays as written. */
  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const text = this.#text;
    this.#text = "";
    if (text !== "") this.#send(this.#source, this.#name, text);
  }

  /** Redirects the process's stdout and stderr here. */
  capture(sourceNow: () => Source): void {
    const decoders = newDecoders();
    for (const name of STREAMS) {
      const write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
        this.write(sourceNow(), name, textOf(chunk, decoders[name]));
        for (const argument of rest) if (typeof argument === "function") queueMicrotask(() => argument());
        return true;
      };
      Object.assign(process[name], { write });
    }
  }
}
