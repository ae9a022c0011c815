import ts from "typescript";
import type { Edit } from "./edits";

/**
 * `a ** b` as `$in.pow(a, b)`: the last digits of the engine's own are others in Chromium than in Node, and in Node 24
 * than in Node 22. The library takes its powers from one function of pure arithmetic, and so do cells in a page.
 */

interface PowerEdits {
  readonly before: readonly Edit[];
  /** Those that come behind what the operands need at the same place. */
  readonly after: readonly Edit[];
}

const NONE: PowerEdits = { before: [], after: [] };

/** @param nameOf how a name is written in the running code */
export function powerEdits(node: ts.Node, file: ts.SourceFile, nameOf: (name: ts.Identifier) => string): PowerEdits {
  if (!ts.isBinaryExpression(node)) return NONE;
  const { left, operatorToken: operator, right } = node;
  const put = (at: number, by: string): Edit => ({ start: at, end: at, by });
  const instead = (by: string): Edit => ({ start: operator.getStart(file), end: operator.end, by });
  const close = put(right.end, ")");
  if (operator.kind === ts.SyntaxKind.AsteriskAsteriskToken)
    return { before: [put(left.getStart(file), "$in.pow("), instead(",")], after: [close] };
  if (operator.kind !== ts.SyntaxKind.AsteriskAsteriskEqualsToken) return NONE;
  if (ts.isPropertyAccessExpression(left)) {
    const member: Edit = { start: left.expression.end, end: left.end, by: `,${JSON.stringify(left.name.text)}` };
    return { before: [put(left.getStart(file), "$in.powTo("), member, instead(",")], after: [close] };
  }
  if (ts.isElementAccessExpression(left)) {
    const { argumentExpression: key } = left;
    const open: Edit = { start: left.expression.end, end: key.getStart(file), by: "," };
    const end: Edit = { start: key.end, end: left.end, by: "" };
    return { before: [put(left.getStart(file), "$in.powTo("), open, end, instead(",")], after: [close] };
  }
  const target = ts.isIdentifier(left) ? nameOf(left) : left.getText(file);
  return { before: [instead(`=$in.pow(${target},`)], after: [close] };
}
