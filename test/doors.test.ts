import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { entriesOf, libraryParts, nameInR } from "../tools/site/library";

/** The doors of lib/: what stands in the front door, and that all that is public is of use to somebody. */

const ROOT = process.cwd();
const parts = libraryParts(ROOT);
const isValue = ({ kind }: { kind: string }): boolean => ["function", "class", "value"].includes(kind);

/** What notebooks import, with the notebooks that do. */
const used = new Map<string, Set<string>>();
for (const file of readdirSync("notebooks").filter((name) => name.endsWith(".ipynb"))) {
  const text = readFileSync(path.join("notebooks", file), "utf8");
  const { cells } = JSON.parse(text) as { cells: { cell_type: string; source: string | string[] }[] };
  for (const { cell_type: type, source } of cells) {
    if (type !== "code") continue;
    for (const [, names] of [source]
      .flat()
      .join("")
      .matchAll(/import (?:type )?\{([^}]*)\} from "\.\.\/lib(?:\/[a-z-]+)?"/g))
      for (const name of names.split(",").map((one) => one.trim().replace(/^type /, "")))
        if (name !== "") used.set(name, (used.get(name) ?? new Set()).add(file));
  }
}

/** Growing the front door is a decision: it is taken here. */
const FRONT = [
  "codings",
  "Dataset",
  "loadFreeThe20",
  "loadLongList",
  "loadPrisoners",
  "loadPublished",
  "loadUrgentActions",
  "projectRoot",
  "publishedNumber",
  "releaseOutcomes",
  "seededRandom",
  "monthsBetween",
  "pointOf",
  "atTimes",
  "CoxFit",
  "cox",
  "kaplanMeier",
  "logRank",
  "Outcome",
  "proportionalHazards",
  "SurvivalCurve",
  "termOf",
  "permutationLogRank",
  "controlGroup",
  "standardizedBias",
  "TABLE_ONE_BLOCKS",
  "tableOneData",
  "tableOneFits",
  "claim",
  "ofTheWorld",
  "unknowable",
  "check",
  "bandFigure",
  "biasFigure",
  "Figure",
  "forestFigure",
  "intervalFigure",
  "permutationFigure",
  "survivalFigure",
  "show",
  "logRankTable",
  "pText",
  "regressionTable",
  "Table",
  "table",
];

/** Public without a twin in R and without a cell that uses it, each for a reason; what is new needs one, too. */
const ALSO_PUBLIC: Readonly<Record<string, readonly string[]>> = {
  "what a reader may catch": ["DataError", "describeProblem"],
  "dates of one's own: what the loaders do with the project's": [
    "DATE_POLICIES",
    "addMonths",
    "dateInterval",
    "dayNumber",
    "daysInMonth",
    "isoDay",
    "midpoint",
    "partialDate",
  ],
  "one's own file and campaign: what releaseFigure, endsFigure and spellsFigure are made of": [
    "followUpFigure",
    "incidenceFigure",
    "withProvenance",
    "campaignModels",
    "computed",
    "spellRows",
    "progressBar",
    "fileFormat",
    "CECC_STATUSES",
  ],
  "reports and codings of one's own": [
    "CONCERNS",
    "CONCERN_READINGS",
    "amnestyCode",
    "anyConcern",
    "findCoding",
    "isIndexOf",
    "parseIndex",
    "parseUrgentAction",
    "biasCovariates",
    "TABLE_ONE_COVARIATES",
    "ATTENTION_FORMATS",
  ],
  "tables and results as text, for a paper or a page of one's own": [
    "escapeHtml",
    "tableHtml",
    "tableText",
    "mimeBundle",
    "journalTable",
    "regressionMarkdown",
    "claimTable",
    "printedComparisonTable",
    "claimTexts",
    "computedVerdicts",
    "citationCandidates",
    "isClaim",
  ],
  "the choices behind a result, to be read or changed": [
    "COLUMN_READINGS",
    "MODEL_NUMBERS",
    "covariatesOf",
    "HYPOTHESES",
    "hypothesis",
    "ILLUSTRATIVE_SCALE",
    "campaignChoices",
    "specificationText",
    "specifications",
    "INTERRUPTION_MODELS",
  ],
  "exercises of one's own": ["exercises", "findExercise", "isChecked"],
  "parts of a method that notebooks use whole": [
    "effectiveSampleSize",
    "standardizedMeanDifference",
    "simulateTrial",
    "takeRows",
    "bundleWorker",
    "movingBlocks",
    "simplexLeastSquares",
  ],
};

/** Rooms whose door is for other rooms of lib/: what a notebook needs of them comes through `../lib/data`. */
const INSIDE = ["files"];

describe("the front door", () => {
  const front = parts.find(({ room }) => room === "")?.sections ?? [];

  test("has the names that this list has, under headings, and at most sixty", () => {
    const names = front.flatMap(({ entries }) => entries.map(({ name }) => name));
    expect([...names].sort()).toEqual([...FRONT].sort());
    expect(names.length).toBeLessThanOrEqual(60);
    expect(front.every(({ heading }) => heading !== "")).toBe(true);
  });

  test("has what two notebooks or more import, and no value that only one does", () => {
    const values = front.flatMap(({ entries }) => entries.filter(isValue).map(({ name }) => name));
    expect(values.filter((name) => (used.get(name)?.size ?? 0) < 2)).toEqual([]);
    // An appendix, and 09 after 08, goes on with names of its notebook, from their rooms: it does not make them everybody's.
    const isAppendix = (file: string): boolean => /^(?:09|1\d)-/.test(file);
    const shared = [...used]
      .filter(([, files]) => [...files].filter((file) => !isAppendix(file)).length > 1)
      .map(([name]) => name);
    expect(shared.filter((name) => !values.includes(name) && !FRONT.includes(name))).toEqual([]);
  });
});

test("every public value is used by a notebook, or its docstring names its twin in R", () => {
  const listed = new Set(Object.values(ALSO_PUBLIC).flat());
  const known = new Set(entriesOf(parts).map(({ name }) => name));
  expect(
    [...listed].filter((name) => !known.has(name) || used.has(name)),
    "listed without need",
  ).toEqual([]);
  const idle = entriesOf(parts)
    .filter(isValue)
    .filter((entry) => !used.has(entry.name) && nameInR(entry) === null && !listed.has(entry.name))
    .filter(({ room }) => !INSIDE.includes(room))
    .filter(({ kind, signatures }) => kind !== "class" || !/ extends \w*Error\b/.test(signatures[0]));
  expect(idle.map(({ file, name }) => `${file} ${name}`)).toEqual([]);
});

test("no import block is longer than ten lines, and the longest of a notebook is two to five imports of the library", () => {
  for (const file of readdirSync("notebooks").filter((name) => name.endsWith(".ipynb"))) {
    const text = readFileSync(path.join("notebooks", file), "utf8");
    const { cells } = JSON.parse(text) as { cells: { cell_type: string; source: string | string[] }[] };
    const blocks = cells
      .filter(({ cell_type: type }) => type === "code")
      .map(({ source }) =>
        [
          ...[source]
            .flat()
            .join("")
            .matchAll(/^import [^;]*;$/gm),
        ].map(([whole]) => whole),
      );
    for (const block of blocks) expect(block.join("\n").split("\n").length, file).toBeLessThanOrEqual(10);
    const ofLibrary = blocks.map((block) => block.filter((line) => line.includes(' from "../lib')).length);
    expect(Math.max(...ofLibrary), file).toBeGreaterThanOrEqual(2);
    expect(Math.max(...ofLibrary), file).toBeLessThanOrEqual(5);
  }
});
