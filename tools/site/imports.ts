import ts from "typescript";
import { parsed } from "./parsed";

/** Names that a cell imports from lib/: local name to the name in the library. */
export function libraryImports(source: string): Map<string, string> {
  return importedNames(parsed(source), /^\.{1,2}\/(?:.*\/)?lib(?:\/|$)/);
}

/** Names that a module imports by name from files whose path fits: local name to the name in that file. */
export function importedNames(file: ts.SourceFile, from: RegExp): Map<string, string> {
  const names = new Map<string, string>();
  for (const statement of file.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    if (!from.test(statement.moduleSpecifier.text)) continue;
    const bindings = statement.importClause?.namedBindings;
    if (bindings === undefined || !ts.isNamedImports(bindings)) continue;
    for (const { name, propertyName } of bindings.elements) names.set(name.text, (propertyName ?? name).text);
  }
  return names;
}
