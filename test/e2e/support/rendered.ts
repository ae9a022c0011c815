import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { renderSite } from "../../../tools/site/render";
import { writeSite } from "../../../tools/site/write";
import { projectRoot } from "../../../tools/start/machine";

declare module "vitest" {
  interface ProvidedContext {
    /** The folder with the rendered site that all test files open. */
    site: string;
    /** Its pages. */
    pages: string[];
  }
}

/** Renders the site once for all test files, into a folder whose name is a trap. */
export default async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(path.join(tmpdir(), "hrd site é "));
  const files = await renderSite({ root: projectRoot });
  writeSite(folder, files);
  project.provide("site", folder);
  project.provide("pages", [...files.keys()].filter((name) => name.endsWith(".html")).sort());
  return () => rmSync(folder, { recursive: true, force: true });
}
