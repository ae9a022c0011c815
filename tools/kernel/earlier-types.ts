import type * as TypeScript from "@tslab/typescript-for-tslab";
import { type Edit, edited } from "./edits";

/**
 * Values keep the types that they were made with.
 *
 * The declarations of earlier cells name types: `rows: Row[]`. Where a cell declares another `Row`, an interface, class
 * or enumeration, the old one would be dropped and `rows` be taken for a list of the new, whose columns it does not
 * have: a wrong number without a type error. So the old type goes on under another name, `Row_earlier1`, as long as an
 * earlier value needs it.
 */

const EARLIER = /_earlier\d+$/;
const ANY_EARLIER = /\b[\w$]+_earlier\d+\b/;

/** Whether a name was made here; completion does not offer it. */
export function isEarlierName(name: string): boolean {
  return EARLIER.test(name);
}

type Ts = typeof TypeScript;

/** Types of earlier cells that the cell declares anew, in whatever way. */
export function redeclaredTypes(ts: Ts, declarations: string, cell: string): string[] {
  const anew = new Map(declared(ts, parse(ts, cell)).map((one) => [one.name, one]));
  return declared(ts, parse(ts, declarations)).flatMap(({ name, kind, from }) => {
    const other = anew.get(name);
    if (!other || kind === "value" || (from !== "" && from === other.from)) return [];
    return kind === "type" && other.kind === "value" ? [] : [name];
  });
}

/** Those of the names that are declared otherwise now, or whose declaration mentions one that is. */
export function changedTypes(ts: Ts, names: readonly string[], before: string, after: string): string[] {
  const texts = (text: string): Map<string, string> => {
    const all = new Map<string, string>();
    for (const { name, text: own } of declared(ts, parse(ts, text))) all.set(name, `${all.get(name) ?? ""}${own}`);
    return all;
  };
  const [old, now] = [texts(before), texts(after)];
  const changed = new Set(names.filter((name) => old.get(name) !== now.get(name)));
  for (let size = -1; size < changed.size; ) {
    size = changed.size;
    for (const name of names) {
      const words = new Set((old.get(name) ?? "").match(/[\w$]+/g));
      if ([...changed].some((other) => words.has(other))) changed.add(name);
    }
  }
  return [...changed];
}

/** The declarations with these types under names of their own. */
export function asEarlier(ts: Ts, names: readonly string[], declarations: string): string {
  return names.reduce((text, name) => {
    let number = 1;
    while (text.includes(`${name}_earlier${number}`)) number++;
    return renamed(ts, text, name, `${name}_earlier${number}`);
  }, declarations);
}

/**
 * The declarations of a cell with the namespaces of earlier ones that it does not declare itself, which tslab forgets,
 * and without the variables of `declare global`, which would be looked for among those of the cells.
 */
export function withNamespaces(ts: Ts, before: string, after: string): string {
  const anew = new Set(declared(ts, parse(ts, after)).map(({ name }) => name));
  const file = parse(ts, before);
  const earlier = file.statements
    .filter(ts.isModuleDeclaration)
    .filter(({ name }) => name.text === "global" || !anew.has(name.text))
    .map((one) => `${one.getText(file)}\n`);
  const text = after + earlier.join("");
  const edits = parse(ts, text).statements.flatMap((one) => {
    if (!ts.isModuleDeclaration(one) || one.name.text !== "global") return [];
    if (!one.body || !ts.isModuleBlock(one.body)) return [];
    return one.body.statements
      .filter((own) => !ts.isInterfaceDeclaration(own) && !ts.isTypeAliasDeclaration(own))
      .map(({ pos, end }) => ({ start: pos, end, by: "" }));
  });
  return edited(text, edits);
}

/** The declarations without earlier types that no value needs any more. */
export function withoutIdle(ts: Ts, declarations: string): string {
  let text = declarations;
  while (ANY_EARLIER.test(text)) {
    const file = parse(ts, text);
    const edits = file.statements.flatMap((statement) => idleParts(ts, file, statement));
    if (edits.length === 0) return text;
    text = edited(text, edits);
  }
  return text;
}

interface Declared {
  readonly name: string;
  readonly kind: "type" | "value" | "both";
  /** The module and name that it is imported from. */
  readonly from: string;
  readonly text: string;
}

function declared(ts: Ts, file: TypeScript.SourceFile): Declared[] {
  return file.statements.flatMap((statement): Declared[] => {
    const text = statement.getText(file).replace(/^(?:export |declare )+/, "");
    const one = (name: string, kind: Declared["kind"], from = ""): Declared => ({ name, kind, from, text });
    if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement))
      return [one(statement.name.text, "type")];
    if (ts.isClassDeclaration(statement) || ts.isEnumDeclaration(statement))
      return statement.name ? [one(statement.name.text, "both")] : [];
    if (ts.isModuleDeclaration(statement)) return [one(statement.name.text, "both")];
    if (ts.isFunctionDeclaration(statement)) return statement.name ? [one(statement.name.text, "value")] : [];
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.flatMap(({ name }) =>
        boundNames(ts, name).map((bound) => one(bound, "value")),
      );
    if (!ts.isImportDeclaration(statement)) return [];
    return importedAs(ts, file, statement).map(([name, from]) => one(name, "both", from));
  });
}

/** The names that an import gives, each with the module and the name there. */
function importedAs(
  ts: Ts,
  file: TypeScript.SourceFile,
  { moduleSpecifier, importClause }: TypeScript.ImportDeclaration,
): [string, string][] {
  const module = moduleSpecifier.getText(file);
  const { name, namedBindings: bindings } = importClause ?? {};
  const found: [string, string][] = name ? [[name.text, `${module} default`]] : [];
  if (bindings && ts.isNamespaceImport(bindings)) return [...found, [bindings.name.text, `${module} *`]];
  for (const one of bindings?.elements ?? [])
    found.push([one.name.text, `${module} ${(one.propertyName ?? one.name).text}`]);
  return found;
}

function boundNames(ts: Ts, name: TypeScript.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((one) => (ts.isOmittedExpression(one) ? [] : boundNames(ts, one.name)));
}

function renamed(ts: Ts, text: string, name: string, other: string): string {
  const file = parse(ts, text);
  const edits: Edit[] = [];
  const visit = (node: TypeScript.Node): void => {
    // A type parameter of this name, or a namespace's own type, is another one.
    if (node !== file && ownNames(ts, node).includes(name)) return;
    if (ts.isImportSpecifier(node) && node.name.text === name) {
      // The old name stays, too: tslab drops it where its meaning is declared anew.
      const from = (node.propertyName ?? node.name).text;
      edits.push({ start: node.end, end: node.end, by: `, ${from} as ${other}` });
    } else if (ts.isIdentifier(node) && node.text === name && means(ts, node)) {
      edits.push({ start: node.getStart(file), end: node.end, by: other });
    } else ts.forEachChild(node, visit);
  };
  visit(file);
  return edited(text, edits);
}

function ownNames(ts: Ts, node: TypeScript.Node): string[] {
  if (ts.isModuleBlock(node))
    return node.statements.flatMap((one) => {
      const name: unknown = Reflect.get(one, "name");
      return typeof name === "object" && name !== null ? [String(Reflect.get(name, "text"))] : [];
    });
  if (ts.isMappedTypeNode(node)) return [node.typeParameter.name.text];
  const parameters: unknown = Reflect.get(node, "typeParameters");
  return Array.isArray(parameters) ? parameters.map((one) => String(one.name?.text)) : [];
}

/** Whether the identifier is the name of a type or refers to one, and is no name of a member, parameter or module's type. */
function means(ts: Ts, node: TypeScript.Identifier): boolean {
  const { parent } = node;
  if (ts.isQualifiedName(parent)) return parent.left === node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isImportTypeNode(parent)) return parent.qualifier !== node;
  if (Reflect.get(parent, "name") !== node) return true;
  return (
    ts.isInterfaceDeclaration(parent) ||
    ts.isTypeAliasDeclaration(parent) ||
    ts.isClassDeclaration(parent) ||
    ts.isEnumDeclaration(parent) ||
    ts.isModuleDeclaration(parent) ||
    ts.isNamespaceImport(parent) ||
    ts.isImportClause(parent)
  );
}

/** Earlier types that are mentioned nowhere but in their own statement. */
function idleParts(ts: Ts, file: TypeScript.SourceFile, statement: TypeScript.Statement): Edit[] {
  const others = file.text.slice(0, statement.pos) + file.text.slice(statement.end);
  const isIdle = (name: string): boolean =>
    EARLIER.test(name) && !new RegExp(`(?<![\\w$])${name.replaceAll("$", "\\$")}(?![\\w$])`).test(others);
  const whole = { start: statement.pos, end: statement.end, by: "" };
  const name: unknown = Reflect.get(statement, "name");
  if (typeof name === "object" && name !== null && isIdle(String(Reflect.get(name, "text")))) return [whole];
  if (!ts.isImportDeclaration(statement)) return [];
  const bindings = statement.importClause?.namedBindings;
  if (statement.importClause?.name && isIdle(statement.importClause.name.text) && !bindings) return [whole];
  if (!bindings) return [];
  if (ts.isNamespaceImport(bindings)) return isIdle(bindings.name.text) ? [whole] : [];
  const kept = bindings.elements.filter((one) => !isIdle(one.name.text));
  if (kept.length === bindings.elements.length) return [];
  if (kept.length === 0 && !statement.importClause?.name) return [whole];
  const by = `{ ${kept.map((one) => one.getText(file)).join(", ")} }`;
  return [{ start: bindings.getStart(file), end: bindings.end, by }];
}

function parse(ts: Ts, text: string): TypeScript.SourceFile {
  return ts.createSourceFile("declarations.ts", text, ts.ScriptTarget.Latest, true);
}
