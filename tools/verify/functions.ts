import ts from "typescript";
import { fingerprint } from "../seal/seal";
import { declared, namesIn, type Project, statementOf } from "./program";

/** The functions, classes and constants of lib/ as they stand in their files, and which of them use which. */
export class LibraryFunctions {
  private readonly found = new Map<string, { readonly statements: Set<ts.Statement>; uses: Set<string> | null }>();

  constructor(private readonly project: Project) {}

  /**
   * Names of what a symbol stands for in lib/, "lib/survival/log-rank.ts: logRank", and of all that this may call or
   * read, and so on; empty for types and for what is not of lib/.
   */
  reached(symbols: readonly ts.Symbol[]): Set<string> {
    const all = new Set<string>();
    const waiting = symbols.flatMap((symbol) => this.namesOf(symbol));
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      if (all.has(name)) continue;
      all.add(name);
      waiting.push(...this.usesOf(name));
    }
    return all;
  }

  /**
   * Fingerprint of a function: of its text without the comment before it, which computes nothing. Several statements
   * that declare one name, such as overloads, go together.
   */
  hashOf(name: string): string {
    return fingerprint(this.textOf(name));
  }

  textOf(name: string): string {
    return [...(this.found.get(name)?.statements ?? [])].map((statement) => statement.getText()).join("\n");
  }

  private namesOf(symbol: ts.Symbol): string[] {
    const { checker } = this.project;
    const declarations = declared(symbol, checker).declarations ?? [];
    return declarations.flatMap((declaration) => {
      const statement = statementOf(declaration);
      const file = this.project.libraryFile(declaration.getSourceFile());
      if (statement === null || file === null || !runs(statement)) return [];
      const name = `${file}: ${titleOf(statement)}`;
      const known = this.found.get(name) ?? { statements: new Set<ts.Statement>(), uses: null };
      known.statements.add(statement);
      this.found.set(name, known);
      return [name];
    });
  }

  private usesOf(name: string): Set<string> {
    const known = this.found.get(name);
    if (known === undefined) return new Set();
    known.uses ??= new Set(this.usedBy([...known.statements]));
    return known.uses;
  }

  private usedBy(statements: readonly ts.Statement[]): string[] {
    // Whatever runs as a file is loaded is part of all that it declares.
    const loaded = statements[0]?.getSourceFile().statements.filter(ts.isExpressionStatement) ?? [];
    return [...statements, ...loaded]
      .flatMap((statement) => namesIn(statement, this.project.checker))
      .flatMap((symbol) => this.namesOf(symbol));
  }
}

/** Whether anything of a statement is left once its types are gone, and it declares something. */
function runs(statement: ts.Statement): boolean {
  return (
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isVariableStatement(statement) ||
    ts.isEnumDeclaration(statement)
  );
}

/** What a statement at the top of a file declares, "" where it declares nothing that runs. */
export function titleOf(statement: ts.Statement): string {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) => namesOfBinding(name)).join(", ");
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement) || ts.isEnumDeclaration(statement))
    return statement.name?.text ?? "default";
  return "";
}

/** The names that a pattern declares: of `[a, { b }]` a and b. */
export function namesOfBinding(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : namesOfBinding(element.name)));
}
