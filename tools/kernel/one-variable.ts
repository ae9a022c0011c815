import type * as TypeScript from "@tslab/typescript-for-tslab";

/**
 * Makes each variable and function at the top of a cell live in one place, the object `exports` that all cells share.
 *
 * TypeScript's own way to CommonJS leaves a second, local variable beside `exports.seed`. After `let seed = 100` in
 * a later cell a function of the earlier one would count on its own `seed` and write it over the new one: a wrong
 * number. Here a name has one value, whichever cell's function reads or writes it, as in Python and R. Classes keep
 * the name that they have inside themselves.
 *
 * It works on the JavaScript of one cell, an ES module whose last statement, written by tslab, exports its names.
 */
export function oneVariableEach(
  ts: typeof TypeScript,
  onNames: (names: string[]) => void,
): TypeScript.TransformerFactory<TypeScript.SourceFile> {
  return (context) => (file) => {
    const cell = new CellRewriter(ts, context, file);
    const statements = file.statements.flatMap((statement) => cell.statement(statement));
    onNames(cell.names());
    return context.factory.updateSourceFile(file, [...cell.hoisted(), ...statements]);
  };
}

/** The part of TypeScript's own resolver that knows which declaration a name means, whatever is nested around it. */
interface Resolver {
  getReferencedValueDeclaration(name: TypeScript.Identifier): TypeScript.Declaration | undefined;
}

type Pattern = TypeScript.BindingName;

/** The variable that tslab makes of a cell's last expression: no name for a function to be shown by. */
const LAST_VALUE = /^tsLastExpr\d*$/;

class CellRewriter {
  readonly #ts: typeof TypeScript;
  readonly #context: TypeScript.TransformationContext;
  readonly #factory: TypeScript.NodeFactory;
  readonly #locals: ReadonlyMap<string, TypeScript.Symbol>;
  readonly #declarationOf: (name: TypeScript.Identifier) => TypeScript.Declaration | undefined;

  constructor(ts: typeof TypeScript, context: TypeScript.TransformationContext, file: TypeScript.SourceFile) {
    this.#ts = ts;
    this.#context = context;
    this.#factory = context.factory;
    // By the names as they are written: TypeScript's own key has one more underscore where there are two.
    const locals: Iterable<TypeScript.Symbol> = Reflect.get(file, "locals")?.values() ?? [];
    this.#locals = new Map([...locals].map((symbol) => [ts.symbolName(symbol), symbol]));
    const resolver: Resolver = Reflect.apply(Reflect.get(context, "getEmitResolver"), context, []);
    this.#declarationOf = (name) => resolver.getReferencedValueDeclaration(name);
  }

  /** The names that the cell gives a value. */
  names(): string[] {
    return [...this.#locals.keys()];
  }

  /** What is there before the first statement runs: functions, and `var` without a value. */
  hoisted(): TypeScript.Statement[] {
    const { factory } = this;
    return [...this.#locals].flatMap(([name, { valueDeclaration: declared }]) => {
      if (!declared) return [];
      if (this.#ts.isFunctionDeclaration(declared)) {
        return [this.#assign(name, factory.createIdentifier(name))];
      }
      const isVar =
        this.#ts.isVariableDeclaration(declared) &&
        (this.#ts.getCombinedNodeFlags(declared) & this.#ts.NodeFlags.BlockScoped) === 0;
      return isVar ? [this.#assign(name, factory.createVoidZero())] : [];
    });
  }

  get factory(): TypeScript.NodeFactory {
    return this.#factory;
  }

  /** What stands for a statement at the top of the cell. */
  statement(node: TypeScript.Statement): TypeScript.Statement[] {
    const ts = this.#ts;
    if (ts.isVariableStatement(node)) {
      return node.declarationList.declarations.flatMap((declaration) => this.#declaration(declaration));
    }
    if (ts.isExportDeclaration(node)) {
      // An empty one stays: without any the compiler would not take the cell for a module.
      const none = this.#factory.createNamedExports([]);
      const { modifiers } = node;
      return [this.#factory.updateExportDeclaration(node, modifiers, false, none, undefined, undefined)];
    }
    if (ts.isImportDeclaration(node)) return [node, ...importedNames(ts, node).map((name) => this.#imported(name))];
    const visited = this.#visit(node) as TypeScript.Statement;
    if (ts.isClassDeclaration(node) && node.name) {
      return [visited, this.#assign(node.name.text, this.#factory.createIdentifier(node.name.text))];
    }
    return [visited];
  }

  #imported(name: TypeScript.Identifier): TypeScript.Statement {
    // The original leads the compiler to the import, for which it writes `module_1.name`.
    return this.#assign(name.text, this.#ts.setOriginalNode(this.#factory.createIdentifier(name.text), name));
  }

  #member(name: string): TypeScript.PropertyAccessExpression {
    return this.#factory.createPropertyAccessExpression(this.#factory.createIdentifier("exports"), name);
  }

  #assign(name: string, value: TypeScript.Expression): TypeScript.Statement {
    return this.#factory.createExpressionStatement(this.#factory.createAssignment(this.#member(name), value));
  }

  /** `let x = 1` as `exports.x = 1`. */
  #declaration(node: TypeScript.VariableDeclaration): TypeScript.Statement[] {
    const ts = this.#ts;
    const { factory } = this;
    const { name, initializer } = node;
    const isVar = (node.parent.flags & ts.NodeFlags.BlockScoped) === 0;
    if (!initializer && isVar) return [];
    if (initializer && ts.isIdentifier(name) && isNameless(ts, initializer) && !LAST_VALUE.test(name.text)) {
      // `const f = () => 1` names its function, an assignment to a member does not.
      const value = this.#visit(initializer) as TypeScript.Expression;
      const local = factory.createVariableDeclaration(name.text, undefined, undefined, value);
      const list = factory.createVariableDeclarationList([local], ts.NodeFlags.Const);
      const statements = [
        ts.setTextRange(factory.createVariableStatement(undefined, list), node),
        this.#assign(name.text, factory.createIdentifier(name.text)),
      ];
      return [factory.createBlock(statements)];
    }
    return [ts.setTextRange(factory.createExpressionStatement(this.#assignment(node)), node)];
  }

  #assignment(node: TypeScript.VariableDeclaration): TypeScript.Expression {
    const { factory } = this;
    const value = node.initializer
      ? (this.#visit(node.initializer) as TypeScript.Expression)
      : factory.createVoidZero();
    const whole = factory.createAssignment(this.#target(node.name), value);
    return this.#ts.isObjectBindingPattern(node.name) ? factory.createParenthesizedExpression(whole) : whole;
  }

  /** A pattern of a declaration as the pattern of an assignment, with members of `exports` for its names. */
  #target(name: Pattern): TypeScript.Expression {
    const ts = this.#ts;
    const { factory } = this;
    if (ts.isIdentifier(name)) return ts.setTextRange(this.#member(name.text), name);
    const withDefault = (element: TypeScript.BindingElement): TypeScript.Expression => {
      const target = this.#target(element.name);
      if (!element.initializer) return target;
      return factory.createAssignment(target, this.#visit(element.initializer) as TypeScript.Expression);
    };
    if (ts.isArrayBindingPattern(name)) {
      return factory.createArrayLiteralExpression(
        name.elements.map((element) => {
          if (ts.isOmittedExpression(element)) return element;
          const target = withDefault(element);
          return element.dotDotDotToken ? factory.createSpreadElement(target) : target;
        }),
      );
    }
    return factory.createObjectLiteralExpression(
      name.elements.map((element) => {
        if (element.dotDotDotToken) return factory.createSpreadAssignment(this.#target(element.name));
        const own = ts.isIdentifier(element.name) ? element.name.text : "";
        const key = element.propertyName
          ? (this.#visit(element.propertyName) as TypeScript.PropertyName)
          : factory.createIdentifier(own);
        return factory.createPropertyAssignment(key, withDefault(element));
      }),
    );
  }

  readonly #visit = (node: TypeScript.Node): TypeScript.Node => {
    const ts = this.#ts;
    const { factory } = this;
    if (ts.isIdentifier(node)) {
      return this.#isOwn(node) ? ts.setTextRange(this.#member(node.text), node) : node;
    }
    if (ts.isShorthandPropertyAssignment(node) && this.#isOwn(node.name)) {
      const { name, objectAssignmentInitializer } = node;
      const value = objectAssignmentInitializer
        ? factory.createAssignment(
            this.#member(name.text),
            this.#visit(objectAssignmentInitializer) as TypeScript.Expression,
          )
        : this.#member(name.text);
      return factory.createPropertyAssignment(name.text, value);
    }
    if (ts.isVariableDeclarationList(node) && this.#isHoisted(node)) return this.#hoistedList(node);
    if (ts.isVariableStatement(node) && this.#isHoisted(node.declarationList)) {
      const valued = node.declarationList.declarations.filter(({ initializer }) => initializer);
      return factory.createBlock(
        valued.map((one) => ts.setTextRange(factory.createExpressionStatement(this.#assignment(one)), one)),
      );
    }
    const seen = ts.visitEachChild(node, this.#visit, this.#context);
    if (ts.isCallExpression(seen) && this.#isMember(seen.expression)) {
      const { questionDotToken, arguments: values } = seen;
      const callee = this.#withoutThis(seen.expression);
      return ts.isCallChain(seen)
        ? factory.updateCallChain(seen, callee, questionDotToken, undefined, values)
        : factory.updateCallExpression(seen, callee, undefined, values);
    }
    if (ts.isTaggedTemplateExpression(seen) && this.#isMember(seen.tag)) {
      return factory.updateTaggedTemplateExpression(seen, this.#withoutThis(seen.tag), undefined, seen.template);
    }
    return seen;
  };

  /** What stands for the `var` of a loop's head. */
  #hoistedList({ declarations, parent }: TypeScript.VariableDeclarationList): TypeScript.Expression {
    const { factory } = this;
    const [first] = declarations;
    if (first && (this.#ts.isForOfStatement(parent) || this.#ts.isForInStatement(parent))) {
      return this.#target(first.name);
    }
    const values = declarations.flatMap((one) => (one.initializer ? [this.#assignment(one)] : []));
    return values.length === 0 ? factory.createVoidZero() : values.reduce((a, b) => factory.createComma(a, b));
  }

  /** A variable of an earlier cell, which tslab has written as a member, or one of this cell. */
  #isMember(node: TypeScript.Expression): boolean {
    const ts = this.#ts;
    return (
      ts.isPropertyAccessExpression(node) &&
      !node.questionDotToken &&
      ts.isIdentifier(node.expression) &&
      node.expression.text === "exports"
    );
  }

  /** `(0, exports.f)`: called as a function, not as a method of the object that holds all variables. */
  #withoutThis(member: TypeScript.Expression): TypeScript.Expression {
    const { factory } = this;
    const comma = factory.createComma(factory.createNumericLiteral(0), member);
    const called = this.#ts.setTextRange(factory.createParenthesizedExpression(comma), member);
    // The place of a call is that of its name's start, not its end.
    const { NoTrailingSourceMap, NoNestedSourceMaps } = this.#ts.EmitFlags;
    return this.#ts.setEmitFlags(called, NoTrailingSourceMap | NoNestedSourceMaps);
  }

  /** Whether a `var` in a block, which belongs to the cell, not to a function in it. */
  #isHoisted(list: TypeScript.VariableDeclarationList): boolean {
    const [first] = list.declarations;
    if (!first || (list.flags & this.#ts.NodeFlags.BlockScoped) !== 0) return false;
    const names = boundNames(this.#ts, first.name);
    return names.some((name) =>
      this.#locals.get(name.text)?.declarations?.includes(name.parent as TypeScript.Declaration),
    );
  }

  #isOwn(node: TypeScript.Identifier): boolean {
    if (!this.#locals.has(node.text) || isOnlyName(this.#ts, node)) return false;
    const declared = this.#declarationOf(node);
    if (!declared || this.#ts.isClassDeclaration(declared)) return false;
    return this.#locals.get(node.text)?.declarations?.includes(declared) ?? false;
  }
}

/** Whether the identifier names a property, a declaration or a label, and reads no variable. */
function isOnlyName(ts: typeof TypeScript, node: TypeScript.Identifier): boolean {
  const { parent } = node;
  if (ts.isShorthandPropertyAssignment(parent)) return parent.name !== node;
  return ["name", "propertyName", "label"].some((role) => Reflect.get(parent, role) === node);
}

/** A function or class that takes its name from the variable which it is the first value of. */
function isNameless(ts: typeof TypeScript, node: TypeScript.Expression): boolean {
  return ts.isArrowFunction(node) || ((ts.isFunctionExpression(node) || ts.isClassExpression(node)) && !node.name);
}

function boundNames(ts: typeof TypeScript, name: Pattern): TypeScript.Identifier[] {
  if (ts.isIdentifier(name)) return [name];
  return name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : boundNames(ts, element.name)));
}

function importedNames(ts: typeof TypeScript, node: TypeScript.ImportDeclaration): TypeScript.Identifier[] {
  const { name, namedBindings } = node.importClause ?? {};
  const named = !namedBindings
    ? []
    : ts.isNamespaceImport(namedBindings)
      ? [namedBindings.name]
      : namedBindings.elements.map((element) => element.name);
  return name ? [name, ...named] : named;
}
