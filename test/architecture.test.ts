import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const text = readFileSync("ARCHITECTURE.md", "utf8");

describe("ARCHITECTURE.md", () => {
  test("names only files and folders that are there", () => {
    const paths = [...text.matchAll(/`((?:lib|data|tools|test|notebooks|bench)\/[^`<\s]*)`/g)].map(([, path]) => path);
    expect(paths.length).toBeGreaterThan(30);
    expect(paths.filter((path) => !path.includes("NN") && !existsSync(path))).toEqual([]);
  });

  test("names every room of lib/, in the order of its floors", () => {
    const order = [...text.matchAll(/^ ([a-z-]+(?: · [a-z-]+)*) {2,}/gm)].flatMap(([, rooms]) => rooms.split(" · "));
    expect(order.filter((room) => existsSync(`lib/${room}/index.ts`))).toEqual(order);
    expect(order.length).toBe(17);
  });

  test("names functions that the library has", () => {
    const names = [...text.matchAll(/`([a-z][A-Za-z0-9]+)`/g)].map(([, name]) => name);
    const reference = readFileSync("lib/REFERENCE.md", "utf8");
    expect(names.filter((name) => !reference.includes(`\`${name}\``))).toEqual([]);
  });
});
