import path from "node:path";
import ts from "typescript";

/** A function of the library as the reference lists it. */
export interface Entry {
  name: string;
  /** First sentence of its docstring. */
  summary: string;
  /** What R calls it, as the docstring says; null where R has no such function. */
  inR: string | null;
  /** File, relative to the project. */
  file: string;
}

/**
 * All functions that a notebook can import from lib/, with what their docstrings say: the way in for somebody
 * who knows the R name.
 *
 * @param root the project's folder
 * @throws Error naming a function without a docstring
 */
export function libraryFunctions(root: string): Entry[] {
  const index = path.join(root, "lib/index.ts");
  const read = ts.readConfigFile(path.join(root, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...read.config, include: [], files: [] }, ts.sys, root);
  const program = ts.createProgram([index], options);
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(index);
  const module = source && checker.getSymbolAtLocation(source);
  if (!module) throw new Error(`${index} is not a module`);
  const entries = checker.getExportsOfModule(module).flatMap((exported) => {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    const [declaration] = symbol.declarations ?? [];
    if (!declaration || !ts.isFunctionDeclaration(declaration)) return [];
    const text = ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim();
    const file = path.relative(root, declaration.getSourceFile().fileName).split(path.sep).join("/");
    if (text === "") throw new Error(`${file}: ${exported.name} has no docstring`);
    return [{ name: exported.name, summary: firstSentence(text), inR: nameInR(text), file }];
  });
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Up to the first full stop that ends a sentence; a name with a point in it does not. */
function firstSentence(text: string): string {
  const flat = text
    .replace(/\s+/g, " ")
    .replace(/\{@link (\w+) ?\}/g, "$1")
    .replace(/ \(R: `[^`]+`\)/g, "");
  const end = /[.;:](?= |$)/.exec(flat);
  return end ? `${flat.slice(0, end.index)}.` : flat;
}

/** The first name in backticks that follows "R's", "R" or "R:". */
function nameInR(text: string): string | null {
  return /\bR(?:'s|:)? `([^`]+)`/.exec(text.replace(/\s+/g, " "))?.[1] ?? null;
}

/** The reference as Markdown, grouped by folder. */
export function referenceMarkdown(entries: readonly Entry[]): string {
  const folders = [...new Set(entries.map(({ file }) => folderOf(file)))].sort();
  const sections = folders.map((folder) => {
    const rows = entries
      .filter(({ file }) => folderOf(file) === folder)
      .map(({ name, summary, inR, file }) => {
        const link = `[\`${name}\`](${file.replace(/^lib\//, "")})`;
        return `| ${link} | ${cell(summary)} | ${inR === null ? "" : `\`${cell(inR)}\``} |`;
      });
    return `## ${folder}\n\n| function | what it does | in R |\n|---|---|---|\n${rows.join("\n")}\n`;
  });
  return `# Functions of the library

Made from the docstrings by \`npm run reference\`; each name links to its file, where formula, source, errors and an
example stand.

${sections.join("\n")}`;
}

function folderOf(file: string): string {
  return file.split("/").slice(0, 2).join("/");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
