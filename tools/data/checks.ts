import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { codings, loadFreeThe20, loadJournalists, loadLongList, loadPublished } from "../../lib/data/index";
import type { Descriptor } from "../../lib/data/schema/descriptor";
import { projectRoot } from "../../lib/data/schema/index";
import { projectPackage } from "../../lib/data/schema/project";
import type { Provenance } from "../../lib/files";
import { loadEvidence } from "../../lib/paper/mechanisms";
import { checkAttention } from "./check-attention";
import { checkDescriptor } from "./check-descriptor";
import { checkExamples } from "./check-examples";
import { checkReadme } from "./check-readme";
import { checkConcerns, checkPrisoners, checkReports } from "./check-urgent-actions";
import { check, type FileCheck } from "./file-check";
import { longListCsv } from "./long-list";
import { currentRowsSource } from "./rows-source";

/**
 * Checks the project's own data: the data package, every file it describes,
 * and what is made from others.
 *
 * @returns one entry a file, in a fixed order; loading errors become problems and are not thrown
 */
export function checkAll(): FileCheck[] {
  const root = projectRoot();
  const from = join(root, "data");
  return [
    check("data/datapackage.json", () => {
      const descriptor = projectPackage();
      const problems = [...checkDescriptor(descriptor), ...undescribed(root, descriptor)];
      return { summary: `${descriptor.resources.length} resources`, problems };
    }),
    check("data/freethe20.csv", () => {
      const { rows } = loadFreeThe20({ from });
      return {
        summary: `${rows.length} rows, public-record`,
        problems: [...stray(rows, "public-record"), ...counts(from)],
      };
    }),
    check("data/journalists.csv", () => {
      const { rows } = loadJournalists({ from });
      return { summary: `${rows.length} rows, public-record`, problems: stray(rows, "public-record") };
    }),
    check("data/long_list.csv", () => {
      const rows = loadLongList({ from }).rows.filter((row) => !row.featured);
      const same = readFileSync(join(from, "long_list.csv"), "utf8") === longListCsv();
      const stale = same ? [] : ["is not what tools/data/long-list.ts makes; run npm run data:generate"];
      return { summary: `${rows.length} rows, synthetic`, problems: [...stray(rows, "synthetic"), ...stale] };
    }),
    check("data/freethe20_concerns.csv", () => checkConcerns(from)),
    check("data/urgent_actions.csv", () => checkReports(from)),
    check("data/prisoners.csv", () => checkPrisoners(from)),
    check("data/examples", () => checkExamples(root)),
    check("data/evidence.csv", () => {
      const { rows } = loadEvidence({ from });
      return { summary: `${rows.length} rows, public-record`, problems: stray(rows, "public-record") };
    }),
    check("data/published.json", () => {
      const published = loadPublished({ from });
      const printed = JSON.stringify(published.regions.groups);
      const same = printed === JSON.stringify(projectPackage().regions);
      const problems = same ? [] : ["its regions are not those of data/datapackage.json"];
      return { summary: `${published.numbers.length} printed numbers and Table 1`, problems };
    }),
    check("data/attention", () => checkAttention(root)),
    check("data/README.md", () => checkReadme(from)),
    check("lib/data/schema/rows.ts", () => {
      const same = readFileSync(join(root, "lib/data/schema/rows.ts"), "utf8") === currentRowsSource(root);
      const problems = same ? [] : ["is older than data/datapackage.json; run npm run data:generate"];
      return { summary: "row types, up to date", problems };
    }),
  ];
}

/** Rows whose provenance is not that of the project's file: public record and synthetic are never mixed. */
function stray(rows: readonly { id: string; provenance: Provenance }[], expected: Provenance): string[] {
  return rows
    .filter((row) => row.provenance !== expected)
    .map((row) => `${row.id} has the provenance ${row.provenance}; rows of this file are ${expected}`);
}

/** The counts that codings state, against the rows. */
function counts(from: string): string[] {
  return codings().flatMap((coding) => {
    const { rows } = loadFreeThe20({ from, coding });
    const released = rows.filter((row) => row.counted).length;
    if (released === coding.released && rows.length === coding.of) return [];
    const stated = `${coding.released} of ${coding.of}`;
    return [`the coding "${coding.name}" states ${stated} released, the rows give ${released} of ${rows.length}`];
  });
}

/**
 * Files of data/ that the data package leaves out. The claims are checked with the notebooks; a folder with a data
 * package of its own describes itself.
 */
function undescribed(root: string, descriptor: Descriptor): string[] {
  const known = new Set(["datapackage.json", "README.md", "claims.json"]);
  for (const resource of descriptor.resources) known.add(resource.path);
  const describesItself = (folder: string) =>
    folder !== "." && existsSync(join(root, "data", folder, "datapackage.json"));
  return readdirSync(join(root, "data"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
    .map((entry) => relative(join(root, "data"), join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((name) => !known.has(name) && !describesItself(dirname(name)))
    .map((name) => `does not describe data/${name}`);
}
