import ts from "typescript";
import { fingerprint } from "../seal/seal";
import { LibraryFunctions } from "./functions";
import { type NotebookUnit, namesIn, type Project, statementOf } from "./program";

/** One statement of a notebook that a claim needs. */
export interface SliceStatement {
  /** Its place among all statements of the notebook's code. */
  readonly at: number;
  readonly cellId: string;
  readonly text: string;
  /** The expression whose value is a claim, where it shows one. */
  readonly claim: string | null;
}

/** A claim with what it rests on in its notebook and in the library. */
export interface ClaimSlice {
  readonly id: number;
  /** Without its ending. */
  readonly notebook: string;
  /** Name of the cell that shows it. */
  readonly cellId: string;
  readonly statements: readonly SliceStatement[];
  /** Names of functions of lib/. */
  readonly functions: readonly string[];
  /** Texts of those of them that are handed the printed numbers, or load them, for more than to state a claim. */
  readonly readsPrinted: readonly string[];
}

export interface Slices {
  readonly claims: readonly ClaimSlice[];
  /** Fingerprints of the cells that claims rest on, by "notebook: cell". */
  readonly cells: ReadonlyMap<string, string>;
  /** Fingerprints of the functions of lib/ that claims rest on. */
  readonly functions: ReadonlyMap<string, string>;
}

/**
 * Cuts out of notebooks what each claim needs: the statement with `claim(…)`, those that declare or change what it reads,
 * and so on. Statements that only show something are left out.
 *
 * @throws Error naming the cell where the number of a claim is not written out, for it is looked for in the code
 */
export function claimSlices(project: Project): Slices {
  const library = new LibraryFunctions(project);
  const claims = project.units.flatMap((unit) => new Slicer(unit, project.checker).slices(library));
  const cells = new Map<string, string>();
  for (const { name, module } of project.units)
    for (const { cell } of module.starts) {
      const rests = claims.some(
        (claim) => claim.notebook === name && claim.statements.some((one) => one.cellId === cell.id),
      );
      if (rests) cells.set(`${name}: ${cell.id}`, fingerprint(cell.source));
    }
  const names = [...new Set(claims.flatMap(({ functions }) => functions))].sort();
  return {
    claims: claims.sort((a, b) => a.id - b.id),
    cells,
    functions: new Map(names.map((name) => [name, library.hashOf(name)])),
  };
}

/** Where the printed numbers are loaded and checked, and where claim() looks up what a claim states. */
const STATES = /^lib\/(?:data\/published|paper\/claims\/ledger)\.ts: /;

/** Methods that change what they are called on. */
const CHANGING = new Set("add clear copyWithin delete fill pop push reverse set shift sort splice unshift".split(" "));

class Slicer {
  private readonly statements: readonly ts.Statement[];
  private readonly mentions = new Map<ts.Statement, readonly ts.Symbol[]>();
  /** The statements that change what a name stands for. */
  private readonly changers = new Map<ts.Symbol, Set<ts.Statement>>();

  constructor(
    private readonly unit: NotebookUnit,
    private readonly checker: ts.TypeChecker,
  ) {
    this.statements = unit.source.statements;
    for (const statement of this.statements) this.mentions.set(statement, namesIn(statement, checker));
    this.findChangers();
  }

  slices(library: LibraryFunctions): ClaimSlice[] {
    return this.statements.flatMap((statement) => {
      const shown = shownBy(statement);
      return shown === null ? [] : this.idsIn(shown, statement).map((id) => this.slice(id, statement, library));
    });
  }

  private slice(id: number, shows: ts.Statement, library: LibraryFunctions): ClaimSlice {
    const needed = new Set<ts.Statement>();
    const imported = new Set<ts.Symbol>();
    const waiting = [shows];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (needed.has(next)) continue;
      needed.add(next);
      if (ts.isImportDeclaration(next)) continue;
      for (const symbol of this.mentions.get(next) ?? []) {
        const from = this.declaring(symbol);
        if (from === null) continue;
        if (ts.isImportDeclaration(from)) imported.add(symbol);
        waiting.push(from, ...(this.changers.get(symbol) ?? []));
      }
    }
    // show() of the statement itself displays the claim and computes nothing.
    const used = [...imported].filter((symbol) => symbol.name !== "show");
    const order = this.statements.filter((statement) => needed.has(statement));
    const functions = [...library.reached(used)].sort();
    return {
      id,
      notebook: this.unit.name,
      cellId: this.cellOf(shows),
      statements: order.map((statement) => ({
        at: this.statements.indexOf(statement),
        cellId: this.cellOf(statement),
        text: statement.getText(),
        claim: statement === shows ? (shownBy(statement)?.getText() ?? null) : null,
      })),
      functions,
      readsPrinted: functions
        .filter((name) => !STATES.test(name))
        .map((name) => library.textOf(name))
        .filter((text) => /Published\b/.test(text)),
    };
  }

  /** The statement of this notebook that declares a name; null for names of elsewhere. */
  private declaring(symbol: ts.Symbol): ts.Statement | null {
    const declaration = symbol.declarations?.find((one) => one.getSourceFile() === this.unit.source);
    const statement = declaration === undefined ? null : statementOf(declaration);
    // A name inside a function is no name of the notebook.
    return statement !== null && declaration !== undefined && isTop(declaration) ? statement : null;
  }

  private findChangers(): void {
    for (const statement of this.statements)
      for (const symbol of this.changedIn(statement)) this.addChanger(symbol, statement);
    // Who calls a function that changes something changes it, too.
    for (let grown = true; grown; ) {
      const more = [...this.changers].flatMap(([symbol, changers]) =>
        [...changers]
          .filter(declaresFunction)
          .flatMap((changer) => this.callersOf(changer).map((one) => [symbol, one] as const)),
      );
      grown = more.filter(([symbol, caller]) => this.addChanger(symbol, caller)).length > 0;
    }
  }

  /** Statements that mention what another one declares, without those that only show something. */
  private callersOf(declares: ts.Statement): ts.Statement[] {
    return this.statements.filter(
      (statement) =>
        shownBy(statement) === null &&
        (this.mentions.get(statement) ?? []).some((name) => this.declaring(name) === declares),
    );
  }

  private addChanger(symbol: ts.Symbol, statement: ts.Statement): boolean {
    const known = this.changers.get(symbol) ?? new Set();
    this.changers.set(symbol, known);
    if (known.has(statement)) return false;
    known.add(statement);
    return true;
  }

  private changedIn(statement: ts.Statement): ts.Symbol[] {
    const found: ts.Symbol[] = [];
    const add = (target: ts.Expression): void => {
      const root = rootOf(target);
      const symbol = root === null ? undefined : this.checker.getSymbolAtLocation(root);
      if (symbol !== undefined) found.push(symbol);
    };
    const visit = (node: ts.Node): void => {
      if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) add(node.left);
      else if (ts.isPostfixUnaryExpression(node)) add(node.operand);
      else if (ts.isPrefixUnaryExpression(node) && STEPS.has(node.operator)) add(node.operand);
      else if (ts.isDeleteExpression(node)) add(node.expression);
      else if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
        if (CHANGING.has(node.expression.name.text)) add(node.expression.expression);
      }
      ts.forEachChild(node, visit);
    };
    visit(statement);
    return found;
  }

  private cellOf(statement: ts.Statement): string {
    const { line } = this.unit.source.getLineAndCharacterOfPosition(statement.getStart());
    return this.unit.module.starts.findLast((start) => start.line <= line)?.cell.id ?? "";
  }

  private idsIn(shown: ts.Expression, statement: ts.Statement): number[] {
    const found: number[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === "claim") {
        const [id] = node.arguments;
        if (id === undefined || !ts.isNumericLiteral(id)) {
          const where = `${this.unit.name}, cell ${this.cellOf(statement)}`;
          throw new Error(
            `${where}: claim() needs the claim's number written out, found ${id?.getText() ?? "nothing"}`,
          );
        }
        found.push(Number(id.text));
      }
      ts.forEachChild(node, visit);
    };
    visit(shown);
    return found;
  }
}

const STEPS = new Set<ts.SyntaxKind>([ts.SyntaxKind.PlusPlusToken, ts.SyntaxKind.MinusMinusToken]);

function isAssignment(kind: ts.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

/** The name at the bottom of `a.b[0].c`. */
function rootOf(target: ts.Expression): ts.Identifier | null {
  if (ts.isIdentifier(target)) return target;
  if (
    ts.isPropertyAccessExpression(target) ||
    ts.isElementAccessExpression(target) ||
    ts.isNonNullExpression(target) ||
    ts.isParenthesizedExpression(target)
  )
    return rootOf(target.expression);
  return null;
}

/** Whether a declaration stands at the top of its file, in a pattern or not. */
function isTop(declaration: ts.Declaration): boolean {
  for (let at: ts.Node = declaration; !ts.isSourceFile(at); at = at.parent)
    if (ts.isBlock(at) || ts.isFunctionLike(at)) return at === declaration && statementOf(at) === at;
  return true;
}

function declaresFunction(statement: ts.Statement): boolean {
  if (ts.isFunctionDeclaration(statement)) return true;
  if (!ts.isVariableStatement(statement)) return false;
  return statement.declarationList.declarations.some(
    ({ initializer }) =>
      initializer !== undefined && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer)),
  );
}

/** What a statement shows: the argument of show(), or the value of an expression; null where it is no such statement. */
function shownBy(statement: ts.Statement): ts.Expression | null {
  if (!ts.isExpressionStatement(statement)) return null;
  const { expression } = statement;
  if (!ts.isCallExpression(expression) || !ts.isIdentifier(expression.expression)) return null;
  if (expression.expression.text === "show") return expression.arguments[0] ?? null;
  return expression.expression.text === "claim" ? expression : null;
}
