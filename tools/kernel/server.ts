import { Publisher, Reply, Router } from "zeromq";
import {
  asObject,
  asString,
  type ConnectionInfo,
  decode,
  encode,
  type Header,
  type JsonObject,
  type Message,
  newHeader,
} from "./protocol/wire";

/** What the kernel does with requests; the server knows sockets and order, not TypeScript. */
export interface RequestHandler {
  kernelInfo(): JsonObject;
  execute(request: Message, publish: Publish): Promise<JsonObject>;
  isComplete(content: JsonObject): Promise<JsonObject>;
  inspect(content: JsonObject): Promise<JsonObject>;
  complete(content: JsonObject): Promise<JsonObject>;
  interrupt(): void;
  /** Called after the reply to a shutdown request has been sent. */
  shutdown(): void;
}

export type Publish = (type: string, content: JsonObject, extra?: { metadata?: JsonObject }) => void;

/** What waits for the cells before it; all else on the shell channel is answered at once. */
const WAITING: ReadonlySet<string> = new Set(["execute_request"]);

/** After a cell failed, this long to read the requests that a "run all" has queued behind it and abort them. */
const ABORT_MILLISECONDS = 50;

/**
 * The kernel's five sockets, after the Jupyter messaging protocol.
 *
 * zeromq sends at once as long as it may; a socket with its default limits turns asynchronous after 512
 * sends within one turn of the event loop, and all further ones fail with EBUSY. Hence no limit and no wait.
 */
export class KernelServer {
  readonly #connection: ConnectionInfo;
  readonly #handler: RequestHandler;
  readonly #session = newHeader("", "").msg_id;
  readonly #iopub = new Publisher({ sendHighWaterMark: 0, sendTimeout: 0, linger: 1000 });
  readonly #shell = new Router({ sendHighWaterMark: 0, sendTimeout: 0, linger: 1000 });
  readonly #control = new Router({ sendHighWaterMark: 0, sendTimeout: 0, linger: 1000 });
  readonly #stdin = new Router({ linger: 0 });
  readonly #heartbeat = new Reply({ linger: 0 });
  readonly #queue: Message[] = [];
  /** The cell that runs. */
  #running: Header | null = null;

  constructor(connection: ConnectionInfo, handler: RequestHandler) {
    this.#connection = connection;
    this.#handler = handler;
  }

  async start(): Promise<void> {
    const { transport, ip } = this.#connection;
    const bind = (socket: { bind(address: string): Promise<void> }, port: number): Promise<void> =>
      socket.bind(`${transport}://${ip}:${port}`).catch((error: unknown) => {
        const why = error instanceof Error ? error.message : String(error);
        throw new Error(
          `port ${port} of ${ip}, which the connection file names, cannot be used (${why}): another program has taken it since. Start the kernel again, with other ports`,
        );
      });
    await Promise.all([
      bind(this.#iopub, this.#connection.iopub_port),
      bind(this.#shell, this.#connection.shell_port),
      bind(this.#control, this.#connection.control_port),
      bind(this.#stdin, this.#connection.stdin_port),
      bind(this.#heartbeat, this.#connection.hb_port),
    ]);
    void this.#echoHeartbeat();
    void this.#read(this.#shell, (message) => {
      if (!WAITING.has(message.header.msg_type)) return void this.#answerBeside(message);
      this.#queue.push(message);
      void this.#work();
    });
    void this.#read(this.#control, (message) => void this.#handle(this.#control, message));
  }

  /** Publishes output that belongs to an earlier request. */
  publish(parent: Partial<Header>, type: string, content: JsonObject, metadata: JsonObject = {}): void {
    this.#send(this.#iopub, {
      identities: [Buffer.from(`kernel.${type}`)],
      header: newHeader(type, this.#session),
      parent,
      metadata,
      content,
    });
  }

  close(): void {
    for (const socket of [this.#iopub, this.#shell, this.#control, this.#stdin, this.#heartbeat]) socket.close();
  }

  async #echoHeartbeat(): Promise<void> {
    for await (const frames of this.#heartbeat) await this.#heartbeat.send(frames);
  }

  async #read(socket: Router, take: (message: Message) => void): Promise<void> {
    for await (const frames of socket) {
      try {
        take(decode(frames, this.#connection.key));
      } catch {
        // Not signed by the owner of the connection file, or not a message: nobody to answer.
      }
    }
  }

  /** Cells one after the other, in the order of their arrival. */
  async #work(): Promise<void> {
    if (this.#running !== null) return;
    for (let message = this.#queue.shift(); message; message = this.#queue.shift()) {
      this.#running = message.header;
      await this.#handle(this.#shell, message);
    }
    this.#running = null;
  }

  /** Help with what is written does not wait for what runs; a client that takes the kernel for idle now is told better. */
  async #answerBeside(message: Message): Promise<void> {
    await this.#handle(this.#shell, message);
    if (this.#running !== null) this.publish(this.#running, "status", { execution_state: "busy" });
  }

  async #handle(socket: Router, message: Message): Promise<void> {
    const status = (state: string): void => this.publish(message.header, "status", { execution_state: state });
    status("busy");
    try {
      await this.#answer(socket, message);
    } catch (error) {
      const evalue = error instanceof Error ? error.message : String(error);
      const content = { ename: "KernelError", evalue, traceback: [`KernelError: ${evalue}`] };
      // A cell that fails says so where it stands, whatever the reason.
      if (message.header.msg_type === "execute_request") this.publish(message.header, "error", content);
      const type = message.header.msg_type.replace(/_request$/, "_reply");
      this.#reply(socket, message, type, { status: "error", ...content });
    }
    status("idle");
    if (message.header.msg_type === "shutdown_request") this.#handler.shutdown();
  }

  async #answer(socket: Router, message: Message): Promise<void> {
    const reply = (type: string, content: JsonObject): void => this.#reply(socket, message, type, content);
    switch (message.header.msg_type) {
      case "kernel_info_request":
        return reply("kernel_info_reply", this.#handler.kernelInfo());
      case "execute_request": {
        const publish: Publish = (type, content, extra) =>
          this.publish(message.header, type, content, extra?.metadata ?? {});
        const content = await this.#handler.execute(message, publish);
        reply("execute_reply", content);
        if (content.status === "error" && message.content.stop_on_error !== false) await this.#abortQueued();
        return;
      }
      case "is_complete_request":
        return reply("is_complete_reply", await this.#handler.isComplete(message.content));
      case "inspect_request":
        return reply("inspect_reply", await this.#handler.inspect(message.content));
      case "complete_request":
        return reply("complete_reply", await this.#handler.complete(message.content));
      case "comm_info_request":
        return reply("comm_info_reply", { status: "ok", comms: {} });
      case "history_request":
        return reply("history_reply", { status: "ok", history: [] });
      case "interrupt_request":
        this.#handler.interrupt();
        return reply("interrupt_reply", { status: "ok" });
      case "shutdown_request":
        return reply("shutdown_reply", { status: "ok", restart: message.content.restart === true });
      default:
      // Messages of widgets and debuggers (comm_open, debug_request) have no counterpart here.
    }
  }

  /** A failed cell ends a "run all": what is queued behind it is answered without being run. */
  async #abortQueued(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, ABORT_MILLISECONDS));
    for (const message of this.#queue.splice(0)) {
      this.publish(message.header, "status", { execution_state: "busy" });
      this.#reply(this.#shell, message, "execute_reply", { status: "aborted" });
      this.publish(message.header, "status", { execution_state: "idle" });
    }
  }

  #reply(socket: Router, request: Message, type: string, content: JsonObject): void {
    this.#send(socket, {
      identities: request.identities,
      header: newHeader(type, this.#session),
      parent: request.header,
      metadata: {},
      content,
    });
  }

  #send(socket: Publisher | Router, message: Message): void {
    socket.send(encode(message, this.#connection.key)).catch(() => {
      // The socket is closed or the client is gone; the guard ends the kernel then.
    });
  }
}

/** The connection file that a client wrote, checked. */
export function readConnection(text: string, file: string): ConnectionInfo {
  const raw = asObject(JSON.parse(text));
  const port = (name: string): number => {
    const value = raw[name];
    if (typeof value !== "number" || !Number.isInteger(value)) {
      throw new Error(`${file}: ${name} is ${JSON.stringify(value)}, a port number is needed`);
    }
    return value;
  };
  if (raw.transport !== "tcp")
    throw new Error(`${file}: transport is ${JSON.stringify(raw.transport)}, only tcp is known`);
  if (raw.signature_scheme !== "hmac-sha256") {
    throw new Error(`${file}: signature_scheme is ${JSON.stringify(raw.signature_scheme)}, only hmac-sha256 is known`);
  }
  return {
    transport: "tcp",
    ip: asString(raw.ip, "127.0.0.1"),
    shell_port: port("shell_port"),
    iopub_port: port("iopub_port"),
    stdin_port: port("stdin_port"),
    control_port: port("control_port"),
    hb_port: port("hb_port"),
    key: asString(raw.key),
    signature_scheme: "hmac-sha256",
  };
}
