import { createHash } from "node:crypto";
import type * as TypeScript from "@tslab/typescript-for-tslab";
import { awaitsAtTop } from "../cell-source";
import { type Edit, edited } from "../edits";
import { declaredNames, nodesOf, type Stripped, strippedParts } from "./strip";

/** What one file takes from another: some of its names, or all of it. */
export interface Import {
  readonly from: string;
  readonly names: readonly string[] | null;
}

/** A name that a file passes on from another one. */
export interface PassedOn {
  readonly name: string;
  /** Its name over there; null for the whole module (`export * as`). */
  readonly original: string | null;
  readonly from: string;
  readonly isType: boolean;
}

/** What other files have to know of a file of the project, from its text alone. */
export interface Outline {
  /**
   * Its text without what no other file's types can depend on: bodies of functions that say what they return, values
   * of variables that say what they are, and private declarations that nothing left refers to. Documentation stays.
   */
  readonly shape: string;
  /** A hash of the shape without what no type depends on: comments, blanks and ends of lines. */
  readonly types: string;
  /** What the whole text imports, and what the shape does. */
  readonly imports: readonly Import[];
  readonly shapeImports: readonly Import[];
  /** The names that it declares and exports; whether one is there as a type only. */
  readonly own: readonly { readonly name: string; readonly isType: boolean }[];
  readonly passedOn: readonly PassedOn[];
  /** The modules all of whose names it passes on. */
  readonly stars: readonly string[];
  /** A door has nothing of its own. */
  readonly isDoor: boolean;
  /** Whether it waits outside of functions. */
  readonly waits: boolean;
}

/** Changes whenever an outline of the same text would be another one. */
export const OUTLINE_VERSION = 2;

/** The outline of a file; `name` decides how it is read. Other files than TypeScript's are their own shape. */
export function outlineOf(ts: typeof TypeScript, name: string, text: string): Outline {
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  const errors: readonly unknown[] = Reflect.get(file, "parseDiagnostics") ?? [];
  const isWhole = errors.length > 0 || name.endsWith(".d.ts") || !name.endsWith(".ts");
  const left = isWhole ? null : leftOf(ts, file);
  const kept = left?.statements ?? [...file.statements];
  const edits = left ? [...left.edits, ...keptImports(ts, file, left)] : [];
  const exported = exportsOf(ts, file);
  const isModule = ts.isExternalModule(file);
  const shape = edited(text, edits) + (isModule && !isWhole ? "\nexport {};\n" : "");
  return {
    shape,
    types: createHash("sha256")
      .update(isWhole ? text : wordsOf(ts, shape).join("\n"))
      .digest("hex")
      .slice(0, 32),
    imports: importsOf(ts, [...file.statements], new Set(), null),
    shapeImports: left ? importsOf(ts, kept, left.omitted, left.names) : importsOf(ts, kept, new Set(), null),
    ...exported,
    isDoor:
      errors.length === 0 &&
      file.statements.length > 0 &&
      file.statements.every((statement) => ts.isExportDeclaration(statement) && statement.moduleSpecifier),
    waits: /\bawait\b/.test(text) && awaitsAtTop(ts, file),
  };
}

/** The words of a text in their order, with the comments that name other files. */
function wordsOf(ts: typeof TypeScript, text: string): string[] {
  const file = ts.createSourceFile("shape.ts", text, ts.ScriptTarget.Latest, true);
  const named = [...file.referencedFiles, ...file.typeReferenceDirectives, ...file.libReferenceDirectives];
  const words = named.map(({ fileName }) => `/// ${fileName}`);
  const add = (node: TypeScript.Node): void => {
    if (ts.isJSDoc(node)) return;
    const children = node.getChildren(file);
    if (children.length === 0) words.push(node.getText(file));
    else for (const child of children) add(child);
  };
  add(file);
  return words;
}

/** What is left of a file in its shape. */
interface Left {
  readonly statements: TypeScript.Statement[];
  readonly names: ReadonlySet<string>;
  readonly omitted: ReadonlySet<TypeScript.Node>;
  readonly edits: Edit[];
}

/**
 * The statements that exported ones refer to, directly or not, by name. A value that says its type stays where a
 * statement that is left reads it: by what it was given TypeScript may know more of it than it says.
 */
function leftOf(ts: typeof TypeScript, file: TypeScript.SourceFile): Left {
  const parts = file.statements.flatMap((statement) => strippedParts(ts, statement));
  let strip: readonly Stripped[] = parts;
  for (;;) {
    const omitted = new Set(strip.map(({ node }) => node));
    const { statements, names } = reachable(ts, file, omitted);
    const isRead = ({ variable }: Stripped): boolean =>
      variable !== null && isReferred(ts, variable, statements, omitted);
    const rest = strip.filter((part) => !isRead(part));
    if (rest.length === strip.length) {
      const gone = file.statements.filter((statement) => !statements.includes(statement));
      const inside = strip.filter(({ node }) => !gone.some(({ pos, end }) => node.pos >= pos && node.end <= end));
      const edits = [
        ...gone
          .filter((statement) => !ts.isImportDeclaration(statement))
          .map(({ pos, end }) => ({ start: pos, end, by: "" })),
        ...inside.map(({ node, by }) => ({ start: node.getStart(file), end: node.end, by })),
      ];
      return { statements, names, omitted, edits };
    }
    strip = rest;
  }
}

/** Whether statements that are left name a variable anywhere but where it is declared. */
function isReferred(
  ts: typeof TypeScript,
  variable: TypeScript.Identifier,
  statements: readonly TypeScript.Statement[],
  omitted: ReadonlySet<TypeScript.Node>,
): boolean {
  for (const statement of statements)
    for (const node of nodesOf(ts, statement, omitted))
      if (node !== variable && ts.isIdentifier(node) && node.text === variable.text) return true;
  return false;
}

function reachable(
  ts: typeof TypeScript,
  file: TypeScript.SourceFile,
  omitted: ReadonlySet<TypeScript.Node>,
): { statements: TypeScript.Statement[]; names: Set<string> } {
  const declaring = new Map<string, TypeScript.Statement[]>();
  for (const statement of file.statements)
    for (const name of declaredNames(ts, statement)) declaring.set(name, [...(declaring.get(name) ?? []), statement]);
  const found = new Set<TypeScript.Statement>();
  const names = new Set<string>();
  const waiting = file.statements.filter((statement) => isRoot(ts, statement));
  for (let statement = waiting.pop(); statement; statement = waiting.pop()) {
    if (found.has(statement)) continue;
    found.add(statement);
    if (ts.isImportDeclaration(statement)) continue;
    for (const node of nodesOf(ts, statement, omitted)) {
      if (!ts.isIdentifier(node) || names.has(node.text)) continue;
      names.add(node.text);
      waiting.push(...(declaring.get(node.text) ?? []));
    }
  }
  return { statements: file.statements.filter((statement) => found.has(statement)), names };
}

/** What is there for others, or may say something of what is: all but private declarations and imports of names. */
function isRoot(ts: typeof TypeScript, statement: TypeScript.Statement): boolean {
  if (ts.isImportDeclaration(statement)) return statement.importClause === undefined;
  const isPrivate =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isVariableStatement(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isEnumDeclaration(statement);
  if (!isPrivate) return true;
  return statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

/** Imports with the names that are left. */
function keptImports(ts: typeof TypeScript, file: TypeScript.SourceFile, { names }: Left): Edit[] {
  return file.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) || !statement.importClause) return [];
    const { name, namedBindings, isTypeOnly } = statement.importClause;
    const parts: string[] = [];
    if (name && names.has(name.text)) parts.push(name.text);
    if (namedBindings && ts.isNamespaceImport(namedBindings) && names.has(namedBindings.name.text))
      parts.push(namedBindings.getText(file));
    if (namedBindings && ts.isNamedImports(namedBindings)) {
      const left = namedBindings.elements.filter((element) => names.has(element.name.text));
      if (left.length > 0) parts.push(`{ ${left.map((element) => element.getText(file)).join(", ")} }`);
    }
    const from = statement.moduleSpecifier.getText(file);
    const by = parts.length > 0 ? `\nimport ${isTypeOnly ? "type " : ""}${parts.join(", ")} from ${from};` : "";
    return [{ start: statement.pos, end: statement.end, by }];
  });
}

/** What a text imports that is no file: a cell, or the declarations of earlier ones. */
export function importsOfText(ts: typeof TypeScript, text: string): Import[] {
  if (!/\b(?:import|from|require)\b/.test(text)) return [];
  const file = ts.createSourceFile("cell.ts", text, ts.ScriptTarget.Latest, true);
  return importsOf(ts, [...file.statements], new Set(), null);
}

/** What statements import; of imported names those of `names`, or all. */
function importsOf(
  ts: typeof TypeScript,
  statements: readonly TypeScript.Statement[],
  omitted: ReadonlySet<TypeScript.Node>,
  names: ReadonlySet<string> | null,
): Import[] {
  const found = new Map<string, Set<string> | null>();
  const add = (from: string, taken: readonly string[] | null): void => {
    const before = found.get(from);
    if (before === null) return;
    found.set(from, taken === null ? null : new Set([...(before ?? []), ...taken]));
  };
  for (const statement of statements) {
    if (ts.isImportDeclaration(statement) && ts.isStringLiteral(statement.moduleSpecifier)) {
      const taken = takenNames(ts, statement, names);
      if (taken === null || taken.length > 0) add(statement.moduleSpecifier.text, taken);
      continue;
    }
    for (const node of nodesOf(ts, statement, omitted)) {
      const one = passedOnBy(ts, node) ?? wholeImport(ts, node);
      if (one !== null) add(one.from, one.names);
    }
  }
  return [...found].map(([from, taken]) => ({ from, names: taken === null ? null : [...taken] }));
}

/** The names that an import declaration takes, by their names over there; null for all. */
function takenNames(
  ts: typeof TypeScript,
  { importClause }: TypeScript.ImportDeclaration,
  names: ReadonlySet<string> | null,
): string[] | null {
  if (!importClause) return null;
  const isLeft = ({ text }: TypeScript.Identifier): boolean => names === null || names.has(text);
  const { name, namedBindings } = importClause;
  const taken = name && isLeft(name) ? ["default"] : [];
  if (!namedBindings) return taken;
  if (ts.isNamespaceImport(namedBindings)) return isLeft(namedBindings.name) ? null : taken;
  const elements = namedBindings.elements.filter((element) => isLeft(element.name));
  return [...taken, ...elements.map((element) => (element.propertyName ?? element.name).text)];
}

/** `export … from "…"` as an import. */
function passedOnBy(ts: typeof TypeScript, node: TypeScript.Node): Import | null {
  if (!ts.isExportDeclaration(node) || !node.moduleSpecifier || !ts.isStringLiteral(node.moduleSpecifier)) return null;
  const { exportClause } = node;
  const isNamed = exportClause && ts.isNamedExports(exportClause);
  const names = isNamed ? exportClause.elements.map(({ propertyName, name }) => (propertyName ?? name).text) : null;
  return { from: node.moduleSpecifier.text, names };
}

/** `import("…")`, `require("…")`, `import x = require("…")` and the type `import("…").Name`. */
function wholeImport(ts: typeof TypeScript, node: TypeScript.Node): Import | null {
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal)) {
    let first = node.qualifier;
    while (first && ts.isQualifiedName(first)) first = first.left;
    return { from: node.argument.literal.text, names: first && ts.isIdentifier(first) ? [first.text] : null };
  }
  if (ts.isExternalModuleReference(node) && ts.isStringLiteral(node.expression))
    return { from: node.expression.text, names: null };
  if (!ts.isCallExpression(node)) return null;
  const [argument] = node.arguments;
  const loads =
    node.expression.kind === ts.SyntaxKind.ImportKeyword ||
    (ts.isIdentifier(node.expression) && node.expression.text === "require");
  return loads && argument && ts.isStringLiteralLike(argument) ? { from: argument.text, names: null } : null;
}

type Exports = Pick<Outline, "own" | "passedOn" | "stars">;

function exportsOf(ts: typeof TypeScript, file: TypeScript.SourceFile): Exports {
  const parts = file.statements.map((statement) =>
    ts.isExportDeclaration(statement) ? namedExports(ts, statement) : declaredExports(ts, statement),
  );
  const own = new Map<string, boolean>();
  // A name that is a type and a value, too, is there as a value.
  for (const { name, isType } of parts.flatMap((part) => part.own)) own.set(name, isType && own.get(name) !== false);
  return {
    own: [...own].map(([name, isType]) => ({ name, isType })),
    passedOn: parts.flatMap((part) => part.passedOn),
    stars: parts.flatMap((part) => part.stars),
  };
}

/** What `export …` passes on, or exports of its own names. */
function namedExports(ts: typeof TypeScript, statement: TypeScript.ExportDeclaration): Exports {
  const { moduleSpecifier, exportClause, isTypeOnly } = statement;
  const from = moduleSpecifier && ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : null;
  if (!exportClause) return { own: [], passedOn: [], stars: from === null ? [] : [from] };
  if (ts.isNamespaceExport(exportClause)) {
    const name = exportClause.name.text;
    return { own: [], passedOn: from === null ? [] : [{ name, original: null, from, isType: isTypeOnly }], stars: [] };
  }
  const names = exportClause.elements.map((element) => ({
    name: element.name.text,
    original: (element.propertyName ?? element.name).text,
    isType: isTypeOnly || element.isTypeOnly,
  }));
  if (from === null) return { own: names.map(({ name, isType }) => ({ name, isType })), passedOn: [], stars: [] };
  return { own: [], passedOn: names.map((one) => ({ ...one, from })), stars: [] };
}

/** What a declaration exports, and `export default` and `export =`. */
function declaredExports(ts: typeof TypeScript, statement: TypeScript.Statement): Exports {
  const named = (names: readonly string[], isType: boolean): Exports => ({
    own: names.map((name) => ({ name, isType })),
    passedOn: [],
    stars: [],
  });
  if (ts.isExportAssignment(statement)) return named(["default"], false);
  const modifiers = (ts.canHaveModifiers(statement) && ts.getModifiers(statement)) || [];
  const has = (kind: TypeScript.SyntaxKind): boolean => modifiers.some((modifier) => modifier.kind === kind);
  if (!has(ts.SyntaxKind.ExportKeyword)) return named([], false);
  const isType = ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
  return named(has(ts.SyntaxKind.DefaultKeyword) ? ["default"] : declaredNames(ts, statement), isType);
}
