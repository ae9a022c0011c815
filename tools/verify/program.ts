import path from "node:path";
import ts from "typescript";
import { asModule, type NotebookModule } from "../notebooks/as-module";
import type { Notebook } from "../notebooks/notebook";

/** A notebook's cells as one module of the program. */
export interface NotebookUnit {
  readonly notebook: Notebook;
  /** Without its ending. */
  readonly name: string;
  readonly module: NotebookModule;
  readonly source: ts.SourceFile;
}

/** Notebooks and the library as the compiler sees them together. */
export interface Project {
  readonly root: string;
  readonly units: readonly NotebookUnit[];
  readonly checker: ts.TypeChecker;
  /** Path of a source file of lib/ from the project's folder, such as "lib/survival/log-rank.ts"; null for all others. */
  libraryFile(source: ts.SourceFile): string | null;
}

/**
 * Reads notebooks and what they import of lib/. Only names are resolved, nothing is type-checked, and no library of
 * ECMAScript or of Node is read: a second instead of six.
 *
 * @param texts other contents for files of lib/, by their path from the project's folder
 */
export function readProject(
  root: string,
  notebooks: readonly Notebook[],
  texts: ReadonlyMap<string, string> = new Map(),
): Project {
  const modules = new Map(
    notebooks.map((notebook) => [path.normalize(`${notebook.file}.ts`), { notebook, module: asModule(notebook) }]),
  );
  const others = new Map([...texts].map(([file, text]) => [path.join(root, file), text]));
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    noLib: true,
    types: [],
    noResolve: false,
    skipLibCheck: true,
  };
  const host = ts.createCompilerHost(options, true);
  const { readFile, fileExists, getSourceFile } = host;
  const textOf = (file: string): string | undefined =>
    modules.get(path.normalize(file))?.module.text ?? others.get(path.normalize(file));
  host.readFile = (file) => textOf(file) ?? readFile(file);
  host.fileExists = (file) => textOf(file) !== undefined || fileExists(file);
  host.getSourceFile = (file, language, onError, fresh) => {
    const text = textOf(file);
    return text === undefined
      ? getSourceFile(file, language, onError, fresh)
      : ts.createSourceFile(file, text, language, true);
  };
  // Packages are not looked into.
  host.resolveModuleNameLiterals = (literals, from) =>
    literals.map(({ text }) =>
      text.startsWith(".")
        ? ts.resolveModuleName(text, from, options, host)
        : { resolvedModule: undefined, failedLookupLocations: [] },
    );
  const program = ts.createProgram([...modules.keys()], options, host);
  const library = path.join(root, "lib") + path.sep;
  return {
    root,
    checker: program.getTypeChecker(),
    units: [...modules].flatMap(([file, { notebook, module }]) => {
      const source = program.getSourceFile(file);
      const name = notebook.name.replace(/\.ipynb$/, "");
      return source === undefined ? [] : [{ notebook, name, module, source }];
    }),
    libraryFile: ({ fileName }) => {
      const file = path.normalize(fileName);
      return file.startsWith(library) ? path.relative(root, file).split(path.sep).join("/") : null;
    },
  };
}

/** The names that run in a piece of code, each with what it stands for; names of types, members and labels are none. */
export function namesIn(node: ts.Node, checker: ts.TypeChecker): ts.Symbol[] {
  const found = new Set<ts.Symbol>();
  const visit = (part: ts.Node): void => {
    if (ts.isTypeNode(part) && !ts.isExpressionWithTypeArguments(part)) return;
    if (ts.isInterfaceDeclaration(part) || ts.isTypeAliasDeclaration(part)) return;
    if (ts.isPropertyAccessExpression(part)) {
      visit(part.expression);
      return;
    }
    if (ts.isIdentifier(part)) {
      const { parent } = part;
      const symbol = ts.isShorthandPropertyAssignment(parent)
        ? checker.getShorthandAssignmentValueSymbol(parent)
        : isMemberName(part)
          ? undefined
          : checker.getSymbolAtLocation(part);
      if (symbol !== undefined) found.add(symbol);
      return;
    }
    ts.forEachChild(part, visit);
  };
  visit(node);
  return [...found];
}

function isMemberName(name: ts.Identifier): boolean {
  const { parent } = name;
  if (ts.isPropertyAssignment(parent) || ts.isMethodDeclaration(parent) || ts.isPropertyDeclaration(parent))
    return parent.name === name;
  return ts.isBindingElement(parent) && parent.propertyName === name;
}

/** What a name of an import stands for in the file that declares it. */
export function declared(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol {
  return (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
}

/** The statement of its file in which a node stands. */
export function statementOf(node: ts.Node): ts.Statement | null {
  let at = node;
  while (at.parent !== undefined && !ts.isSourceFile(at.parent)) at = at.parent;
  return at.parent !== undefined && ts.isStatement(at) ? at : null;
}
