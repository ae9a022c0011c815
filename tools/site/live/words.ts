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
  /** Whether it can change what every other cell means: by what it adds to the page's names, or by ending before them. */
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
      // What follows `if (…) throw` has narrower types.
      if (ts.isModuleDeclaration(node) || (ts.isThrowStatement(node) && !isInFunction)) isFelt = true;
      if (isAssertion(node)) asserts = true;
      const changed = isInFunction ? null : assigned(node);
      if (changed !== null) for (const name of wordsInside(changed)) declares.add(name);
      const inside = isInFunction || ts.isFunctionLike(node);
      ts.forEachChild(node, (child) => visit(child, inside));
    };
    visit(statement, false);
    return { text: statement.getText(), declares, mentions, asserts, isFelt };
  });
}

function isAssertion(node: ts.Node): boolean {
  return ts.isTypePredicateNode(node) && node.assertsModifier !== undefined;
}

/** What an expression gives another value. */
function assigned(node: ts.Node): ts.Expression | null {
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken;
    return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment ? node.left : null;
  }
  if (!ts.isPrefixUnaryExpression(node) && !ts.isPostfixUnaryExpression(node)) return null;
  return node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken
    ? node.operand
    : null;
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
  const all = (): Set<number> => new Set(now.keys());
  // A function that asserts can narrow whatever it is given, wherever it is called.
  if ([...before.values(), ...now.values()].some(({ words }) => words.some(({ asserts }) => asserts))) return all();
  const found = new Set<number>();
  const names = new Set<string>();
  const waiting: string[] = [];
  const take = ({ declares }: StatementWords): void => {
    for (const name of declares)
      if (!names.has(name)) {
        names.add(name);
        waiting.push(name);
      }
  };
  for (const number of new Set([...before.keys(), ...now.keys()])) {
    const [old, own] = [before.get(number), now.get(number)];
    if (old?.source === own?.source) continue;
    if (own !== undefined) found.add(number);
    const changed = changedBetween(old?.words ?? [], own?.words ?? []);
    if (changed.some(({ isFelt }) => isFelt)) return all();
    for (const statement of changed) take(statement);
  }
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop())
    for (const [number, { words }] of now)
      for (const statement of words)
        if (statement.mentions.has(name) || statement.declares.has(name)) {
          found.add(number);
          take(statement);
        }
  return found;
}
