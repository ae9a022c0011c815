import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { mimeBundle } from "../../lib/notebook/bundle";
import type { CellError } from "./errors";
import { Executor, findRoot } from "./executor";
import { startGuardian } from "./guardian";
import { asObject, asString, type Header, type JsonObject } from "./protocol/wire";
import { KernelServer, type RequestHandler, readConnection } from "./server";
import { StreamBuffer } from "./streams";

/**
 * The project's TypeScript kernel for Jupyter: stock tslab compiles the cells, everything around it is here.
 *
 *     node --no-force-async-hooks-checks tools/kernel/launch.mjs CONNECTION_FILE
 */

const [connectionFile] = process.argv.slice(2);
if (!connectionFile) {
  console.error(
    "tools/kernel/launch.mjs: the path of Jupyter's connection file is needed as the only argument",
  );
  process.exit(1);
}

const notebookFolder = process.cwd();
const root = findRoot(notebookFolder, existsSync);
process.env.HRD_ROOT ??= root;

const guardian = startGuardian(new URL("./guardian-thread.mjs", import.meta.url), () => {
  executor.interrupt();
});
const executor = new Executor(root, notebookFolder, guardian);

// Loaded after the executor has configured TypeScript: they load tslab's converter, which keeps what it finds.
const require = createRequire(import.meta.url);
const tslab = {
  jupyter: require("tslab/dist/jupyter.js") as { lastWriteDisplayData: unknown },
  inspect: require("tslab/dist/inspect.js") as typeof import("tslab/dist/inspect"),
  converter: require("tslab/dist/converter.js") as typeof import("tslab/dist/converter"),
};

let count = 0;
/** The request that output belongs to: the last cell that was run, also after it has ended. */
let parent: Partial<Header> = {};

const streams = new StreamBuffer((name, text) => server.publish(parent, "stream", { name, text }));

function publishDisplay(type: string, content: JsonObject): void {
  streams.flush();
  server.publish(parent, type, content);
}

function errorContent(error: CellError): JsonObject {
  const { ename, evalue, traceback, location } = error;
  return { ename, evalue, traceback, location };
}

/** The name of lib's display code, wherever in lib/ it stands: were it another, neither line would compile. */
const DISPLAY: keyof typeof import("../../lib/notebook/bundle") = "mimeBundle";

/** The bundle of a cell's last value, by the display code that the cells themselves have loaded, if any. */
function bundleOf(value: unknown): JsonObject {
  const loaded = executor.loadedExport(path.join(root, "lib"), DISPLAY);
  return asObject(typeof loaded === "function" ? loaded(value) : mimeBundle(value));
}

const handler: RequestHandler = {
  kernelInfo: () => ({
    status: "ok",
    protocol_version: "5.3",
    implementation: "hrd-typescript",
    implementation_version: "1.0.0",
    banner: "TypeScript (human rights diplomacy)",
    help_links: [],
    language_info: {
      name: "typescript",
      version: "5.0.4",
      mimetype: "text/typescript",
      file_extension: ".ts",
      pygments_lexer: "typescript",
      codemirror_mode: { mode: "typescript", name: "javascript", typescript: true },
    },
  }),

  async execute(request, publish) {
    const source = asString(request.content.code);
    const silent = request.content.silent === true;
    parent = request.header;
    if (!silent) count += 1;
    if (!silent) publish("execute_input", { code: source, execution_count: count });
    const result = await executor.execute(source, count);
    streams.flush();
    if (!result.ok) {
      const content = errorContent(result.error);
      publish("error", content);
      return { status: "error", execution_count: count, ...content };
    }
    if (result.value !== undefined && !silent) {
      try {
        publish("execute_result", { execution_count: count, data: bundleOf(result.value), metadata: {} });
      } catch (reason) {
        const content = errorContent(executor.describe(reason, count));
        publish("error", content);
        return { status: "error", execution_count: count, ...content };
      }
    }
    return { status: "ok", execution_count: count, payload: [], user_expressions: {} };
  },

  isComplete(content) {
    const { completed, indent } = tslab.converter.isCompleteCode(asString(content.code));
    return completed ? { status: "complete" } : { status: "incomplete", indent: indent ?? "" };
  },

  inspect(content) {
    const info = executor.inspect(asString(content.code), Number(content.cursor_pos));
    if (!info) return { status: "ok", found: false, data: {}, metadata: {} };
    return {
      status: "ok",
      found: true,
      data: { "text/plain": tslab.inspect.printQuickInfo(info) },
      metadata: {},
    };
  },

  complete(content) {
    const found = executor.complete(asString(content.code), Number(content.cursor_pos));
    const { start, end, candidates } = found;
    return { status: "ok", cursor_start: start, cursor_end: end, matches: candidates, metadata: {} };
  },

  interrupt: () => void executor.interrupt(),

  shutdown() {
    guardian.stop();
    server.close();
    // The sockets' linger lets the last messages leave.
    setTimeout(() => process.exit(0), 100);
  },
};

/** An error that no code caught fails the cell that runs, or is shown under the last one. */
function uncaught(reason: unknown): void {
  if (executor.reject(reason)) return;
  streams.flush();
  server.publish(parent, "error", errorContent(executor.describe(reason, count)));
}
process.on("unhandledRejection", uncaught);
process.on("uncaughtException", uncaught);

Object.assign(globalThis, {
  /** How lib's show() reaches the notebook. */
  [Symbol.for("Jupyter.display")]: (bundle: JsonObject) =>
    publishDisplay("display_data", {
      data: asObject(bundle.data),
      metadata: asObject(bundle.metadata),
      transient: {},
    }),
});
// The same for tslab's own `display`, for those who know it.
tslab.jupyter.lastWriteDisplayData = (content: JsonObject, update: boolean) =>
  publishDisplay(update ? "update_display_data" : "display_data", content);

const server = new KernelServer(
  readConnection(readFileSync(connectionFile, "utf8"), connectionFile),
  handler,
);
streams.capture();
await server.start();
server.publish({}, "status", { execution_state: "starting" });
