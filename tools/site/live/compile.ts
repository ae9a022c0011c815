import { blankSourceFile } from "ts-blank-space";
import ts from "typescript";
import { type Edit, edited, type Shift } from "./edits";
import { changedNames } from "./mutation";
import { powerEdits } from "./powers";

/**
 * Cells of a notebook as functions that run in a page, and who needs whom. The same code makes the cells of a page when
 * the site is made and those that a reader has edited.
 *
 * All cells are one module, as `npm run typecheck` sees them. Types are blanked where they stand, so that a place in the
 * running code is one in the cell; names of other cells are read off an object that all cells share.
 */

/** A code cell as its notebook has it. */
export interface CellSource {
  /** Place among the code cells of its notebook, from 0. */
  readonly number: number;
  /** Its name in the notebook file. */
  readonly id: string;
  readonly source: string;
}

/** A cell that can run. */
export interface CompiledCell {
  readonly number: number;
  /** The body of an asynchronous function of `$` (the names of all cells) and `$in` (modules, `import()`, powers). */
  readonly code: string;
  /** Names that it gives a value, with whether they may get another one later. */
  readonly defines: readonly { readonly name: string; readonly changes: boolean }[];
  /** Names of other cells that it uses. */
  readonly reads: readonly string[];
  /** Names of other cells that it gives another value, or whose value it changes in a way that can be read off its code. */
  readonly changes: readonly string[];
  /** The modules that it imports. */
  readonly modules: readonly { readonly from: string; readonly names: readonly string[] }[];
  /** Columns that moved; see {@link Shift}. */
  readonly shifts: readonly Shift[];
  /** What stops it from being compiled, in words; it then fails with them. */
  readonly refused: string | null;
}

/** All cells as one module, and the place at which each begins in it. */
export interface CellsModule {
  readonly text: string;
  readonly starts: readonly number[];
}

/** The first line makes a module of the cells; it also parts the notebook's names from those of the page. */
const HEAD = "export {};\n";

/** The cells one after the other, as a compiler sees them. */
export function cellsModule(sources: readonly string[]): CellsModule {
  const starts: number[] = [];
  let text = HEAD;
  for (const source of sources) {
    starts.push(text.length);
    text += `${source}\n;\n`;
  }
  return { text, starts };
}

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  noLib: true,
  noResolve: true,
  types: [],
};

const FILE = "cells.ts";

/** The cells of a notebook as functions. Types are not checked: names are resolved within the notebook. */
export function compileCells(cells: readonly CellSource[]): CompiledCell[] {
  const { text, starts } = cellsModule(cells.map(({ source }) => source));
  const file = ts.createSourceFile(FILE, text, ts.ScriptTarget.ES2022, true, ts.ScriptKind.TS);
  const program = ts.createProgram([FILE], OPTIONS, {
    ...NO_FILES,
    getSourceFile: (name) => (name === FILE ? file : undefined),
  });
  return compileModule(cells, { file, starts, checker: program.getTypeChecker() });
}

const NO_FILES: Omit<ts.CompilerHost, "getSourceFile"> = {
  getDefaultLibFileName: () => "lib.d.ts",
  writeFile: () => {},
  getCurrentDirectory: () => "/",
  getCanonicalFileName: (name) => name,
  useCaseSensitiveFileNames: () => true,
  getNewLine: () => "\n",
  fileExists: (name) => name === FILE,
  readFile: () => undefined,
};

/** A module of cells with the checker that knows its names. */
export interface CheckedModule {
  readonly file: ts.SourceFile;
  readonly starts: readonly number[];
  readonly checker: ts.TypeChecker;
}

/** The cells of a module that a checker has taken in. */
export function compileModule(cells: readonly CellSource[], module: CheckedModule): CompiledCell[] {
  const { file, starts } = module;
  const unsupported: ts.Node[] = [];
  const blanked = blankSourceFile(file, (node) => unsupported.push(node));
  const inCell = statementsByCell(file, starts);
  return cells.map(({ number, source }, at) => {
    const start = starts[at] ?? 0;
    const span = { start, end: start + source.length };
    const own = unsupported.find((node) => node.getStart(file) >= span.start && node.end <= span.end);
    const refused = own === undefined ? null : refusal(file, own, start);
    const text = blanked.slice(span.start, span.end);
    return { number, ...writtenCell(new CellWriter(module, span, inCell[at] ?? []), text, refused) };
  });
}

/** What of a cell cannot be taken apart, where something is left open, is no code; it fails in words when it is run. */
function writtenCell(cell: CellWriter, text: string, refused: string | null): Omit<CompiledCell, "number"> {
  try {
    return { ...cell.written(text), refused };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const nothing = { code: "", defines: [], reads: [], changes: [], modules: [], shifts: [] };
    return { ...nothing, refused: refused ?? `this cell cannot be compiled: ${why}` };
  }
}

function refusal(file: ts.SourceFile, node: ts.Node, start: number): string {
  const from = file.getLineAndCharacterOfPosition(start);
  const at = file.getLineAndCharacterOfPosition(node.getStart(file));
  const what = ts.isEnumDeclaration(node) ? "an enum" : ts.isModuleDeclaration(node) ? "a namespace" : "this syntax";
  return `line ${at.line - from.line + 1}, column ${at.character + 1}: a page cannot run ${what}, which is more than types; an object does the same`;
}

/** The statements of a module of cells by the cells that they stand in. */
export function statementsByCell(file: ts.SourceFile, starts: readonly number[]): ts.Statement[][] {
  const cells: ts.Statement[][] = starts.map(() => []);
  for (const statement of file.statements) {
    const at = starts.findLastIndex((start) => start <= statement.getStart(file));
    if (at >= 0 && !ts.isEmptyStatement(statement)) cells[at]?.push(statement);
  }
  return cells;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Writes one cell. */
class CellWriter {
  readonly #file: ts.SourceFile;
  readonly #checker: ts.TypeChecker;
  readonly #span: Span;
  readonly #statements: readonly ts.Statement[];
  readonly #reads = new Set<string>();
  readonly #edits: Edit[] = [];
  readonly #defines = new Map<string, boolean>();
  readonly #modules = new Map<string, Set<string>>();

  constructor({ file, checker }: CheckedModule, span: Span, statements: readonly ts.Statement[]) {
    this.#file = file;
    this.#checker = checker;
    this.#span = span;
    this.#statements = statements;
  }

  written(blanked: string): Omit<CompiledCell, "number" | "refused"> {
    for (const statement of this.#statements) this.#define(statement);
    const last = this.#statements.at(-1);
    if (last !== undefined && ts.isExpressionStatement(last)) {
      const { expression } = last;
      this.#put(expression.getStart(this.#file), "return [(");
    }
    for (const statement of this.#statements) {
      if (ts.isImportDeclaration(statement)) this.#import(statement);
      else {
        this.#unexport(statement);
        this.#visit(statement);
      }
    }
    if (last !== undefined && ts.isExpressionStatement(last)) this.#put(last.expression.end, ")]");
    const { text, shifts } = edited(blanked, this.#edits);
    const snapshot = [...this.#reads].filter((name) => !this.#isLive.has(name));
    const read = snapshot.length === 0 ? "" : `const {${snapshot.join(",")}}=$;`;
    const give = [...this.#defines].map(([name, changes]) =>
      changes ? `${name}:[()=>${name},($v)=>{${name}=$v}]` : `${name}:[()=>${name}]`,
    );
    const head = `"use strict";${read}${give.length === 0 ? "" : `$in.give({${give.join(",")}});`}`;
    const first = shifts.filter(({ line }) => line === 1).map((one) => ({ ...one, column: one.column + head.length }));
    const begin = { line: 1, column: head.length + 1, by: head.length };
    return {
      code: head + text,
      defines: [...this.#defines].map(([name, changes]) => ({ name, changes })),
      reads: [...this.#reads],
      changes: [...changedNames(this.#statements, (node) => this.#foreign(node))],
      modules: [...this.#modules].map(([from, names]) => ({ from, names: [...names] })),
      shifts: [
        begin,
        ...first.map((one) => ({ ...one, by: one.by + head.length })),
        ...shifts.filter(({ line }) => line > 1),
      ],
    };
  }

  /** Names of other cells that may get another value while this cell's functions live: they are read anew each time. */
  readonly #isLive = new Set<string>();

  #put(at: number, by: string): void {
    this.#edits.push({ start: at - this.#span.start, end: at - this.#span.start, by });
  }

  #replace(start: number, end: number, by: string): void {
    this.#edits.push({ start: start - this.#span.start, end: end - this.#span.start, by });
  }

  #define(statement: ts.Statement): void {
    if (ts.isVariableStatement(statement)) {
      const { declarationList: list } = statement;
      const changes = (list.flags & ts.NodeFlags.Const) === 0;
      for (const { name } of list.declarations) for (const one of boundNames(name)) this.#defines.set(one, changes);
    } else if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) {
      if (statement.name !== undefined && !isAmbient(statement)) this.#defines.set(statement.name.text, false);
    }
  }

  /** `import { a, type B } from "../lib"` as `const {a}=$in.module("../lib");`, on as many lines. */
  #import(statement: ts.ImportDeclaration): void {
    const from = ts.isStringLiteral(statement.moduleSpecifier) ? statement.moduleSpecifier.text : "";
    const { importClause: clause } = statement;
    const names = this.#modules.get(from) ?? new Set<string>();
    const parts: string[] = [];
    const add = (local: string, member: string, pattern: string): void => {
      names.add(member);
      parts.push(pattern);
      this.#defines.set(local, false);
    };
    if (clause?.isTypeOnly !== true) {
      this.#modules.set(from, names);
      const source = `$in.module(${JSON.stringify(from)})`;
      if (clause?.name !== undefined) add(clause.name.text, "default", `${clause.name.text}=$in.standard(${source})`);
      const bindings = clause?.namedBindings;
      if (bindings !== undefined && ts.isNamespaceImport(bindings))
        add(bindings.name.text, "*", `${bindings.name.text}=${source}`);
      else if (bindings !== undefined) {
        const wanted = bindings.elements.filter((one) => !one.isTypeOnly);
        for (const { name, propertyName } of wanted) {
          names.add((propertyName ?? name).text);
          this.#defines.set(name.text, false);
        }
        const members = wanted.map(({ name, propertyName }) =>
          propertyName ? `${propertyName.text}:${name.text}` : name.text,
        );
        parts.push(`{${members.join(",")}}=${source}`);
      }
    }
    const text = parts.length === 0 ? "" : `const ${parts.join(",")};`;
    this.#replace(statement.getStart(this.#file), statement.end, text);
  }

  /** `export` says nothing in a cell. */
  #unexport(statement: ts.Statement): void {
    const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
    for (const modifier of modifiers)
      if (modifier.kind === ts.SyntaxKind.ExportKeyword) this.#replace(modifier.getStart(this.#file), modifier.end, "");
  }

  #visit(node: ts.Node): void {
    if (isErased(node)) return;
    if (ts.isIdentifier(node)) {
      const name = this.#foreign(node);
      if (name !== null) this.#use(node, name);
      return;
    }
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      this.#replace(node.expression.getStart(this.#file), node.expression.end, "$in.import");
    const power = powerEdits(node, this.#file, (name) => {
      const foreign = this.#foreign(name);
      return foreign === null ? name.text : `$.${foreign}`;
    });
    for (const { start, end, by } of power.before) this.#replace(start, end, by);
    ts.forEachChild(node, (child) => this.#visit(child));
    for (const { start, end, by } of power.after) this.#replace(start, end, by);
  }

  #use(node: ts.Identifier, name: string): void {
    this.#reads.add(name);
    if (!this.#mayChange(node)) return;
    this.#isLive.add(name);
    const start = node.getStart(this.#file);
    const { parent } = node;
    if (ts.isShorthandPropertyAssignment(parent)) this.#replace(start, node.end, `${name}:$.${name}`);
    else if (ts.isCallExpression(parent) && parent.expression === node) this.#replace(start, node.end, `(0,$.${name})`);
    else this.#replace(start, node.end, `$.${name}`);
  }

  /** Whether the name is of a `let` or `var`. */
  #mayChange(node: ts.Identifier): boolean {
    const declared = this.#symbol(node)?.valueDeclaration;
    let list: ts.Node | undefined = declared;
    while (list !== undefined && !ts.isVariableDeclarationList(list) && !ts.isStatement(list)) list = list.parent;
    return list !== undefined && ts.isVariableDeclarationList(list) && (list.flags & ts.NodeFlags.Const) === 0;
  }

  #symbol(node: ts.Identifier): ts.Symbol | undefined {
    return ts.isShorthandPropertyAssignment(node.parent)
      ? this.#checker.getShorthandAssignmentValueSymbol(node.parent)
      : this.#checker.getSymbolAtLocation(node);
  }

  /** The name, where an identifier reads or writes a value of another cell; null for all other identifiers. */
  #foreign(node: ts.Identifier): string | null {
    if (isMemberName(node)) return null;
    const symbol = this.#symbol(node);
    const declared = symbol?.declarations?.find((one) => one.getSourceFile() === this.#file);
    if (declared === undefined || (declared.pos >= this.#span.start && declared.end <= this.#span.end)) return null;
    return isOfTheModule(declared) ? node.text : null;
  }
}

/** Whether a declaration is one of the module's own names, not of a function or block in it. */
function isOfTheModule(declared: ts.Node): boolean {
  let node = declared.parent;
  while (
    ts.isBindingElement(node) ||
    ts.isObjectBindingPattern(node) ||
    ts.isArrayBindingPattern(node) ||
    ts.isVariableDeclaration(node) ||
    ts.isVariableDeclarationList(node) ||
    ts.isVariableStatement(node) ||
    ts.isNamedImports(node) ||
    ts.isImportClause(node) ||
    ts.isImportDeclaration(node)
  )
    node = node.parent;
  return ts.isSourceFile(node);
}

/** `x` in `a.x`, `{ x: 1 }`, `x:`: a name that reads no variable. */
export function isMemberName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isShorthandPropertyAssignment(parent)) return parent.name !== node;
  return ["name", "propertyName", "label"].some((role) => Reflect.get(parent, role) === node);
}

/** What is only for the checker and does not run. */
function isErased(node: ts.Node): boolean {
  return (
    ts.isTypeNode(node) ||
    ts.isTypeParameterDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    (ts.isStatement(node) && isAmbient(node))
  );
}

function isAmbient(node: ts.Node): boolean {
  const modifiers = ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []) : [];
  return modifiers.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword);
}

function boundNames(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((one) => (ts.isOmittedExpression(one) ? [] : boundNames(one.name)));
}
