import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { Dealer, Subscriber } from "zeromq";
import { kernelCommand } from "./command";
import { asString, type ConnectionInfo, decode, encode, type JsonObject, type Message, newHeader } from "./wire";

/** What came of one cell. */
export interface Execution {
  /** `ok`, `error` or `aborted`, as the kernel's reply says. */
  status: string;
  executionCount: number | null;
  /**
   * The published messages of the cell in their order, without status messages and the echo of the input. What a timer
   * of the cell says after its end is added when it comes.
   */
  outputs: { type: string; content: JsonObject }[];
  milliseconds: number;
}

export interface StartOptions {
  /** The project's folder. */
  root: string;
  /** Working directory of the kernel: the notebook's folder. */
  folder: string;
  /** How long the kernel may take to answer for the first time. */
  startMilliseconds?: number;
  env?: NodeJS.ProcessEnv;
  /** Command line instead of the project's kernel, with `{connection_file}` in it. */
  command?: string[];
}

export interface ExecuteOptions {
  /** After this time the cell is interrupted, and a second later the kernel is ended. */
  timeoutMilliseconds?: number;
  onOutput?: (type: string, content: JsonObject) => void;
}

/** The kernel ended, or could not be made to end a cell in time. */
export class KernelGone extends Error {
  override name = "KernelGone";
}

/** A cell took longer than it may. */
export class CellTimeout extends Error {
  override name = "CellTimeout";
}

const STOPPING_MILLISECONDS = 2_000;
/** A kernel that is asked to end needs a moment, on a busy machine a long one. */
const ENDING_MILLISECONDS = 5_000;

interface Pending {
  take(channel: "shell" | "control" | "iopub", message: Message): void;
  fail(error: Error): void;
}

/**
 * A kernel process and the sockets to talk to it: what `jupyter_client` is in Python, as far as running
 * notebooks, the doctor and the tests need it. No maintained package for Node does this.
 */
export class KernelClient {
  readonly process: ChildProcess;
  readonly #connection: ConnectionInfo;
  readonly #folder: string;
  readonly #session = newHeader("", "").msg_id;
  readonly #shell = new Dealer({ linger: 0, sendHighWaterMark: 0, receiveHighWaterMark: 0 });
  readonly #control = new Dealer({ linger: 0, sendHighWaterMark: 0, receiveHighWaterMark: 0 });
  readonly #iopub = new Subscriber({ linger: 0, receiveHighWaterMark: 0 });
  readonly #pending = new Map<string, Pending>();
  #stderr = "";
  #gone: KernelGone | null = null;

  /**
   * Starts a kernel and waits until it answers on all channels. A port that was free a moment ago may have been taken
   * since, where many kernels start: then others are tried.
   */
  static async start(options: StartOptions): Promise<KernelClient> {
    for (let more = 3; ; more--) {
      try {
        return await KernelClient.#startOnce(options);
      } catch (error) {
        const isTaken = error instanceof KernelGone && /\bcannot be used\b.*taken it since/.test(error.message);
        if (!isTaken || more === 0) throw error;
      }
    }
  }

  static async #startOnce(options: StartOptions): Promise<KernelClient> {
    const connection = await newConnection();
    const folder = mkdtempSync(path.join(tmpdir(), "hrd-kernel-"));
    const file = path.join(folder, "connection.json");
    writeFileSync(file, JSON.stringify(connection), { mode: 0o600 });
    const command = options.command ?? kernelCommand(process.execPath, options.root);
    const [program = "", ...args] = command.map((word) => word.replace("{connection_file}", file));
    const child = spawn(program, args, {
      cwd: options.folder,
      env: { ...(options.env ?? process.env), JPY_PARENT_PID: String(process.pid) },
      stdio: ["ignore", "ignore", "pipe"],
    });
    const client = new KernelClient(child, connection, folder);
    try {
      await client.#handshake(options.startMilliseconds ?? 30_000);
      return client;
    } catch (error) {
      await client.kill();
      throw error;
    }
  }

  private constructor(child: ChildProcess, connection: ConnectionInfo, folder: string) {
    this.process = child;
    this.#connection = connection;
    this.#folder = folder;
    child.stderr?.on("data", (chunk: Buffer) => {
      this.#stderr = (this.#stderr + chunk.toString()).slice(-4000);
    });
    child.on("error", (error) => this.#end(`the kernel could not be started: ${error.message}`));
    child.on("exit", (code, signal) =>
      this.#end(`the kernel ended ${signal ? `by signal ${signal}` : `with exit code ${code}`}`),
    );
    const address = (port: number): string => `tcp://${connection.ip}:${port}`;
    this.#shell.connect(address(connection.shell_port));
    this.#control.connect(address(connection.control_port));
    this.#iopub.connect(address(connection.iopub_port));
    this.#iopub.subscribe();
    void this.#read("shell", this.#shell);
    void this.#read("control", this.#control);
    void this.#read("iopub", this.#iopub);
  }

  /**
   * Runs one cell.
   *
   * @throws KernelGone when the kernel ends while the cell runs
   * @throws CellTimeout when the cell takes longer than `timeoutMilliseconds`; the kernel has then been
   *   interrupted, or ended where it did not react
   */
  async execute(code: string, options: ExecuteOptions = {}): Promise<Execution> {
    const started = performance.now();
    const outputs: Execution["outputs"] = [];
    const content = {
      code,
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: false,
      stop_on_error: true,
    };
    const limit = options.timeoutMilliseconds;
    const running = this.request("execute_request", content, {
      onPublished: (type, published) => {
        if (type === "status" || type === "execute_input") return;
        outputs.push({ type, content: published });
        options.onOutput?.(type, published);
      },
    });
    const reply = await (limit === undefined ? running : this.#within(limit, running));
    const count = reply.execution_count;
    return {
      status: asString(reply.status),
      executionCount: typeof count === "number" ? count : null,
      outputs,
      milliseconds: performance.now() - started,
    };
  }

  /** Sends a request on the shell or control channel; resolves with its reply once the kernel is idle again. */
  request(
    type: string,
    content: JsonObject,
    options: { control?: boolean; onPublished?: (type: string, content: JsonObject) => void } = {},
  ): Promise<JsonObject> {
    if (this.#gone) return Promise.reject(this.#gone);
    const header = newHeader(type, this.#session);
    return new Promise((resolve, reject) => {
      let reply: JsonObject | null = null;
      let idle = false;
      const settle = (): void => {
        if (reply === null || !idle) return;
        this.#pending.delete(header.msg_id);
        if (options.onPublished) this.#ended.set(header.msg_id, options.onPublished);
        resolve(reply);
      };
      this.#pending.set(header.msg_id, {
        take: (channel, message) => {
          if (channel !== "iopub") {
            reply = message.content;
          } else if (message.header.msg_type === "status" && message.content.execution_state === "idle") {
            idle = true;
          } else {
            options.onPublished?.(message.header.msg_type, message.content);
          }
          settle();
        },
        fail: reject,
      });
      const socket = options.control ? this.#control : this.#shell;
      const frames = encode({ identities: [], header, parent: {}, metadata: {}, content }, this.#connection.key);
      socket.send(frames).catch((error: unknown) => reject(error));
    });
  }

  /** Output that came after its cell had ended, such as an error in a timer; cleared by reading it. */
  takeLateOutputs(): { type: string; content: JsonObject }[] {
    return this.#late.splice(0);
  }
  /** Where output goes that comes after its cell has ended. */
  readonly #ended = new Map<string, (type: string, content: JsonObject) => void>();
  readonly #late: { type: string; content: JsonObject }[] = [];

  interrupt(): void {
    this.process.kill("SIGINT");
  }

  /** Asks the kernel to end, and ends it where it does not. */
  async shutdown(): Promise<void> {
    if (this.#gone) return this.#close();
    const ended = new Promise<void>((resolve) => this.process.once("exit", () => resolve()));
    void this.request("shutdown_request", { restart: false }, { control: true }).catch(() => {});
    const timer = setTimeout(() => this.process.kill("SIGKILL"), ENDING_MILLISECONDS);
    await ended;
    clearTimeout(timer);
    this.#close();
  }

  async kill(): Promise<void> {
    if (!this.#gone) {
      const ended = new Promise<void>((resolve) => this.process.once("exit", () => resolve()));
      if (this.process.kill("SIGKILL")) await ended;
    }
    this.#close();
  }

  async #within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<"late">((resolve) => {
      timer = setTimeout(() => resolve("late"), milliseconds);
    });
    const first = await Promise.race([work, late]).finally(() => clearTimeout(timer));
    if (first !== "late") return first;
    this.interrupt();
    const stopped = await Promise.race([
      work.then(() => true),
      new Promise<false>((resolve) => setTimeout(() => resolve(false), STOPPING_MILLISECONDS)),
    ]);
    if (!stopped) await this.kill();
    throw new CellTimeout(`the cell ran for more than ${milliseconds / 1000} s and was stopped`);
  }

  /** iopub subscriptions need a moment: ask again until an answer was heard on both channels. */
  async #handshake(milliseconds: number): Promise<void> {
    const deadline = Date.now() + milliseconds;
    for (;;) {
      const answer = this.request("kernel_info_request", {}).then(() => true);
      answer.catch(() => {}); // A question of an earlier round may fail after its round is over.
      const answered = await Promise.race([
        answer,
        new Promise<false>((resolve) => setTimeout(() => resolve(false), 100)),
      ]);
      if (answered) return;
      if (Date.now() > deadline) {
        throw new KernelGone(`the kernel did not answer within ${milliseconds / 1000} s${this.#stderrText()}`);
      }
    }
  }

  async #read(channel: "shell" | "control" | "iopub", socket: Dealer | Subscriber): Promise<void> {
    for await (const frames of socket) {
      const message = decode(frames, this.#connection.key);
      const pending = this.#pending.get(message.parent.msg_id ?? "");
      if (pending) pending.take(channel, message);
      else if (channel === "iopub" && message.header.msg_type !== "status") {
        this.#ended.get(message.parent.msg_id ?? "")?.(message.header.msg_type, message.content);
        this.#late.push({ type: message.header.msg_type, content: message.content });
      }
    }
  }

  #stderrText(): string {
    const text = this.#stderr.trim();
    return text ? `\n${text}` : "";
  }

  #end(reason: string): void {
    if (this.#gone) return;
    this.#gone = new KernelGone(reason + this.#stderrText());
    for (const pending of this.#pending.values()) pending.fail(this.#gone);
    this.#pending.clear();
    this.#close();
  }

  #close(): void {
    for (const socket of [this.#shell, this.#control, this.#iopub]) if (!socket.closed) socket.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Five ports that are free now, and a fresh key. */
async function newConnection(): Promise<ConnectionInfo> {
  const servers = await Promise.all(Array.from({ length: 5 }, listenAnywhere));
  const ports = servers.map((server) => {
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("no free port on 127.0.0.1");
    return address.port;
  });
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  const [shell = 0, iopub = 0, stdin = 0, control = 0, heartbeat = 0] = ports;
  return {
    transport: "tcp",
    ip: "127.0.0.1",
    shell_port: shell,
    iopub_port: iopub,
    stdin_port: stdin,
    control_port: control,
    hb_port: heartbeat,
    key: randomBytes(32).toString("hex"),
    signature_scheme: "hmac-sha256",
  };
}

function listenAnywhere(): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve(server));
  });
}
