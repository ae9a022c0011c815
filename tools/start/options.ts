import { parseArgs } from "node:util";

/** What `npm start` was asked to do. */
export interface StartOptions {
  readonly help: boolean;
  readonly openBrowser: boolean;
  /** The port that was asked for; null takes 8888 or the next free one. */
  readonly port: number | null;
}

export const usage = `npm start -- [options]     opens the notebooks in Jupyter

  --no-browser   only print the address, open no browser
  --port N       serve on port N (1 to 65535) instead of 8888 or the next free one
  --help         this text

Ctrl-C ends Jupyter and all kernels.`;

/**
 * Reads the command line of `npm start`.
 *
 * @throws Error naming the option that is unknown or the port that is none
 * @example parseOptions(["--no-browser", "--port", "9000"]) // { help: false, openBrowser: false, port: 9000 }
 */
export function parseOptions(args: readonly string[]): StartOptions {
  const { values } = parseArgs({
    args: [...args],
    options: { help: { type: "boolean" }, "no-browser": { type: "boolean" }, port: { type: "string" } },
    strict: true,
    allowPositionals: false,
  });
  return {
    help: values.help ?? false,
    openBrowser: !(values["no-browser"] ?? false),
    port: values.port === undefined ? null : parsePort(values.port),
  };
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65535) {
    throw new Error(`--port "${text}" is not a port; a whole number from 1 to 65535 is needed.`);
  }
  return port;
}
