import { afterAll, beforeAll, expect, test } from "vitest";
import { KernelClient } from "../../../tools/kernel/protocol/client";
import { entriesOf, libraryParts } from "../../../tools/site/library";
import { ROOT } from "./project";

/** What the front door offers while an import is typed, in the project itself. */

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await KernelClient.start({ root: ROOT, folder: `${ROOT}/notebooks` });
});
afterAll(() => kernel.shutdown());

async function offers(typed: string): Promise<string[]> {
  const position = typed.indexOf("|");
  const content = { code: typed.replace("|", ""), cursor_pos: position };
  const { matches } = await kernel.request("complete_request", content);
  return Array.isArray(matches) ? matches.map(String) : [];
}

test("the bare brace offers the names of the front door and no others; k completes to kaplanMeier first", async () => {
  const front = libraryParts(ROOT).filter(({ room }) => room === "");
  const names = entriesOf(front).map(({ name }) => name);
  expect(names.length).toBeGreaterThan(20);
  expect((await offers('import { | } from "../lib";')).sort()).toEqual(names.sort());
  expect((await offers('import { k| } from "../lib";'))[0]).toBe("kaplanMeier");
});
