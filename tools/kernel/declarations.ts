import type * as TypeScript from "@tslab/typescript-for-tslab";
import { edited } from "./edits";

/**
 * tslab carries the types of a cell to the next one as a file of declarations. TypeScript refuses to write one for
 * code that is right where a type has no name to be told by: `const fs = await import("node:fs")`, a class
 * expression with a private member. Such a name gets a type here, and the cell runs.
 */

/**
 * Errors of the kind "exported variable has or is using private name", which no code but that for `.d.ts` gives. Between
 * them and behind them in the list of TypeScript's errors stand others, such as 4104, an array that is `readonly` where
 * one that can be changed is asked for.
 */
const ONLY_IN_DECLARATIONS = new Set([2527, 2742, 4106, 4107, 4108, 4118, 7056, 9005, 9006]);

export function isOfDeclarations({ code }: TypeScript.Diagnostic): boolean {
  return (code >= 4000 && code <= 4103 && code !== 4090) || ONLY_IN_DECLARATIONS.has(code);
}

/** The places in the cell's file of what cannot be told. */
export function declarationErrors(
  found: readonly TypeScript.Diagnostic[],
  cell: TypeScript.SourceFile | undefined,
): number[] {
  return found
    .filter((diagnostic) => isOfDeclarations(diagnostic) && diagnostic.file === cell)
    .map(({ start }) => start ?? 0);
}

/**
 * The cell's text with a type written out at each of these places, for the file of declarations only: what runs is
 * compiled from the text as it is.
 */
export function withTypesTold(ts: typeof TypeScript, source: string, places: readonly number[]): string {
  const file = ts.createSourceFile("cell.ts", source, ts.ScriptTarget.Latest, true);
  const inserted = new Map<number, string>();
  const opaque = new Set<TypeScript.Statement>();
  for (const place of places) {
    const statement = file.statements.find(({ pos, end }) => pos <= place && place <= end);
    if (!statement) continue;
    const found = ts.isVariableStatement(statement)
      ? statement.declarationList.declarations.find(({ pos, end }) => pos <= place && place <= end)
      : null;
    if (found && !found.type) inserted.set(found.name.end, `: ${typeText(ts, found)}`);
    else opaque.add(statement);
  }
  const edits = [...inserted].map(([at, type]) => ({ start: at, end: at, by: type }));
  for (const statement of opaque) {
    edits.push({ start: statement.getStart(file), end: statement.end, by: opaqueText(ts, statement) });
  }
  return edited(source, edits);
}

function typeText(ts: typeof TypeScript, { initializer }: TypeScript.VariableDeclaration): string {
  const value = initializer && ts.isAwaitExpression(initializer) ? initializer.expression : null;
  if (!value || !ts.isCallExpression(value) || value.expression.kind !== ts.SyntaxKind.ImportKeyword) return "any";
  const [from] = value.arguments;
  return from && ts.isStringLiteral(from) ? `typeof import(${JSON.stringify(from.text)})` : "any";
}

/** A function or class of which nothing but its name is told. */
function opaqueText(ts: typeof TypeScript, statement: TypeScript.Statement): string {
  const named =
    ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement) ? statement.name?.text : undefined;
  if (named === undefined) return "";
  const type = ts.isClassDeclaration(statement) ? ` type ${named} = any;` : "";
  return `declare const ${named}: any;${type}`;
}
