import type * as TypeScript from "@tslab/typescript-for-tslab";

/**
 * Keeps the names of properties in patterns and object literals, such as `fit` in `const { fit: model } = result`.
 *
 * Where the property's type comes from an earlier cell, tslab takes the name for a variable of that cell and writes
 * `exports.fit` in its place: the cell passes the type check and then fails as it runs. A name that was made anew has
 * no symbol by which it could be mistaken.
 */
export function keepPropertyNames(ts: typeof TypeScript): TypeScript.TransformerFactory<TypeScript.SourceFile> {
  return (context) => {
    const { factory } = context;
    const anew = (name: TypeScript.Identifier): TypeScript.Identifier =>
      ts.setTextRange(factory.createIdentifier(name.text), name);
    const visit = (node: TypeScript.Node): TypeScript.Node => {
      const seen = ts.visitEachChild(node, visit, context);
      if (ts.isBindingElement(seen) && seen.propertyName !== undefined && ts.isIdentifier(seen.propertyName)) {
        const { dotDotDotToken, propertyName, name, initializer } = seen;
        return factory.updateBindingElement(seen, dotDotDotToken, anew(propertyName), name, initializer);
      }
      if (ts.isPropertyAssignment(seen) && ts.isIdentifier(seen.name)) {
        return factory.updatePropertyAssignment(seen, anew(seen.name), seen.initializer);
      }
      return seen;
    };
    return (file) => ts.visitEachChild(file, visit, context);
  };
}
