import { existsSync, readdirSync, readFileSync } from "node:fs";
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
  /** Room of the library in which it is declared: "survival". */
  readonly room: string;
  /** How it is declared, without the body; functions with several forms have several. */
  readonly signatures: readonly string[];
  readonly text: string;
  readonly tags: readonly { readonly name: string; readonly text: string }[];
}

/** Names that stand together in a door. */
export interface LibrarySection {
  /** The comment above them, empty where there is none. */
  readonly heading: string;
  readonly entries: readonly LibraryEntry[];
}

/** A door of the library: what a notebook imports from it, and how it is presented. */
export interface LibraryPart {
  /** Folder of the door, as a notebook names it: "lib" for the front door, "lib/survival". */
  readonly path: string;
  /** The room behind the door, "survival"; empty for the front door. */
  readonly room: string;
  /** What the door's first comment says up to a colon or full stop; the room's name where it says nothing. */
  readonly title: string;
  /** All that the door's first comment says; empty where it is no sentence. */
  readonly introduction: string;
  readonly sections: readonly LibrarySection[];
}

/**
 * The doors of lib/, the front door first, then those of the rooms in the order of the alphabet, with what notebooks can
 * import from them. Comments in a door are headings, and the names below them keep its order; where a door has none,
 * names stand in the order of the alphabet. A whole room that the front door passes on is listed once, as that room. It
 * follows export statements only and asks no type checker, which would take longer than everything else that makes the
 * site.
 *
 * @param root the project's folder
 * @throws Error naming the file and the export that leads nowhere
 */
export function libraryParts(root: string): LibraryPart[] {
  const library = new LibraryReader(root);
  const rooms = readdirSync(path.join(root, "lib"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(path.join(root, "lib", entry.name, "index.ts")))
    .map(({ name }) => name)
    .sort();
  return ["", ...rooms].map((room) => partOf(library, room)).filter(({ sections }) => sections.length > 0);
}

/** All names of some doors, each once, in the order of the rooms and of the names. */
export function entriesOf(parts: readonly LibraryPart[]): LibraryEntry[] {
  const found = new Map<string, LibraryEntry>();
  for (const { sections } of parts)
    for (const { entries } of sections)
      for (const entry of entries) if (!found.has(entry.name)) found.set(entry.name, entry);
  return [...found.values()].sort((a, b) => compare(a.room, b.room) || compare(a.name, b.name));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function partOf(library: LibraryReader, room: string): LibraryPart {
  const folder = room === "" ? "lib" : `lib/${room}`;
  const file = `${folder}/index.ts`;
  const source = library.open(file);
  const comment = headerOf(source);
  const header = comment === null ? "" : commentText(source, comment);
  const isSentence = /[.?]$/.test(header) || header.includes(":");
  const sections = new Map<string, LibraryEntry[]>();
  let heading = "";
  for (const statement of source.statements) {
    heading = headingAbove(statement, source) ?? heading;
    const entries = library
      .exportedBy(statement, file)
      .filter((entry) => belongs(library, entry, statement, { room, file }));
    if (entries.length > 0) sections.set(heading, [...(sections.get(heading) ?? []), ...entries]);
  }
  return {
    path: folder,
    room,
    title: isSentence ? (/^[^:.;?]*\??/.exec(header)?.[0] ?? room).trim() : room || "lib",
    introduction: isSentence ? header : "",
    sections: [...sections].map(([name, entries]) => ({
      heading: name,
      entries: name === "" ? entries.sort((a, b) => compare(a.name, b.name)) : entries,
    })),
  };
}

/**
 * Whether a door lists a name that it exports. The front door does not where it passes on a whole room, and a room does
 * not where it passes on what another room shows at its own door.
 */
function belongs(
  library: LibraryReader,
  entry: LibraryEntry,
  statement: ts.Statement,
  door: { readonly room: string; readonly file: string },
): boolean {
  const isWhole = ts.isExportDeclaration(statement) && statement.exportClause === undefined;
  if (door.room === "") return !(isWhole && library.isDoor(library.target(statement, door.file)));
  if (entry.room === door.room) return true;
  const own = `lib/${entry.room}/index.ts`;
  return !library.isDoor(own) || !library.exportsOf(own).has(entry.name);
}

/** The comment at the head of a door, which is no heading of what follows. */
function headerOf(source: ts.SourceFile): ts.CommentRange | null {
  const [first] = ts.getLeadingCommentRanges(source.text, 0) ?? [];
  return first !== undefined && source.text.startsWith("/**", first.pos) ? first : null;
}

/**
 * The comment above a statement; null where there is none. Lines with slashes are one comment, and a blank line may stand
 * between it and the names, which keeps a formatter from sorting them across it.
 */
function headingAbove(statement: ts.Statement, source: ts.SourceFile): string | null {
  const { text } = source;
  const header = headerOf(source);
  const comments = (ts.getLeadingCommentRanges(text, statement.pos) ?? []).filter(({ pos }) => pos !== header?.pos);
  const lines: string[] = [];
  let below = statement.getStart(source);
  for (const comment of comments.reverse()) {
    const isBlock = comment.kind === ts.SyntaxKind.MultiLineCommentTrivia;
    const isApart = lines.length > 0 && /\n\s*\n/.test(text.slice(comment.end, below));
    if (isApart || (isBlock && lines.length > 0)) break;
    lines.unshift(commentText(source, comment));
    below = comment.pos;
    if (isBlock) break;
  }
  // As a heading it has no full stop.
  return lines.length === 0 ? null : lines.join(" ").replace(/\.$/, "");
}

function commentText({ text }: ts.SourceFile, { pos, end }: ts.CommentRange): string {
  return text
    .slice(pos, end)
    .replace(/^\/\*\*?|\*\/$|^\/\//g, "")
    .replace(/^ *\* ?/gm, "")
    .trim();
}

/** What the files of the library export, each file read once. */
class LibraryReader {
  readonly #root: string;
  readonly #sources = new Map<string, ts.SourceFile>();
  readonly #exports = new Map<string, ReadonlyMap<string, LibraryEntry>>();

  constructor(root: string) {
    this.#root = root;
  }

  open(file: string): ts.SourceFile {
    const known = this.#sources.get(file);
    if (known !== undefined) return known;
    const text = readFileSync(path.join(this.#root, file), "utf8");
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    this.#sources.set(file, source);
    return source;
  }

  isDoor(file: string | null): boolean {
    return file !== null && /^lib\/[^/]+\/index\.ts$/.test(file) && existsSync(path.join(this.#root, file));
  }

  /** Everything that a file exports, by its name outside of it. */
  exportsOf(file: string): ReadonlyMap<string, LibraryEntry> {
    const known = this.#exports.get(file);
    if (known !== undefined) return known;
    const found = new Map<string, LibraryEntry>();
    this.#exports.set(file, found);
    for (const statement of this.open(file).statements)
      for (const entry of this.exportedBy(statement, file)) {
        const earlier = found.get(entry.name);
        // The forms of an overloaded function, whose first one has the docstring.
        const isForm = entry.kind === "function" && earlier?.kind === "function" && earlier.file === entry.file;
        found.set(
          entry.name,
          isForm ? { ...earlier, signatures: [...earlier.signatures, ...entry.signatures] } : entry,
        );
      }
    return found;
  }

  /** The names that a statement exports, in its order. */
  exportedBy(statement: ts.Statement, file: string): LibraryEntry[] {
    if (!ts.isExportDeclaration(statement)) {
      const source = this.open(file);
      return declared(statement)
        .filter(({ name, node }) => !isBodyOfForms(name, node, source))
        .map(({ name, node }) => describe(name, node, file, source));
    }
    const target = this.target(statement, file);
    if (target === null) return [];
    const all = this.exportsOf(target);
    const clause = statement.exportClause;
    if (clause === undefined) return [...all.values()];
    if (!ts.isNamedExports(clause)) return [];
    return clause.elements.map(({ name, propertyName }) => {
      const inside = (propertyName ?? name).text;
      const entry = all.get(inside);
      if (entry === undefined) throw new Error(`${file} exports ${inside} of ${target}, which has no such name`);
      return { ...entry, name: name.text };
    });
  }

  /** The file that an export statement passes on. */
  target(statement: ts.Statement, from: string): string | null {
    const specifier = ts.isExportDeclaration(statement) ? statement.moduleSpecifier : undefined;
    if (specifier === undefined || !ts.isStringLiteral(specifier) || !specifier.text.startsWith(".")) return null;
    const base = path.posix.join(path.posix.dirname(from), specifier.text);
    const file = [`${base}.ts`, `${base}/index.ts`].find((candidate) => existsSync(path.join(this.#root, candidate)));
    if (file === undefined)
      throw new Error(`${from} exports from "${specifier.text}", which is no file of the library`);
    return file;
  }
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

/** Whether a function has its forms above it: what has the body is no form of its own. */
function isBodyOfForms(name: string, node: Declaration, source: ts.SourceFile): boolean {
  return (
    ts.isFunctionDeclaration(node) &&
    node.body !== undefined &&
    source.statements.some(
      (other) => ts.isFunctionDeclaration(other) && other.body === undefined && other.name?.text === name,
    )
  );
}

function describe(name: string, node: Declaration, file: string, source: ts.SourceFile): LibraryEntry {
  const docs = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const last = docs.at(-1);
  return {
    name,
    kind: kindOf(node),
    file,
    line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1,
    room: file.split("/")[1] ?? "",
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

/** What holds stops of its own: code, and what stands in brackets. */
const ASIDE = /`[^`]*`|\([^()]*\)/g;

/** R's name at the end of a phrase; lists have a column for it. */
const TWIN = /(?: \(R: `[^`]+`\)|, R's `[^`]+`(?=[.;:]))/g;

/** A docstring's first sentence, for lists. */
export function summary(entry: LibraryEntry): string {
  const flat = entry.text
    .replace(/\s+/g, " ")
    .replace(/\{@link (\w+) ?\}/g, "`$1`")
    .replace(TWIN, "");
  const end = /[.;:](?= |$)/.exec(flat.replace(ASIDE, (aside) => "_".repeat(aside.length)));
  return end ? `${flat.slice(0, end.index)}.` : flat;
}

/** What R calls it, as the docstring says. */
export function nameInR(entry: LibraryEntry): string | null {
  return /\bR(?:'s|:)? `([^`]+)`/.exec(entry.text.replace(/\s+/g, " "))?.[1] ?? null;
}

/** Address of the entry's documentation in the site. */
export function libraryAddress(entry: Pick<LibraryEntry, "name" | "room">): string {
  return `library/${entry.room}.html#${entry.name}`;
}

/** Address of a file of the library in the site. */
export function sourceAddress(file: string, line?: number): string {
  return `source/${file}.html${line === undefined ? "" : `#L${line}`}`;
}
