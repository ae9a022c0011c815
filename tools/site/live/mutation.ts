import ts from "typescript";

/** Methods of arrays, maps, sets and typed arrays that change what they are called on. */
const CHANGING = new Set([
  ..."push pop shift unshift splice sort reverse fill copyWithin set add delete clear".split(" "),
]);

/**
 * Names of other cells that a cell gives another value, or whose value it visibly changes: `rows.sort()`,
 * `fit.label = "x"`, `delete table.rows`, `count += 1`. What a function of another cell does inside is found when it runs.
 *
 * @param foreign the name, where an identifier is one of another cell
 */
export function changedNames(
  statements: readonly ts.Node[],
  foreign: (node: ts.Identifier) => string | null,
): ReadonlySet<string> {
  const changed = new Set<string>();
  const rootOf = (node: ts.Expression): void => {
    let root: ts.Expression = node;
    while (
      ts.isPropertyAccessExpression(root) ||
      ts.isElementAccessExpression(root) ||
      ts.isNonNullExpression(root) ||
      ts.isAsExpression(root) ||
      ts.isSatisfiesExpression(root) ||
      ts.isParenthesizedExpression(root)
    )
      root = root.expression;
    const name = ts.isIdentifier(root) ? foreign(root) : null;
    if (name !== null) changed.add(name);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) rootOf(node.left);
    else if (ts.isDeleteExpression(node)) rootOf(node.expression);
    else if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
      if (node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken)
        rootOf(node.operand);
    } else if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      if (CHANGING.has(node.expression.name.text)) rootOf(node.expression.expression);
    }
    ts.forEachChild(node, visit);
  };
  for (const statement of statements) visit(statement);
  return changed;
}

function isAssignment(kind: ts.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}
