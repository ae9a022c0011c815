import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";

/**
 * The floors of lib/, lowest first: a room imports from rooms on lower floors only, types included, and only through
 * their doors. ARCHITECTURE.md draws the same picture.
 */
const FLOORS: readonly (readonly string[])[] = [
  ["statistics"],
  ["dates"],
  ["files"],
  ["survival"],
  ["comparability", "resampling", "time-series"],
  ["imputation"],
  ["data"],
  ["tables"],
  ["at-scale"],
  ["attention"],
  ["paper"],
  ["figures"],
  ["teaching"],
  ["notebook"],
  ["own-campaign"],
];

/** The same of lib/paper, whose rooms are folders or single files; its header says so, too. */
const PAPER_FLOORS: readonly (readonly string[])[] = [
  ["attainable", "claims", "clocks", "mechanisms", "multiverse", "selection", "table-one"],
  ["control-group"],
  ["campaign-multiverse", "headlines"],
];

/** Rooms that run in a page: nothing that they run, directly or not, is of Node or of data's files. */
const PURE = [
  "statistics",
  "dates",
  "files",
  "survival",
  "comparability",
  "resampling",
  "imputation",
  "time-series",
  "figures",
];

/** A door is a room's index.ts, or a file that says in its first line that it is an inner door. */
const INNER_DOOR = /^\/\*\*\s+An inner door/;

interface Import {
  readonly from: string;
  /** The file in lib/, or the name of a module. */
  readonly to: string;
  /** False where only types are imported. */
  readonly runs: boolean;
}

const files = readdirSync("lib", { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => path.posix.join("lib", name.replaceAll("\\", "/")));
const texts = new Map(files.map((file) => [file, readFileSync(file, "utf8")]));
const imports = files.flatMap(importsOf);
const isDoor = (file: string): boolean => file.endsWith("/index.ts") || INNER_DOOR.test(texts.get(file) ?? "");
const roomOf = (file: string): string => file.split("/")[1];
const floorOf = (file: string): number => FLOORS.findIndex((rooms) => rooms.includes(roomOf(file)));
const between = imports.filter(
  ({ from, to }) => from !== "lib/index.ts" && to.startsWith("lib/") && roomOf(from) !== roomOf(to),
);
const shown = ({ from, to }: Import): string => `${from} imports ${to}`;

function importsOf(file: string): Import[] {
  const source = ts.createSourceFile(file, texts.get(file) ?? "", ts.ScriptTarget.ES2022, true);
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, runs: boolean): void => {
    if (specifier === undefined || !ts.isStringLiteral(specifier)) return;
    found.push({ from: file, to: resolved(file, specifier.text), runs });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, !onlyTypes(node.importClause));
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, !node.isTypeOnly);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], true);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, false);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Whether all that a clause names is a type, so that nothing of it is left when the program runs. */
function onlyTypes(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false;
  if (clause.isTypeOnly) return true;
  const names = clause.namedBindings;
  return (
    clause.name === undefined &&
    names !== undefined &&
    ts.isNamedImports(names) &&
    names.elements.every(({ isTypeOnly }) => isTypeOnly)
  );
}

function resolved(file: string, specifier: string): string {
  if (!specifier.startsWith(".")) return specifier;
  const target = path.posix.join(path.posix.dirname(file), specifier);
  return [`${target}.ts`, `${target}.d.ts`, `${target}/index.ts`, target].find((name) => texts.has(name)) ?? target;
}

/** What runs when a file is loaded: the file, and all that it imports, directly or not. */
function closure(start: readonly string[]): Import[] {
  const seen = new Set(start);
  const queue = [...start];
  const found: Import[] = [];
  for (let file = queue.pop(); file !== undefined; file = queue.pop())
    for (const entry of imports)
      if (entry.from === file && entry.runs) {
        found.push(entry);
        if (!seen.has(entry.to)) queue.push(entry.to);
        seen.add(entry.to);
      }
  return found;
}

describe("the floors of lib/", () => {
  test("name every room, once, and are at most seventeen rooms", () => {
    const rooms = new Set(files.filter((file) => file.split("/").length > 2).map(roomOf));
    expect([...rooms].sort()).toEqual(FLOORS.flat().sort());
    expect(rooms.size).toBeLessThanOrEqual(17);
  });

  test("no import leads upward, or across a floor", () => {
    expect(between.filter(({ from, to }) => floorOf(to) >= floorOf(from)).map(shown)).toEqual([]);
  });

  test("no import leads past a neighbour's door", () => {
    expect(between.filter(({ to }) => !isDoor(to)).map(shown)).toEqual([]);
  });

  test("estimators and figures can be bundled for a page: no module of Node, no file of data", () => {
    const run = closure(files.filter((file) => PURE.includes(roomOf(file))));
    expect(run.filter(({ to }) => to.startsWith("node:") || roomOf(to) === "data").map(shown)).toEqual([]);
  });

  test("nothing in lib/ imports from outside of it but packages", () => {
    const outside = imports.filter(({ to }) => to.startsWith(".") || /^(tools|test|bench)\//.test(to));
    expect(outside.map(shown)).toEqual([]);
  });
});

describe("the rooms of lib/paper", () => {
  const isInside = (file: string): boolean => file.startsWith("lib/paper/") && file !== "lib/paper/index.ts";
  const partOf = (file: string): string => file.split("/")[2].replace(/\.ts$/, "");
  const partFloorOf = (file: string): number => PAPER_FLOORS.findIndex((parts) => parts.includes(partOf(file)));
  const inside = imports.filter(({ from, to }) => isInside(from) && to.startsWith("lib/paper/"));
  const across = inside.filter(({ from, to }) => partOf(from) !== partOf(to));

  test("stand on floors, each once, as the header of its door says", () => {
    expect([...new Set(files.filter(isInside).map(partOf))].sort()).toEqual(PAPER_FLOORS.flat().sort());
    const header = texts.get("lib/paper/index.ts")?.replace(/\n \* /g, " ");
    expect(header).toContain(PAPER_FLOORS.map((parts) => parts.join(", ")).join(" | "));
  });

  test("import each other downward, and through doors", () => {
    expect(across.filter(({ from, to }) => partFloorOf(to) >= partFloorOf(from)).map(shown)).toEqual([]);
    expect(across.filter(({ to }) => !isDoor(to)).map(shown)).toEqual([]);
  });
});
