import ts from "typescript";
import { isMemberName } from "./compile";

/** Which cells can have other errors after an edit: those that changed, and those in which a word of theirs stands. */

/** The words of a statement. */
export interface StatementWords {
  readonly text: string;
  /** Names of values, types and imports that it makes, and those to which it gives another value. */
  readonly declares: ReadonlySet<string>;
  /** All names of others that stand in it. */
  readonly mentions: ReadonlySet<string>;
  /** Whether a function is declared in it whose calls narrow types. */
  readonly asserts: boolean;
  /** Whether it can change what every other cell means: by what it adds to the page's names, or by a `throw` behind which types are narrower. */
  readonly isFelt: boolean;
}

/** The words of a cell's statements. */
export function wordsOf(statements: readonly ts.Statement[]): StatementWords[] {
  return statements.map((statement) => {
    const declares = new Set(declaredBy(statement));
    const mentions = new Set<string>();
    let isFelt = false;
    let asserts = false;
    const visit = (node: ts.Node, isInFunction: boolean): void => {
      if (ts.isIdentifier(node) && !isMemberName(node)) mentions.add(node.text);
      isFelt ||= ts.isModuleDeclaration(node) || (!isInFunction && ts.isThrowStatement(node));
      asserts ||= ts.isTypePredicateNode(node) && node.assertsModifier !== undefined;
      for (const name of isInFunction ? [] : assignedBy(node)) declares.add(name);
      const inside = isInFunction || ts.isFunctionLike(node);
      ts.forEachChild(node, (child) => visit(child, inside));
    };
    visit(statement, false);
    return { text: statement.getText(), declares, mentions, asserts, isFelt };
  });
}

/** Names in what an expression gives another value. */
function assignedBy(node: ts.Node): Iterable<string> {
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken;
    return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment ? wordsInside(node.left) : [];
  }
  if (!ts.isPrefixUnaryExpression(node) && !ts.isPostfixUnaryExpression(node)) return [];
  const steps = node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken;
  return steps ? wordsInside(node.operand) : [];
}

function declaredBy(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) => bound(name));
  if (ts.isImportDeclaration(statement)) {
    const { name, namedBindings } = statement.importClause ?? {};
    const others =
      namedBindings === undefined
        ? []
        : ts.isNamespaceImport(namedBindings)
          ? [namedBindings.name]
          : namedBindings.elements.map((element) => element.name);
    return [...(name === undefined ? [] : [name]), ...others].map(({ text }) => text);
  }
  const isNamed =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isEnumDeclaration(statement);
  if (isNamed) return statement.name === undefined ? [] : [statement.name.text];
  // `var` in a block, and what is rarer: all that stands in it.
  return ts.isExpressionStatement(statement) ? [] : [...wordsInside(statement)];
}

function wordsInside(node: ts.Node): Set<string> {
  const found = new Set<string>();
  const visit = (one: ts.Node): void => {
    if (ts.isIdentifier(one)) found.add(one.text);
    ts.forEachChild(one, visit);
  };
  visit(node);
  return found;
}

function bound(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((one) => (ts.isOmittedExpression(one) ? [] : bound(one.name)));
}

/** The statements of two texts of a cell that are not in both at the same place, from the front or from the end. */
function changedBetween(before: readonly StatementWords[], now: readonly StatementWords[]): StatementWords[] {
  const most = Math.min(before.length, now.length);
  let front = 0;
  while (front < most && before[front]?.text === now[front]?.text) front += 1;
  let end = 0;
  while (end < most - front && before.at(-1 - end)?.text === now.at(-1 - end)?.text) end += 1;
  return [before, now].flatMap((all) => all.slice(front, all.length - end));
}

interface Known {
  readonly source: string;
  readonly words: readonly StatementWords[];
}

/**
 * The cells whose errors may be others now, by their numbers: those that are new or have another text, those that mention a
 * name that a changed statement declares or has declared, and so on through what these declare.
 */
export function affected(before: ReadonlyMap<number, Known>, now: ReadonlyMap<number, Known>): Set<number> {
  const edited = [...new Set([...before.keys(), ...now.keys()])].filter(
    (number) => before.get(number)?.source !== now.get(number)?.source,
  );
  const changed = edited.flatMap((number) =>
    changedBetween(before.get(number)?.words ?? [], now.get(number)?.words ?? []),
  );
  const states = [...before.values(), ...now.values()];
  // A function that asserts can narrow whatever it is given, wherever it is called.
  if (changed.some(({ isFelt }) => isFelt) || states.some(({ words }) => words.some(({ asserts }) => asserts)))
    return new Set(now.keys());
  return new Set([...edited.filter((number) => now.has(number)), ...mentioning(changed, now)]);
}

/** The cells that mention what some statements declare, or what those declare that do. */
function mentioning(changed: readonly StatementWords[], cells: ReadonlyMap<number, Known>): Set<number> {
  const found = new Set<number>();
  const names = new Set<string>();
  const waiting = [...changed];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    const more = [...one.declares].filter((name) => !names.has(name));
    for (const name of more) names.add(name);
    for (const [number, { words }] of cells) {
      const users = words.filter(({ mentions, declares }) =>
        more.some((name) => mentions.has(name) || declares.has(name)),
      );
      if (users.length > 0) found.add(number);
      waiting.push(...users);
    }
  }
  return found;
}
