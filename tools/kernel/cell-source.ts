import type * as TypeScript from "@tslab/typescript-for-tslab";
import { type Edit, editedInPlace } from "./edits";

/** What stands for the keyword of `import(…)` and `import.meta` as a cell or module runs: six characters, too. */
export const IMPORT = "$mport";

/**
 * A cell as tslab can read it, every character in its old place.
 *
 * - `export` before a declaration goes: all that a cell declares is known to later cells anyway, and tslab adds an
 *   export of its own. `export … from` becomes an import.
 * - `import fs = require("node:fs")`, which a module may not say, becomes the import that gives the same: of the default,
 *   or for the modules of `wholes`, which are known by their names, of all.
 * - `with { type: "json" }`, also of `import(…)`, which TypeScript 5.0 does not know yet, goes: a JSON file is known by its name.
 */
export function readableCell(ts: typeof TypeScript, written: string, wholes: ReadonlySet<string> = new Set()): string {
  // `global` before what tslab appends would begin a declaration.
  const source = written.replace(/\bglobal(?=\s*$)/, "global;");
  if (!/\bexport\b|\bwith\b|\brequire\b/.test(source)) return source;
  const file = ts.createSourceFile("cell.ts", source, ts.ScriptTarget.Latest, true);
  return editedInPlace(
    source,
    file.statements.flatMap((statement) => [
      ...exportEdits(ts, file, statement),
      ...requireEdits(ts, file, statement, wholes),
      ...attributeEdits(ts, source, statement),
      ...optionEdits(ts, statement),
    ]),
  );
}

/** `import fs = require("node:fs")` as `import fs from "node:fs"`, or `import * as fs from "node:fs"`. */
function requireEdits(
  ts: typeof TypeScript,
  file: TypeScript.SourceFile,
  statement: TypeScript.Statement,
  wholes: ReadonlySet<string>,
): Edit[] {
  if (!ts.isImportEqualsDeclaration(statement)) return [];
  const { name, moduleReference, isTypeOnly } = statement;
  if (!ts.isExternalModuleReference(moduleReference)) return [];
  const type = isTypeOnly ? "type " : "";
  const { expression } = moduleReference;
  const isWhole = ts.isStringLiteral(expression) && wholes.has(expression.text);
  const names = isWhole ? `* as ${name.text}` : name.text;
  const start = statement.getStart(file);
  const exported = statement.modifiers?.length ? "export ".length : 0;
  const by = `import ${type}${names} from ${expression.getText(file)}`;
  // The modifier has an edit of its own.
  return [{ start: start + exported, end: moduleReference.end, by }];
}

/** The modules of the cell's `import … = require(…)`, by their names. */
export function requiredModules(source: string): string[] {
  const found = source.matchAll(/\bimport\s+(?:type\s+)?[\w$]+\s*=\s*require\s*\(\s*(["'`])(.+?)\1/g);
  return [...found].map(([, , name]) => name);
}

/** The second argument of `import("./d.json", { with: { type: "json" } })`. */
function optionEdits(ts: typeof TypeScript, node: TypeScript.Node): Edit[] {
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [from, ...options] = node.arguments;
    const last = options.at(-1);
    return from && last ? [{ start: from.end, end: last.end, by: "" }] : [];
  }
  const edits: Edit[] = [];
  ts.forEachChild(node, (child) => void edits.push(...optionEdits(ts, child)));
  return edits;
}

function exportEdits(ts: typeof TypeScript, file: TypeScript.SourceFile, statement: TypeScript.Statement): Edit[] {
  const start = statement.getStart(file);
  const blank = (end: number): Edit => ({ start, end, by: "" });
  if (ts.isExportDeclaration(statement)) {
    const { moduleSpecifier, exportClause } = statement;
    if (!moduleSpecifier) return [{ ...blank(statement.end), by: otherNames(ts, file, statement) }];
    const keyword = { start, end: start + "export".length, by: "import" };
    if (exportClause) return [keyword];
    return [keyword, { start: keyword.end, end: moduleSpecifier.getStart(file), by: "" }];
  }
  if (ts.isExportAssignment(statement)) {
    return statement.isExportEquals ? [] : [blank(statement.expression.getStart(file))];
  }
  if ((ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) && !statement.name) {
    // `export default function () {}`: a value without a name.
    const isAsync = statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword);
    const word = ts.isClassDeclaration(statement) ? "class" : isAsync ? "async" : "function";
    const at = file.text.indexOf(word, start);
    return at > start
      ? [
          { start, end: at, by: "(" },
          { start: statement.end, end: statement.end, by: ")" },
        ]
      : [];
  }
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
  return modifiers
    .filter(({ kind }) => kind === ts.SyntaxKind.ExportKeyword || kind === ts.SyntaxKind.DefaultKeyword)
    .map((modifier) => ({ start: modifier.getStart(file), end: modifier.end, by: "" }));
}

/** `export { u as w }` as the declaration of what is new in it, `w`. */
function otherNames(
  ts: typeof TypeScript,
  file: TypeScript.SourceFile,
  { exportClause, isTypeOnly }: TypeScript.ExportDeclaration,
): string {
  if (!exportClause || !ts.isNamedExports(exportClause)) return "";
  const types = new Set(
    file.statements.flatMap((one) =>
      ts.isInterfaceDeclaration(one) || ts.isTypeAliasDeclaration(one) ? [one.name.text] : [],
    ),
  );
  const classes = new Set(
    file.statements.flatMap((one) =>
      (ts.isClassDeclaration(one) || ts.isEnumDeclaration(one)) && one.name ? [one.name.text] : [],
    ),
  );
  return exportClause.elements
    .flatMap(({ name, propertyName, isTypeOnly: isType }) => {
      if (!propertyName || name.text === "default") return [];
      const [own, other] = [propertyName.text, name.text];
      const type = `type ${other}=${own};`;
      if (isTypeOnly || isType || types.has(own)) return [type];
      return [`const ${other}=${own};${classes.has(own) ? type : ""}`];
    })
    .join("");
}

function attributeEdits(ts: typeof TypeScript, source: string, statement: TypeScript.Statement): Edit[] {
  if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
  const start = statement.moduleSpecifier?.end;
  const clause = start === undefined ? null : /^\s*with\s*\{[^}]*\}/.exec(source.slice(start));
  return start === undefined || !clause ? [] : [{ start, end: start + clause[0].length, by: "" }];
}

/** The text with the keyword of `import(…)` and `import.meta` replaced by an ordinary name. */
export function withOwnImport(ts: typeof TypeScript, name: string, text: string): string {
  if (!/\bimport\s*[.(]/.test(text)) return text;
  const edits: Edit[] = [];
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  const visit = (node: TypeScript.Node): void => {
    const isCall = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
    if (isCall || (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword)) {
      const start = node.getStart(file);
      edits.push({ start, end: start + IMPORT.length, by: IMPORT });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return editedInPlace(text, edits);
}

/** Whether code outside all functions waits, which makes a module or a cell asynchronous. */
export function awaitsAtTop(ts: typeof TypeScript, file: TypeScript.Node): boolean {
  const visit = (node: TypeScript.Node): boolean => {
    if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier)) return true;
    if (ts.isFunctionLike(node) || ts.isPropertyDeclaration(node) || ts.isClassStaticBlockDeclaration(node)) {
      // A name that is computed belongs to the code around.
      return node.name !== undefined && ts.isComputedPropertyName(node.name) && visit(node.name);
    }
    return ts.forEachChild(node, (child) => visit(child) || undefined) ?? false;
  };
  return visit(file);
}
