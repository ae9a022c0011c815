import type * as TypeScript from "@tslab/typescript-for-tslab";

/** A piece of a file that the types of no other file depend on, and what stands for it in the file's shape. */
export interface Stripped {
  readonly node: TypeScript.Node;
  readonly by: string;
  /** The variable whose value it is: TypeScript may read from the value more than the variable says. */
  readonly variable: TypeScript.Identifier | null;
}

/** What can go from a statement: bodies of functions that say what they return, values of what says its type. */
export function strippedParts(ts: typeof TypeScript, statement: TypeScript.Statement): Stripped[] {
  if (ts.isFunctionDeclaration(statement)) return body(ts, statement);
  if (ts.isClassDeclaration(statement)) {
    // What a property is that says nothing of itself, the constructor tells.
    const isTold = statement.members.some(
      (member) => ts.isPropertyDeclaration(member) && !member.type && !member.initializer,
    );
    return statement.members.flatMap((member) =>
      isTold && ts.isConstructorDeclaration(member) ? [] : partsOfMember(ts, member),
    );
  }
  if (!ts.isVariableStatement(statement)) return [];
  return statement.declarationList.declarations.flatMap(({ name, type, initializer }) => {
    if (!initializer) return [];
    if (type && ts.isIdentifier(name)) return [{ node: initializer, by: "null!", variable: name }];
    return ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer) ? body(ts, initializer) : [];
  });
}

function partsOfMember(ts: typeof TypeScript, member: TypeScript.ClassElement): Stripped[] {
  if (ts.isPropertyDeclaration(member))
    return member.type && member.initializer ? [{ node: member.initializer, by: "null!", variable: null }] : [];
  if (ts.isConstructorDeclaration(member) || ts.isSetAccessorDeclaration(member))
    return member.body ? [{ node: member.body, by: "{}", variable: null }] : [];
  return ts.isMethodDeclaration(member) || ts.isGetAccessorDeclaration(member) ? body(ts, member) : [];
}

type WithBody = TypeScript.FunctionLikeDeclaration & { readonly body?: TypeScript.Node };

function body(ts: typeof TypeScript, { type, body: node }: WithBody): Stripped[] {
  if (!type || !node) return [];
  return [{ node, by: ts.isBlock(node) ? "{}" : "null!", variable: null }];
}

/** A node and all in it, without the pieces that are left out. */
export function* nodesOf(
  ts: typeof TypeScript,
  node: TypeScript.Node,
  omitted: ReadonlySet<TypeScript.Node>,
): Generator<TypeScript.Node> {
  if (omitted.has(node)) return;
  yield node;
  const children: TypeScript.Node[] = [];
  ts.forEachChild(node, (child) => void children.push(child));
  for (const child of children) yield* nodesOf(ts, child, omitted);
}

/** The names that a statement gives to its file. */
export function declaredNames(ts: typeof TypeScript, statement: TypeScript.Statement): string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) => boundNames(ts, name));
  if (ts.isImportDeclaration(statement)) {
    const { name, namedBindings } = statement.importClause ?? {};
    const own = name ? [name.text] : [];
    if (!namedBindings) return own;
    if (ts.isNamespaceImport(namedBindings)) return [...own, namedBindings.name.text];
    return [...own, ...namedBindings.elements.map((element) => element.name.text)];
  }
  const isNamed =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isEnumDeclaration(statement) ||
    ts.isModuleDeclaration(statement) ||
    ts.isImportEqualsDeclaration(statement);
  return isNamed && statement.name && ts.isIdentifier(statement.name) ? [statement.name.text] : [];
}

function boundNames(ts: typeof TypeScript, name: TypeScript.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : boundNames(ts, element.name)));
}
