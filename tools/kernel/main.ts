import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { Readable } from "node:stream";
import { captureChildren } from "./child-output";
import { cacheFolder } from "./compiler";
import { CompilerThread, type Cursor } from "./compiling";
import type { CellError } from "./errors";
import { Executor, findRoot } from "./executor";
import { startGuardian } from "./guardian";
import { noteFor } from "./hints";
import { type Owner, Owners } from "./owners";
import { LANGUAGE_INFO } from "./protocol/language";
import { asObject, asString, type JsonObject } from "./protocol/wire";
import { Recent } from "./recent";
import { KernelServer, type RequestHandler, readConnection } from "./server";
import { StreamBuffer } from "./streams";
import { fromTslab } from "./typescript";

/**
 * The project's TypeScript kernel for Jupyter: stock tslab compiles the cells, everything around it is here.
 *
 *     node --no-force-async-hooks-checks tools/kernel/launch.mjs CONNECTION_FILE
 */

const [connectionFile] = process.argv.slice(2);
if (!connectionFile) {
  console.error("tools/kernel/launch.mjs: the path of Jupyter's connection file is needed as the only argument");
  process.exit(1);
}

const notebookFolder = process.cwd();
const root = findRoot(notebookFolder, existsSync);
process.env.HRD_ROOT ??= root;

const owners = new Owners();
const guardian = startGuardian(
  new URL("./guardian-thread.mjs", import.meta.url),
  (reason) => executor.interrupt(reason),
  () => owners.unwind(),
);
/** The project that the kernel belongs to, as its launcher says. */
const home = process.env.HRD_KERNEL_HOME ?? root;
// Jupyter says which notebook it is since its second version, and so does `npm run notebooks`.
const recent = new Recent(cacheFolder(root), notebookFolder, process.env.JPY_SESSION_NAME);
const compiler = new CompilerThread(new URL("./compiler-thread.mjs", import.meta.url), {
  root,
  notebook: notebookFolder,
  recent: recent.before.imports,
});
const executor = new Executor(
  { root, notebook: notebookFolder, home },
  { compiler, gate: guardian, owners, recent, tslab: ownTslab },
);

/** tslab as a cell may import it, for those who know its `display`, which shows things as lib's show() does. */
function ownTslab(): unknown {
  const jupyter: { lastWriteDisplayData: unknown } = fromTslab("./dist/jupyter.js");
  jupyter.lastWriteDisplayData = (content: JsonObject, update: boolean) =>
    publishDisplay(update ? "update_display_data" : "display_data", content);
  return fromTslab("./dist/public.js");
}

let count = 0;
/** The last cell that was run: what comes from nowhere, such as a native library, is taken for its output. */
let latest: Owner = owners.create({}, 0);
const ownerNow = (): Owner => owners.current() ?? latest;

function publishFor(owner: Owner, type: string, content: JsonObject): void {
  if (!owner.stopped) server.publish(owner.header, type, content);
}

const streams = new StreamBuffer(
  latest,
  (owner, name, text) => publishFor(owner, "stream", { name, text }),
  (flush, milliseconds) => owners.run(null, () => setTimeout(flush, milliseconds)),
);

function publishDisplay(type: string, content: JsonObject): void {
  streams.flush();
  publishFor(ownerNow(), type, content);
}

function errorContent(error: CellError): JsonObject {
  const { ename, evalue, traceback, location } = error;
  return { ename, evalue, traceback, location };
}

/** The name of lib's display code, wherever in lib/ it stands: were it another, neither line would compile. */
const DISPLAY: keyof typeof import("../../lib/notebook/bundle") = "mimeBundle";

/** Methods by which a value shows itself, which may take their time: this project's and Deno's. */
const OWN_FORMS = [Symbol.for("Jupyter.mimebundle"), Symbol.for("Jupyter.display")];

/** The bundle of a cell's last value, by the display code that the cells themselves have loaded, if any. */
async function bundleOf(value: unknown): Promise<JsonObject> {
  const loaded = executor.loadedExport(path.join(root, "lib"), DISPLAY);
  // Cells that have not loaded lib show their values by the kernel's own.
  const show = typeof loaded === "function" ? loaded : (await import("../../lib/notebook/bundle")).mimeBundle;
  let shown = value;
  const isObject = typeof value === "object" && value !== null;
  const own = isObject && OWN_FORMS.find((name) => typeof Reflect.get(value, name) === "function");
  if (own) {
    const forms: unknown = await Reflect.apply(Reflect.get(value, own), value, []);
    shown = { [Symbol.for("Jupyter.mimebundle")]: () => forms };
  }
  try {
    const bundle = asObject(show(shown));
    JSON.stringify(bundle);
    return bundle;
  } catch (error) {
    const place = notJson(shown, "value", []);
    throw place === null ? error : new TypeError(`the value of this cell cannot be sent: ${place}`);
  }
}

/** The first place in a value that JSON has no form for, or null. */
function notJson(value: unknown, place: string, above: readonly unknown[]): string | null {
  if (typeof value === "bigint") return `${place} is ${value}n, a BigInt; Number(…) makes a number of it`;
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return null;
  if (above.includes(value)) return `${place} leads back to itself`;
  if (above.length > 20) return null;
  for (const [key, part] of Object.entries(value)) {
    const found = notJson(part, Array.isArray(value) ? `${place}[${key}]` : `${place}.${key}`, [...above, value]);
    if (found !== null) return found;
  }
  return null;
}

async function cursorOf({ code, cursor_pos: position }: JsonObject): Promise<Cursor> {
  return { declarations: await executor.declared(), code: asString(code), position: Number(position) };
}

const handler: RequestHandler = {
  kernelInfo: () => ({
    status: "ok",
    protocol_version: "5.3",
    implementation: "hrd-typescript",
    implementation_version: "1.0.0",
    banner: "TypeScript (human rights diplomacy)",
    help_links: [],
    language_info: LANGUAGE_INFO,
  }),

  async execute(request, publish) {
    const source = asString(request.content.code);
    const silent = request.content.silent === true;
    streams.flush();
    if (!silent) count += 1;
    const owner = owners.create(request.header, count);
    latest = owner;
    if (!silent) publish("execute_input", { code: source, execution_count: count });
    const failed = (error: CellError): JsonObject => {
      const content = errorContent(error);
      publish("error", content);
      return { status: "error", execution_count: owner.count, ...content };
    };
    const result = await executor.execute(source, owner);
    streams.flush();
    if (!result.ok) return failed(result.error);
    const note = noteFor(source);
    if (note !== null) publishFor(owner, "stream", { name: "stderr", text: `${note}\n` });
    if (result.value !== undefined && !silent) {
      try {
        const data = await owners.run(owner, () => bundleOf(result.value));
        publish("execute_result", { execution_count: owner.count, data, metadata: {} });
      } catch (reason) {
        return failed(executor.describe(reason, owner));
      }
    }
    return { status: "ok", execution_count: owner.count, payload: [], user_expressions: {} };
  },

  isComplete: async (content) => ({ ...(await compiler.ask("isComplete", { code: asString(content.code) })) }),

  async inspect(content) {
    const text = await compiler.ask("inspect", await cursorOf(content));
    const data = text === null ? {} : { "text/plain": text };
    return { status: "ok", found: text !== null, data, metadata: {} };
  },

  async complete(content) {
    const { start, end, candidates } = await compiler.ask("complete", await cursorOf(content));
    return { status: "ok", cursor_start: start, cursor_end: end, matches: candidates, metadata: {} };
  },

  interrupt: () => void executor.interrupt(),

  shutdown() {
    guardian.stop();
    server.close();
    // The sockets' linger lets the last messages leave.
    setTimeout(() => exit.call(process, 0), 100);
  },
};

/** An error that no code caught fails its own cell, or is shown under it where that has ended. */
function uncaught(reason: unknown): void {
  if (executor.reject(reason, owners.current())) return;
  streams.flush();
  const owner = ownerNow();
  publishFor(owner, "error", errorContent(executor.describe(reason, owner)));
}

const { exit } = process;
Object.assign(process, {
  exit(code?: number): void {
    if (!owners.current()) exit.call(process, code);
    throw new Error(
      "process.exit() would end the kernel and with it all variables. A cell ends by itself, or by throw new Error(…)",
    );
  },
});
// Nobody answers there: a cell would wait for ever.
Object.defineProperty(process, "stdin", {
  value: new Readable({
    read() {
      const advice = 'write the answer into a variable, const answer = "…";';
      this.destroy(new Error(`A cell cannot ask for input: ${advice}`));
    },
  }),
});

Object.assign(globalThis, {
  /** How lib's show() reaches the notebook. */
  [Symbol.for("Jupyter.display")]: (bundle: JsonObject) =>
    publishDisplay("display_data", {
      data: asObject(bundle.data),
      metadata: asObject(bundle.metadata),
      transient: {},
    }),
});

const server = new KernelServer(readConnection(readFileSync(connectionFile, "utf8"), connectionFile), handler);
await server.start();
// Not before: what goes wrong until then is said where Jupyter's log and a terminal show it.
process.on("unhandledRejection", uncaught);
process.on("uncaughtException", uncaught);
streams.capture(ownerNow);
captureChildren(() => streams.writer(ownerNow()));
server.publish({}, "status", { execution_state: "starting" });
void executor.warm();
