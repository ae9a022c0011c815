import { connect, createServer } from "node:net";

/** Only this computer reaches the notebooks. */
export const loopback = "127.0.0.1";

const firstPort = 8888;
const portsTried = 100;

/** Whether something answers on the port: a program on all addresses does not always keep others off loopback. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: loopback, port, timeout: 1000 });
    const end = (result: boolean) => {
      socket.destroy();
      resolve(result);
    };
    socket.once("connect", () => end(true));
    socket.once("error", () => end(false));
    socket.once("timeout", () => end(true));
  });
}

/** Null where the port can be listened on, else why not, as the system names it (EADDRINUSE, EACCES). */
function refusal(port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, loopback, () => server.close(() => resolve(null)));
  });
}

/**
 * A free port on loopback: the one asked for, else 8888 or the first free one after it.
 *
 * @param asked the `--port` of the command line, or null
 * @throws Error where the asked port is taken or not allowed, or none of 8888 to 8987 is free
 */
export async function choosePort(asked: number | null): Promise<number> {
  if (asked !== null) {
    const reason = (await answers(asked)) ? "EADDRINUSE" : await refusal(asked);
    if (reason === null) return asked;
    const words =
      reason === "EADDRINUSE"
        ? "is taken by another program"
        : reason === "EACCES"
          ? "needs more rights than you have"
          : `cannot be used (${reason})`;
    throw new Error(`Port ${asked} ${words}. Leave --port out to get a free one, or name another.`);
  }
  for (let port = firstPort; port < firstPort + portsTried; port++) {
    if (!(await answers(port)) && (await refusal(port)) === null) return port;
  }
  throw new Error(`None of the ports ${firstPort} to ${firstPort + portsTried - 1} is free; name one with --port.`);
}
