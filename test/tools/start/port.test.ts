import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { choosePort } from "../../../tools/start/port";

function listen(port: number, host: string): Promise<number> {
  const server: Server = createServer();
  onTestFinished(() => void server.close());
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      const address = server.address();
      if (address === null || typeof address === "string") reject(new Error("no port"));
      else resolve(address.port);
    });
  });
}

/** A port that the system has just given out and taken back. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

describe("the port", () => {
  test.each(["127.0.0.1", "0.0.0.0"])("that was asked for and is taken on %s is an error", async (host) => {
    const taken = await listen(0, host);
    await expect(choosePort(taken)).rejects.toThrow(`Port ${taken} is taken by another program.`);
  });

  test("that was asked for and is free is taken, and left free until Jupyter has it", async () => {
    const port = await freePort();
    expect(await choosePort(port)).toBe(port);
    expect(await listen(port, "127.0.0.1")).toBe(port);
  });

  test("is the next free one where 8888 is taken", async () => {
    const first = await choosePort(null);
    await listen(first, "127.0.0.1");
    const second = await choosePort(null);
    expect(second).toBeGreaterThan(first);
    expect(second).toBeLessThan(8988);
  });
});
