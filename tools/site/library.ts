import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

/** A name that a notebook can import from lib/, with what its docstring says. */
export interface LibraryEntry {
  readonly name: string;
  readonly kind: "function" | "class" | "interface" | "type" | "value";
  /** File relative to the project, "lib/survival/log-rank.ts". */
  readonly file: string;
  /** Line of the declaration, from 1. */
  readonly line: number;
  /** Part of the library: "survival". */
  readonly part: string;
  /** How it is declared, without the body; functions with several forms have several. */
  readonly signatures: readonly string[];
  readonly text: string;
  readonly tags: readonly { readonly name: string; readonly text: string }[];
}

/** A file of the library as it was read. */
interface Module {
  readonly file: string;
  readonly source: ts.SourceFile;
}

/**
 * All that lib/index.ts exports, in the order of the parts and of the names. It follows export statements only and
 * asks no type checker, which would take longer than everything else that makes the site.
 *
 * @throws Error naming the file and the export that leads nowhere
 */
export function libraryEntries(root: string): LibraryEntry[] {
  const modules = new Map<string, Module>();
  const open = (file: string): Module => {
    const known = modules.get(file);
    if (known !== undefined) return known;
    const text = readFileSync(path.join(root, file), "utf8");
    const module = { file, source: ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true) };
    modules.set(file, module);
    return module;
  };
  const found = new Map<string, LibraryEntry>();
  const follow = (file: string, wanted: ReadonlyMap<string, string> | null): void => {
    const { source } = open(file);
    for (const statement of source.statements) {
      if (ts.isExportDeclaration(statement)) {
        const target = resolve(root, file, statement.moduleSpecifier);
        if (target === null) continue;
        const clause = statement.exportClause;
        if (clause === undefined) follow(target, wanted);
        else if (ts.isNamedExports(clause)) {
          const names = new Map(
            clause.elements
              .map((one) => [(one.propertyName ?? one.name).text, one.name.text] as const)
              .filter(([, outside]) => wanted === null || wanted.has(outside))
              .map(([inside, outside]) => [inside, wanted?.get(outside) ?? outside]),
          );
          if (names.size > 0) follow(target, names);
        }
        continue;
      }
      for (const { name, node } of declared(statement)) {
        const outside = wanted === null ? name : wanted.get(name);
        if (outside === undefined) continue;
        const earlier = found.get(outside);
        const entry = describe(outside, node, file, source);
        // The forms of an overloaded function; the last one, which has the body, is no form of its own.
        if (earlier?.file === file && earlier.kind === "function" && ts.isFunctionDeclaration(node)) {
          const signatures =
            node.body === undefined ? [...earlier.signatures, ...entry.signatures] : earlier.signatures;
          found.set(outside, { ...earlier, signatures });
        } else found.set(outside, entry);
      }
    }
  };
  follow("lib/index.ts", null);
  return [...found.values()].sort((a, b) =>
    a.part === b.part ? (a.name < b.name ? -1 : 1) : a.part < b.part ? -1 : 1,
  );
}

function resolve(root: string, from: string, specifier: ts.Expression | undefined): string | null {
  if (specifier === undefined || !ts.isStringLiteral(specifier) || !specifier.text.startsWith("."))
    return null;
  const base = path.posix.join(path.posix.dirname(from), specifier.text);
  const file = [`${base}.ts`, `${base}/index.ts`].find((candidate) => existsSync(path.join(root, candidate)));
  if (file === undefined)
    throw new Error(`${from} exports from "${specifier.text}", which is no file of the library`);
  return file;
}

type Declaration =
  | ts.FunctionDeclaration
  | ts.ClassDeclaration
  | ts.InterfaceDeclaration
  | ts.TypeAliasDeclaration
  | ts.VariableStatement;

function declared(statement: ts.Statement): { name: string; node: Declaration }[] {
  const isExported =
    ts.canHaveModifiers(statement) &&
    (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  if (!isExported) return [];
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations
      .filter(({ name }) => ts.isIdentifier(name))
      .map(({ name }) => ({ name: name.getText(), node: statement }));
  if (
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement)
  )
    return statement.name === undefined ? [] : [{ name: statement.name.text, node: statement }];
  return [];
}

function describe(name: string, node: Declaration, file: string, source: ts.SourceFile): LibraryEntry {
  const docs = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const last = docs.at(-1);
  return {
    name,
    kind: kindOf(node),
    file,
    line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1,
    part: file.split("/")[1] ?? "",
    signatures: [signature(node, source)],
    text: ts.getTextOfJSDocComment(last?.comment) ?? "",
    tags: (last?.tags ?? []).map((tag) => ({ name: tag.tagName.text, text: tagText(tag) })),
  };
}

function kindOf(node: Declaration): LibraryEntry["kind"] {
  if (ts.isFunctionDeclaration(node)) return "function";
  if (ts.isClassDeclaration(node)) return "class";
  if (ts.isInterfaceDeclaration(node)) return "interface";
  return ts.isTypeAliasDeclaration(node) ? "type" : "value";
}

function tagText(tag: ts.JSDocTag): string {
  const text = ts.getTextOfJSDocComment(tag.comment) ?? "";
  if (ts.isJSDocParameterTag(tag)) return `\`${tag.name.getText()}\` ${text}`;
  // The parser takes the first word of @throws for a type.
  if (ts.isJSDocThrowsTag(tag) && tag.typeExpression !== undefined)
    return `${tag.typeExpression.type.getText()} ${text}`;
  return text;
}

/** The declaration without `export` and without what only runs. */
function signature(node: Declaration, source: ts.SourceFile): string {
  const start = node.getStart(source);
  const text = source.text;
  const cut = (end: number): string =>
    text
      .slice(start, end)
      .replace(/^export (?:declare )?/, "")
      .trimEnd();
  if (ts.isFunctionDeclaration(node)) return cut(node.body?.getStart(source) ?? node.end);
  if (ts.isClassDeclaration(node)) return cut(node.members.pos - 1);
  if (ts.isVariableStatement(node)) {
    const whole = cut(node.end);
    const initial = node.declarationList.declarations[0]?.initializer;
    return whole.length <= 400 || initial === undefined ? whole : `${cut(initial.getStart(source))} …`;
  }
  return cut(node.end);
}

/** A docstring's first sentence, for lists. */
export function summary(entry: LibraryEntry): string {
  const flat = entry.text
    .replace(/\s+/g, " ")
    .replace(/\{@link (\w+) ?\}/g, "`$1`")
    .replace(/ \(R: `[^`]+`\)/g, "");
  const end = /[.;:](?= |$)/.exec(flat);
  return end ? `${flat.slice(0, end.index)}.` : flat;
}

/** What R calls it, as the docstring says. */
export function nameInR(entry: LibraryEntry): string | null {
  return /\bR(?:'s|:)? `([^`]+)`/.exec(entry.text.replace(/\s+/g, " "))?.[1] ?? null;
}

/** Address of the entry's documentation in the site. */
export function libraryAddress(entry: Pick<LibraryEntry, "name" | "part">): string {
  return `library/${entry.part}.html#${entry.name}`;
}

/** Address of a file of the library in the site. */
export function sourceAddress(file: string, line?: number): string {
  return `source/${file}.html${line === undefined ? "" : `#L${line}`}`;
}
