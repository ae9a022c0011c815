import type * as TypeScript from "@tslab/typescript-for-tslab";

/**
 * Writes `{ name }` out as `{ name: exports.name }` where `name` is a variable of an earlier cell.
 *
 * tslab replaces uses of earlier variables by members of `exports`, but overlooks the shorthand: the cell
 * passes the type check and then fails with "name is not defined".
 */
export function expandShorthand(
  ts: typeof TypeScript,
  checker: TypeScript.TypeChecker,
  declarationsFile: string,
): TypeScript.TransformerFactory<TypeScript.SourceFile> {
  const isEarlier = (node: TypeScript.ShorthandPropertyAssignment): boolean =>
    checker
      .getShorthandAssignmentValueSymbol(node)
      ?.declarations?.some((declaration) => declaration.getSourceFile().fileName === declarationsFile) ?? false;
  return (context) => {
    const { factory } = context;
    const visit = (node: TypeScript.Node): TypeScript.Node => {
      if (!ts.isShorthandPropertyAssignment(node) || !isEarlier(node)) {
        return ts.visitEachChild(node, visit, context);
      }
      const variable = factory.createPropertyAccessExpression(factory.createIdentifier("exports"), node.name.text);
      // `({ name = 1 } = object)`: a default of a destructuring assignment.
      const initializer = node.objectAssignmentInitializer;
      const value = initializer ? factory.createAssignment(variable, initializer) : variable;
      return factory.createPropertyAssignment(node.name.text, value);
    };
    return (file) => ts.visitEachChild(file, visit, context);
  };
}
