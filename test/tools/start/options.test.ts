import { describe, expect, test } from "vitest";
import { parseOptions } from "../../../tools/start/options";

describe("the command line of npm start", () => {
  test("opens a browser and takes a free port when nothing is said", () => {
    expect(parseOptions([])).toEqual({ help: false, openBrowser: true, pages: false, port: null });
  });

  test("takes --no-browser, --port, --pages and --help", () => {
    expect(parseOptions(["--no-browser", "--port", "9000"])).toEqual({
      help: false,
      openBrowser: false,
      pages: false,
      port: 9000,
    });
    expect(parseOptions(["--port=65535"]).port).toBe(65535);
    expect(parseOptions(["--help"]).help).toBe(true);
    expect(parseOptions(["--pages"]).pages).toBe(true);
  });

  test.each(["0", "65536", "-1", "80.5", "1e3", "http", "", " 80"])("refuses --port=%s", (text) => {
    expect(() => parseOptions([`--port=${text}`])).toThrow(`--port "${text}" is not a port`);
  });

  test("names what it does not know", () => {
    expect(() => parseOptions(["--nobrowser"])).toThrow("--nobrowser");
    expect(() => parseOptions(["lab"])).toThrow("lab");
    expect(() => parseOptions(["--port"])).toThrow("--port");
  });
});
