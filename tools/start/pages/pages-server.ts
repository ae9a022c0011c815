import { timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import path from "node:path";
import { escapeHtml } from "../../../lib/tables/escape";
import { contentType, requestedFile } from "../../site/static-files";
import { save } from "./save";

export interface PagesOptions {
  /** The rendered pages. */
  readonly folder: string;
  /** Where student/ and notebooks/ are. */
  readonly root: string;
  readonly token: string;
}

/** A notebook with all its pictures weighs at most 1.5 MB; what students add may be more. */
const LONGEST = 25_000_000;

/**
 * Shows the pages to the one who has the token, and saves notebooks for them.
 *
 * It answers only what is asked of it by this computer's own name (a page elsewhere cannot have its name lead here), only
 * with the token, which is in the address that `npm start` prints and then in a cookie, and saves only for its own pages:
 * from no other origin, and with a header that a form cannot send.
 */
export function pagesServer({ folder, root, token }: PagesOptions): Server {
  return createServer((request, response) => {
    const refuse = (status: number, words: string): void => {
      response.writeHead(status, { ...HEADERS, "content-type": "text/plain; charset=utf-8" }).end(`${words}\n`);
    };
    const port = request.socket.localPort ?? 0;
    const host = request.headers.host ?? "";
    if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) {
      refuse(403, "This server answers to 127.0.0.1 only.");
      return;
    }
    const url = addressOf(request.url);
    if (url === null) {
      refuse(400, "That is no address.");
      return;
    }
    const given = url.searchParams.get("token");
    if (request.method === "GET" && given !== null && isSame(given, token)) {
      welcome(response, url.pathname, `hrd-${port}=${token}`);
      return;
    }
    if (!isSame(cookieOf(request, `hrd-${port}`), token)) {
      refuse(403, "Open the address that npm start printed: it holds the token of this run.");
      return;
    }
    if (url.pathname === SAVE) void receive(request, response, root, refuse);
    else if (request.method === "GET" || request.method === "HEAD") show(folder, url.pathname, response, refuse);
    else refuse(405, "Only pages are here, and saving.");
  });
}

/** Address to which a page posts what it saves. */
const SAVE = "/save";

const HEADERS = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "content-security-policy": "frame-ancestors 'self'",
};

type Refuse = (status: number, words: string) => void;

function addressOf(url: string | undefined): URL | null {
  try {
    return new URL(url ?? "/", "http://127.0.0.1");
  } catch {
    return null;
  }
}

/**
 * Keeps the token in a cookie and goes on without it in the address. It is this page that goes on, and not a redirection:
 * to one that was begun elsewhere a browser would not show a strict cookie.
 */
function welcome(response: ServerResponse, pathname: string, cookie: string): void {
  // Two slashes would lead to another host.
  const next = escapeHtml(pathname.replace(/^[/\\]+/, "/"));
  response
    .writeHead(200, {
      ...HEADERS,
      "content-type": "text/html; charset=utf-8",
      "referrer-policy": "no-referrer",
      "set-cookie": `${cookie}; HttpOnly; SameSite=Strict; Path=/`,
    })
    .end(
      `<!doctype html><meta charset="utf-8"><title>Pages</title><link rel="icon" href="data:,"><meta http-equiv="refresh" content="0; url=${next}">`,
    );
}

function show(folder: string, pathname: string, response: ServerResponse, refuse: Refuse): void {
  const file = requestedFile(folder, pathname);
  if (file === null) {
    refuse(404, "There is no such page.");
    return;
  }
  const bytes = readFileSync(file);
  const content = path.extname(file) === ".html" ? savingPage(bytes.toString("utf8")) : bytes;
  response.writeHead(200, { ...HEADERS, "content-type": contentType(file) }).end(content);
}

/** A page of the site that may post to this server, and knows where. */
export function savingPage(html: string): string {
  return html
    .replace("connect-src &#39;none&#39;", "connect-src &#39;self&#39;")
    .replace('<meta name="viewport"', `<meta name="hrd-save" content="${SAVE}">\n<meta name="viewport"`);
}

async function receive(
  request: IncomingMessage,
  response: ServerResponse,
  root: string,
  refuse: Refuse,
): Promise<void> {
  const { method, headers } = request;
  if (method !== "POST") return refuse(405, "Saving is a POST.");
  if (headers.origin !== `http://${headers.host}`) return refuse(403, "Only the pages of this server save here.");
  if (headers["x-hrd-save"] !== "1" || !/^application\/json\b/.test(headers["content-type"] ?? ""))
    return refuse(403, "Saving takes JSON, and the header X-HRD-Save.");
  const body = await textOf(request);
  if (body === null) return refuse(413, `At most ${LONGEST} bytes are saved.`);
  try {
    const { status, ...answer } = save(root, body);
    response.writeHead(status, { ...HEADERS, "content-type": "application/json; charset=utf-8" });
    response.end(JSON.stringify(answer));
  } catch (error) {
    refuse(500, `It could not be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The body of a request as text; null where it is too long. */
async function textOf(request: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request) {
    const bytes = Buffer.from(part);
    length += bytes.length;
    // The rest is read and thrown away, so that the answer arrives.
    if (length <= LONGEST) parts.push(bytes);
  }
  return length > LONGEST ? null : Buffer.concat(parts).toString("utf8");
}

function cookieOf(request: IncomingMessage, name: string): string {
  const cookies = (request.headers.cookie ?? "").split(/;\s*/);
  return cookies.find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";
}

function isSame(given: string, token: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}
