import ts from "typescript";
import { escapeHtml } from "../../lib/tables/escape";
import { parsed } from "./parsed";

/** Where an identifier leads, or null where it leads nowhere. */
export type LinkOf = (name: string) => { readonly href: string; readonly title: string } | null;

/**
 * TypeScript as HTML with classes for what its own parser recognises: `k` keyword, `s` text, `n` number, `c` comment,
 * `f` a name that is called or declared as a function, `t` a type. Identifiers become links where `linkOf` says so,
 * unless they are the name of a property.
 *
 * @param script the source, or what {@link parsed} made of it where somebody else needs that, too
 */
export function highlight(script: string | ts.SourceFile, linkOf: LinkOf = () => null): string {
  const file = typeof script === "string" ? parsed(script) : script;
  const source = file.text;
  const pieces: string[] = [];
  let end = 0;
  const visit = (node: ts.Node): void => {
    if (!isWord(node)) {
      ts.forEachChild(node, visit);
      return;
    }
    const start = node.getStart(file);
    pieces.push(between(source.slice(end, start)), word(node, source.slice(start, node.end), linkOf));
    end = node.end;
  };
  visit(file);
  pieces.push(between(source.slice(end)));
  return pieces.join("");
}

/** A name, a number, a text or a piece of one: the tokens that the parser keeps as nodes of their own. */
function isWord(node: ts.Node): boolean {
  const { kind } = node;
  return (
    ts.isIdentifier(node) ||
    ts.isPrivateIdentifier(node) ||
    (kind >= ts.SyntaxKind.FirstLiteralToken && kind <= ts.SyntaxKind.LastTemplateToken)
  );
}

/** What stands between two words: blanks, comments, signs, and letters that can only be keywords. */
function between(text: string): string {
  return text.replace(/\/\/[^\n]*|\/\*[\s\S]*?\*\/|[a-z]+|[&<>]/g, (found) =>
    /^[a-z]/.test(found) ? span("k", found) : found.length > 1 ? span("c", found) : escapeHtml(found),
  );
}

function span(kind: string, text: string): string {
  return `<span class="${kind}">${escapeHtml(text)}</span>`;
}

function word(node: ts.Node, text: string, linkOf: LinkOf): string {
  const { kind } = node;
  if (kind === ts.SyntaxKind.NumericLiteral || kind === ts.SyntaxKind.BigIntLiteral) return span("n", text);
  if (
    kind === ts.SyntaxKind.StringLiteral ||
    kind === ts.SyntaxKind.RegularExpressionLiteral ||
    (kind >= ts.SyntaxKind.FirstTemplateToken && kind <= ts.SyntaxKind.LastTemplateToken)
  )
    return span("s", text);
  if (!ts.isIdentifier(node)) return escapeHtml(text);
  const link = namesProperty(node) ? null : linkOf(text);
  const role = roleOf(node);
  if (link !== null)
    return `<a class="lib${role === null ? "" : ` ${role}`}" href="${escapeHtml(link.href)}" title="${escapeHtml(link.title)}">${escapeHtml(text)}</a>`;
  return role === null ? escapeHtml(text) : span(role, text);
}

/** `x` in `a.x`, `{ x: 1 }` and `import { x as y }`'s like: a name that belongs to something else, or a new one. */
function namesProperty(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    (ts.isPropertyAssignment(parent) && parent.name === node) ||
    (ts.isPropertySignature(parent) && parent.name === node) ||
    (ts.isMethodDeclaration(parent) && parent.name === node) ||
    (ts.isBindingElement(parent) && (parent.propertyName === node || parent.name === node)) ||
    ((ts.isParameter(parent) || ts.isVariableDeclaration(parent)) && parent.name === node) ||
    (ts.isQualifiedName(parent) && parent.right === node)
  );
}

function roleOf(node: ts.Identifier): "f" | "t" | null {
  const { parent } = node;
  if (ts.isTypeReferenceNode(parent) || ts.isInterfaceDeclaration(parent) || ts.isTypeAliasDeclaration(parent))
    return "t";
  if (ts.isCallExpression(parent) && parent.expression === node) return "f";
  if (ts.isPropertyAccessExpression(parent) && parent.name === node && ts.isCallExpression(parent.parent))
    return parent.parent.expression === parent ? "f" : null;
  return ts.isFunctionDeclaration(parent) && parent.name === node ? "f" : null;
}
