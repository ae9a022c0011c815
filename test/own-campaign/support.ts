import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { CampaignMapping } from "../../lib/own-campaign";

/** Writes a file that somebody might bring, and says where it is; it is gone after the test that asked for it. */
export function written(name: string, text: string | Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), "hrd-own-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** A mapping of a small file: `id,detained,released,featured`. */
export const SMALL: CampaignMapping = {
  title: "A test",
  dateFormat: "%Y-%m-%d",
  timeZero: "detained",
  endOfFollowUp: "2018-12-31",
  // So that a month from the first is exactly one; test/own-campaign/others-files.test.ts tests the other units.
  unit: "calendar months",
  columns: { id: "id", detained: "detained", released: "released" },
  treatment: { kind: "column", column: "featured", treated: ["yes"], control: ["no"] },
};

/** The text of such a file. */
export const small = (...rows: string[]): string => `${["id,detained,released,featured", ...rows].join("\n")}\n`;
