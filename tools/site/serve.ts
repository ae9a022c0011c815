import { createReadStream, watch } from "node:fs";
import { createServer, type Server } from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { choosePort } from "../start/port";
import { renderSite } from "./render";
import { contentType, requestedFile } from "./static-files";
import { writeSite } from "./write";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/**
 * A server for one folder that only this computer can reach.
 *
 * It answers requests for 127.0.0.1 and localhost only: a page elsewhere cannot have its own name lead here.
 */
export function siteServer(folder: string): Server {
  return createServer((request, response) => {
    const host = (request.headers.host ?? "").replace(/:\d+$/, "");
    if (host !== "127.0.0.1" && host !== "localhost") {
      response.writeHead(403).end("this server answers to 127.0.0.1 only\n");
      return;
    }
    const file = requestedFile(folder, request.url ?? "/");
    if (file === null) {
      response.writeHead(404, { "content-type": "text/plain; charset=utf-8" }).end("There is no such page.\n");
      return;
    }
    response.writeHead(200, {
      "content-type": contentType(file),
      "cache-control": "no-cache",
      "x-content-type-options": "nosniff",
    });
    createReadStream(file).pipe(response);
  });
}

async function render(folder: string): Promise<void> {
  const started = performance.now();
  try {
    const changes = writeSite(folder, await renderSite({ root: ROOT }));
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    process.stdout.write(`rendered in ${seconds} s, ${changes} files changed\n`);
  } catch (error) {
    process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
  }
}

/** Renders again when a notebook changes; what changes while it renders is rendered once more afterwards. */
function renderOnChange(folder: string): void {
  let due = false;
  let busy = false;
  const work = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    while (due) {
      due = false;
      // An editor writes a file in several steps.
      await new Promise((resolve) => setTimeout(resolve, 200));
      await render(folder);
    }
    busy = false;
  };
  watch(path.join(ROOT, "notebooks"), (_, name) => {
    if (name?.endsWith(".ipynb") !== true) return;
    due = true;
    void work();
  });
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { port: { type: "string" } } });
  const folder = path.join(ROOT, "dist");
  const asked = values.port === undefined ? null : Number(values.port);
  if (asked !== null && !(Number.isInteger(asked) && asked > 0 && asked < 65_536))
    throw new Error(`--port needs a number from 1 to 65535, found "${values.port}"`);
  await render(folder);
  renderOnChange(folder);
  const port = await choosePort(asked);
  siteServer(folder).listen(port, "127.0.0.1", () => {
    process.stdout.write(`http://127.0.0.1:${port}/\nCtrl+C ends it.\n`);
  });
}

if (process.argv[1] !== undefined && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    await main();
  } catch (error) {
    process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
