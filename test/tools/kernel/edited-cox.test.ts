import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { KernelClient } from "../../../tools/kernel/protocol/client";
import { printed, ROOT, TemporaryProject } from "./project";

/** A fit outlives an edit of the files that made it. */

let project: TemporaryProject;
let kernel: KernelClient;

beforeAll(async () => {
  project = new TemporaryProject();
  for (const folder of ["lib/survival", "lib/statistics"]) project.copy(path.join(ROOT, folder), folder);
  kernel = await project.startKernel();
});
afterAll(() => project.remove());

test("residuals() takes a fit that was made before a file of Cox's model was edited", async () => {
  const importing = 'import { cox, residuals } from "../lib/survival";\n';
  const fitting = "const fit = cox({ time: [1, 2, 3, 4], event: [1, 1, 1, 0], covariates: { x: [0, 1, 0, 1] } });\n";
  const printing = 'console.log(residuals(fit, "martingale").map((value) => value.toFixed(3)).join(" "));';
  const before = await kernel.execute(`${importing}${fitting}${printing}`);
  expect(printed(before)).toMatch(/^-?\d\.\d{3}( -?\d\.\d{3}){3}\n$/);
  const name = "lib/survival/cox/hazards.ts";
  project.write(name, `${readFileSync(path.join(ROOT, name), "utf8")}\n// edited\n`);
  expect((await kernel.execute(`${importing}residuals.name`)).status).toBe("ok");
  expect(printed(await kernel.execute(printing))).toBe(printed(before));
  // A copy is checked from nothing, which takes fifteen seconds of processor.
}, 240_000);
