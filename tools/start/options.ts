import { parseArgs } from "node:util";

/** What `npm start` was asked to do. */
export interface StartOptions {
  readonly help: boolean;
  readonly openBrowser: boolean;
  /** Opens the rendered pages, which are notebooks themselves, and no Jupyter. */
  readonly pages: boolean;
  /** The port that was asked for; null takes 8888 or the next free one. */
  readonly port: number | null;
}

export const usage = `npm start -- [options]     opens the notebooks in Jupyter

  --no-browser   only print the address, open no browser
  --pages        open the pages in place of Jupyter: nothing but Node and a browser is needed
  --port N       serve on port N (1 to 65535) instead of 8888 or the next free one
  --help         this text

Where there is no Jupyter and none can be set up, the pages are opened.
Ctrl-C ends Jupyter and all kernels.`;

/**
 * Reads the command line of `npm start`.
 *
 * @throws Error naming the option that is unknown or the port that is none
 * @example parseOptions(["--no-browser", "--port", "9000"]) // { help: false, openBrowser: false, pages: false, port: 9000 }
 */
export function parseOptions(args: readonly string[]): StartOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: "boolean" },
      "no-browser": { type: "boolean" },
      pages: { type: "boolean" },
      port: { type: "string" },
    },
    strict: true,
    allowPositionals: false,
  });
  return {
    help: values.help ?? false,
    openBrowser: !(values["no-browser"] ?? false),
    pages: values.pages ?? false,
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
