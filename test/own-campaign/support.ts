import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { CampaignMapping } from "../../lib/own-campaign";

const folder = mkdtempSync(join(tmpdir(), "hrd-own-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes a file that somebody might bring, and says where it is. */
export function written(name: string, text: string | Uint8Array): string {
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
  columns: { id: "id", detained: "detained", released: "released" },
  treatment: { kind: "column", column: "featured", treated: ["yes"], control: ["no"] },
};

/** The text of such a file. */
export const small = (...rows: string[]): string =>
  `${["id,detained,released,featured", ...rows].join("\n")}\n`;
