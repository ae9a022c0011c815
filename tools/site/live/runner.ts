/**
 * The script of the sandboxed frame. It starts workers from text that the page sends, each with a port of its own to the
 * page, and ends them. The frame alone may make code of text; it has no network, no storage and an origin of its own.
 */

type ToRunner =
  | { readonly type: "start"; readonly id: number; readonly script: string; readonly port: MessagePort }
  | { readonly type: "end"; readonly id: number }
  | { readonly type: "ping"; readonly id: number };

const workers = new Map<number, Worker>();

function take(message: ToRunner, answer: (message: unknown) => void): void {
  const { id } = message;
  if (message.type === "ping") answer({ type: "pong", id });
  else if (message.type === "end") {
    workers.get(id)?.terminate();
    workers.delete(id);
  } else {
    const address = URL.createObjectURL(new Blob([message.script], { type: "text/javascript" }));
    const worker = new Worker(address);
    workers.set(id, worker);
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      answer({ type: "failed", id, words: event.message || "the worker ended" });
    });
    worker.postMessage({ port: message.port }, [message.port]);
    // Firefox reads the script after this turn.
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  }
}

// The page that made the frame speaks first, and once.
addEventListener(
  "message",
  (event) => {
    const [line] = event.ports;
    if (event.source !== parent || line === undefined) return;
    line.onmessage = ({ data }: MessageEvent<ToRunner>) => take(data, (message) => line.postMessage(message));
    line.postMessage({ type: "there" });
  },
  { once: true },
);
