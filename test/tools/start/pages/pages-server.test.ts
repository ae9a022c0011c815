import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { contentSecurityPolicy, headStart } from "../../../../tools/site/shell";
import { pagesServer, savingPage } from "../../../../tools/start/pages/pages-server";
import { pagesFolder, renderedPages } from "../../../../tools/start/pages/rendered";
import { madeUpMachine, temporaryFolder } from "../made-up-machine";

const TOKEN = "a".repeat(48);
const NOTEBOOK = JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [] });
const HEAD = headStart("Pages", "Pages", contentSecurityPolicy());

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly cookie: string;
}

interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A server over a made-up project, and a way to ask it anything: `fetch` would mend a path and a Host. */
async function served() {
  const root = temporaryFolder();
  for (const folder of ["dist", "notebooks"]) mkdirSync(join(root, folder));
  writeFileSync(
    join(root, "dist/index.html"),
    `<!doctype html><html><head>${HEAD}</head><body>The pages</body></html>`,
  );
  writeFileSync(join(root, "notebooks/01-long-list.ipynb"), "committed");
  writeFileSync(join(root, "secret.txt"), "secret");
  const server = pagesServer({ folder: join(root, "dist"), root, token: TOKEN });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { port }: Pick<AddressInfo, "port"> = Object(server.address());
  const own = `http://127.0.0.1:${port}`;
  const cookie = `hrd-${port}=${TOKEN}`;
  const ask = ({ method = "GET", path = "/", headers = {}, body = "" }: Asked): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const asked = httpRequest({ host: "127.0.0.1", port, method, path, headers }, (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (part) => (text += String(part)));
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            body: text,
            cookie: String(response.headers["set-cookie"] ?? ""),
          }),
        );
      });
      asked.on("error", reject);
      asked.end(body);
    });
  const good = { cookie, origin: own, "x-hrd-save": "1", "content-type": "application/json" };
  const save = (path: string, more: Partial<Asked> & { text?: string; replace?: boolean } = {}): Promise<Answer> => {
    const { text = NOTEBOOK, replace = false, headers = {} } = more;
    return ask({
      method: "POST",
      path: "/save",
      body: JSON.stringify({ path, text, replace }),
      headers: { ...good, ...headers },
    });
  };
  return { root, port, own, cookie, ask, save, good };
}

describe("who sees the pages", () => {
  test("the one with the token, first in the address and then in a strict cookie", async () => {
    const { ask, cookie } = await served();
    expect((await ask({})).status).toBe(403);
    expect((await ask({ path: `/?token=${"b".repeat(48)}` })).status).toBe(403);
    expect((await ask({ path: "/?token=" })).status).toBe(403);
    const welcome = await ask({ path: `/?token=${TOKEN}` });
    expect(welcome.cookie).toBe(`${cookie}; HttpOnly; SameSite=Strict; Path=/`);
    expect(welcome.body).toContain('content="0; url=/"');
    expect(welcome.body).not.toContain(TOKEN);
    expect((await ask({ headers: { cookie: `x=1; ${cookie}` } })).body).toContain("The pages");
    expect((await ask({ headers: { cookie: `${cookie}0` } })).status).toBe(403);
  });

  test("nobody by another name of this computer", async () => {
    const { ask, cookie, port } = await served();
    for (const host of ["evil.example", `evil.example:${port}`, "127.0.0.1", "127.0.0.1:1"])
      expect((await ask({ headers: { cookie, host } })).status, host).toBe(403);
    expect((await ask({ headers: { cookie, host: `localhost:${port}` } })).status).toBe(200);
  });

  test("an address with a token leads to no other host", async () => {
    const { ask } = await served();
    for (const path of ["//evil.example/", "/\\evil.example/", "/%22><script>"]) {
      const { body, status } = await ask({ path: `${path}?token=${TOKEN}` });
      if (status === 200) expect(body).toMatch(/url=\/(?![/\\])[^"<>]*">$/);
    }
  });

  test("nothing outside of the pages", async () => {
    const { ask, cookie, root } = await served();
    symlinkSync(join(root, "secret.txt"), join(root, "dist/link.txt"));
    for (const path of [
      "/../secret.txt",
      "/..%2fsecret.txt",
      "/%2e%2e/secret.txt",
      "/..%5csecret.txt",
      "/link.txt",
      "/index.html%00",
      "/%",
    ])
      expect((await ask({ path, headers: { cookie } })).status, path).toBe(404);
  });

  test("a page may post to its own server, and to nobody else", async () => {
    const { ask, cookie } = await served();
    const { body } = await ask({ headers: { cookie } });
    expect(body).toContain("connect-src &#39;self&#39;");
    expect(body).not.toContain("connect-src &#39;none&#39;");
    expect(body).toContain('<meta name="hrd-save" content="/save">');
    expect(savingPage(HEAD).replace("&#39;self&#39;; base", "&#39;none&#39;; base").split("\n").length).toBe(
      HEAD.split("\n").length + 1,
    );
  });
});

describe("saving", () => {
  test("writes a notebook and a hand-in into student/, and a new notebook into notebooks/", async () => {
    const { save, root } = await served();
    for (const path of ["student/01-long-list.ipynb", "notebooks/mine.ipynb"]) {
      const answer = await save(path);
      expect([answer.status, JSON.parse(answer.body)]).toEqual([200, { saved: path }]);
      expect(readFileSync(join(root, path), "utf8")).toBe(NOTEBOOK);
    }
    expect((await save("student/01-ana-maría.hand-in.json", { text: "{}" })).status).toBe(200);
    expect(readdirSync(join(root, "student"))).toEqual(["01-ana-maría.hand-in.json", "01-long-list.ipynb"]);
  });

  test("replaces a file only where it was told to, and none of the project's own", async () => {
    const { save, root } = await served();
    await save("student/a.ipynb");
    const other = NOTEBOOK.replace("5", "4");
    const refused = await save("student/a.ipynb", { text: other });
    expect([refused.status, JSON.parse(refused.body)]).toEqual([
      409,
      { error: "student/a.ipynb is there already", exists: true },
    ]);
    expect(readFileSync(join(root, "student/a.ipynb"), "utf8")).toBe(NOTEBOOK);
    expect((await save("student/a.ipynb", { text: other, replace: true })).status).toBe(200);
    expect(readFileSync(join(root, "student/a.ipynb"), "utf8")).toBe(other);
    expect((await save("notebooks/01-long-list.ipynb", { replace: true })).status).toBe(403);
    expect(readFileSync(join(root, "notebooks/01-long-list.ipynb"), "utf8")).toBe("committed");
  });

  test.each([
    "../a.ipynb",
    "student/../a.ipynb",
    "student/../../a.ipynb",
    "/etc/a.ipynb",
    "student/a/b.ipynb",
    "student\\a.ipynb",
    "student/..ipynb",
    "student/.hidden.ipynb",
    "student/a..ipynb",
    "student/a.ipynb/",
    "student/a.ipynb\u0000",
    "student/a.sh",
    "student/a.json",
    "notebooks/a.hand-in.json",
    "data/freethe20.csv",
    "lib/a.ipynb",
    "a.ipynb",
    "C:\\a.ipynb",
    `student/${"a".repeat(200)}.ipynb`,
    "",
  ])("not to %j", async (path) => {
    const { save, root } = await served();
    expect((await save(path, { replace: true })).status).toBe(403);
    expect(existsSync(join(root, "student"))).toBe(false);
    expect(existsSync(join(root, "a.ipynb"))).toBe(false);
  });

  test("not through links that lead elsewhere", async () => {
    const { save, root } = await served();
    const elsewhere = temporaryFolder();
    symlinkSync(elsewhere, join(root, "student"));
    expect((await save("student/a.ipynb")).status).toBe(403);
    expect(readdirSync(elsewhere)).toEqual([]);
    symlinkSync(join(elsewhere, "b"), join(root, "notebooks/b.ipynb"));
    expect((await save("notebooks/b.ipynb", { replace: true })).status).toBe(403);
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  test.each([
    ["without the token", { cookie: "" }],
    ["with another token", { cookie: `hrd-1=${TOKEN}` }],
    ["from another origin", { origin: "https://evil.example" }],
    ["from another server of this computer", { origin: "http://127.0.0.1:1" }],
    ["from a sandboxed frame or a file", { origin: "null" }],
    ["without an origin", { origin: "" }],
    ["as a form sends it", { "content-type": "text/plain" }],
    ["without the header", { "x-hrd-save": "" }],
    ["by another name", { host: "evil.example" }],
  ])("not %s", async (_, headers) => {
    const { save, root } = await served();
    expect((await save("student/a.ipynb", { headers })).status).toBe(403);
    expect(existsSync(join(root, "student"))).toBe(false);
  });

  test("only by POST, only JSON, only notebooks, and not without end", async () => {
    const { ask, save, good } = await served();
    for (const method of ["GET", "PUT", "DELETE", "OPTIONS"])
      expect((await ask({ method, path: "/save", headers: good })).status, method).toBe(405);
    expect((await ask({ method: "POST", path: "/save", headers: good, body: "{" })).status).toBe(400);
    expect((await ask({ method: "POST", path: "/save", headers: good, body: '{"path": 1}' })).status).toBe(400);
    for (const text of ["", "[]", '{"nbformat": 3, "cells": []}', '{"nbformat": 4}', "<html>"])
      expect((await save("student/a.ipynb", { text })).status, text).toBe(400);
    expect((await save("student/a.ipynb", { text: "x".repeat(25_000_001) })).status).toBe(413);
    expect((await ask({ method: "POST", path: "/index.html", headers: good })).status).toBe(405);
  });
});

describe("the pages that are shown", () => {
  test("those that were shipped, where nothing is there to make them from", async () => {
    const machine = madeUpMachine();
    mkdirSync(join(machine.root, "dist"));
    for (const name of ["index.html", ".hrd-site"]) writeFileSync(join(machine.root, "dist", name), "");
    expect(await renderedPages(machine, () => {})).toBe(join(machine.root, "dist"));
    expect(pagesFolder(machine.root)).toBe(join(machine.root, "dist"));
  });

  test("made anew where what they are made of is newer, and it says so", async () => {
    const machine = madeUpMachine();
    const { root } = machine;
    for (const folder of ["dist", "notebooks", "tools/site"]) mkdirSync(join(root, folder), { recursive: true });
    for (const name of ["index.html", ".hrd-site"]) writeFileSync(join(root, "dist", name), "old");
    utimesSync(join(root, "dist/.hrd-site"), 1, 1);
    writeFileSync(join(root, "notebooks/01.ipynb"), "");
    writeFileSync(join(root, "tools/site/main.ts"), "");
    const mark = JSON.stringify(join(root, "dist/.hrd-site"));
    writeFileSync(
      join(root, "tools/launch.mjs"),
      `import fs from "node:fs"; fs.writeFileSync(${mark}, process.argv.slice(2).join(" "));`,
    );
    utimesSync(join(root, "tools/site"), 1, 1);
    const said: string[] = [];
    await renderedPages(machine, (line) => said.push(line));
    expect(readFileSync(join(root, "dist/.hrd-site"), "utf8")).toBe(`tools/site/main.ts --to ${join(root, "dist")}`);
    expect(said[0]).toContain("The pages are older than what they are made of; rendering them");
    expect(said[1]).toMatch(/^Rendered in \d+ s/);
    await renderedPages(machine, (line) => said.push(line));
    expect(said).toHaveLength(2);
  });

  test("an error where they cannot be made", async () => {
    const machine = madeUpMachine();
    mkdirSync(join(machine.root, "tools/site"), { recursive: true });
    writeFileSync(join(machine.root, "tools/site/main.ts"), "");
    writeFileSync(join(machine.root, "tools/launch.mjs"), "process.exitCode = 3;");
    await expect(renderedPages(machine, () => {})).rejects.toThrow("The pages could not be rendered (exit code 3");
  });
});
