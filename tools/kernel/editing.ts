import { readdirSync } from "node:fs";
import path from "node:path";
import type * as TypeScript from "@tslab/typescript-for-tslab";
import type { CellCompiler } from "./compiler";
import { isEarlierName } from "./earlier-types";

/** Help while a cell is written: completion, the signature of a call, whether a line is finished. */

export interface Editing {
  readonly compiler: CellCompiler;
  readonly declarations: string;
}

/** What fits at the cursor, and the stretch of the text that it replaces. */
export interface Candidates {
  start: number;
  end: number;
  candidates: string[];
}

/** tslab puts the line `export {};` before each cell. */
const PREFIX = "export {};\n".length;

/** Completion as tslab has it, and inside quotation marks the strings or files that begin as what is typed. */
export function complete(editing: Editing, folder: string, code: string, position: number): Candidates {
  const { compiler, declarations } = editing;
  const all = compiler.converter.complete(declarations, code, position);
  const found = { ...all, candidates: all.candidates.filter((name) => !isEarlierName(name)) };
  const literal = stringAt(compiler, position);
  if (!literal) {
    // At the bare brace of an import the reader asks what the module has, and `type` is none of it.
    const isBare = /\bimport\s+(?:[\w$]+\s*,\s*)?\{(?:[^}]*,)?\s*$/.test(code.slice(0, position));
    return isBare ? { ...found, candidates: found.candidates.filter((name) => name !== "type") } : found;
  }
  const { start, end, isModule } = literal;
  const typed = code.slice(start, position);
  if (isModule && typed.startsWith(".")) return { start, end, candidates: modulePaths(folder, typed) };
  const candidates = found.candidates.filter((name) => name.toLowerCase().startsWith(typed.toLowerCase()));
  return { start, end, candidates };
}

/** The string that the cursor stands in, without its quotation marks. */
function stringAt(
  { ts, program }: CellCompiler,
  position: number,
): { start: number; end: number; isModule: boolean } | null {
  const file = program()?.file;
  if (!file) return null;
  const at = position + PREFIX;
  const visit = (node: TypeScript.Node): TypeScript.StringLiteralLike | null => {
    if (at <= node.getStart(file) || at > node.end) return null;
    if (ts.isStringLiteralLike(node)) return node;
    return ts.forEachChild(node, (child) => visit(child) ?? undefined) ?? null;
  };
  const literal = ts.forEachChild(file, (child) => visit(child) ?? undefined);
  if (!literal) return null;
  const text = literal.getText(file);
  const isClosed = text.length > 1 && text.at(-1) === text[0];
  if (isClosed && at === literal.end) return null;
  const { parent } = literal;
  const isModule =
    ts.isImportDeclaration(parent) ||
    ts.isExportDeclaration(parent) ||
    (ts.isCallExpression(parent) && /^(?:import|require)$/.test(parent.expression.getText(file)));
  const start = literal.getStart(file) + 1 - PREFIX;
  return { start, end: literal.end - (isClosed ? 1 : 0) - PREFIX, isModule };
}

/** The files and folders that a relative import can name, as it names them. */
function modulePaths(folder: string, typed: string): string[] {
  const cut = typed.lastIndexOf("/") + 1;
  const [above, begun] = [typed.slice(0, cut), typed.slice(cut)];
  if (above === "") return [`${typed === ".." ? ".." : "."}/`, "../"].filter((name, i, all) => all.indexOf(name) === i);
  try {
    return readdirSync(path.resolve(folder, above), { withFileTypes: true })
      .filter(({ name }) => name.startsWith(begun) && !name.startsWith(".") && name !== "node_modules")
      .flatMap((entry) => {
        if (entry.isDirectory()) return [`${above}${entry.name}`];
        if (/\.(?:json|mjs|cjs)$/.test(entry.name)) return [`${above}${entry.name}`];
        return /\.[jt]s$/.test(entry.name) && !entry.name.endsWith(".d.ts")
          ? [`${above}${entry.name.replace(/\.[jt]s$/, "")}`]
          : [];
      })
      .sort();
  } catch {
    return [];
  }
}

/** What a name at the cursor is; where there is none, the signature of the call that the cursor stands in. */
export function inspectAt({ compiler, declarations }: Editing, code: string, position: number): string | null {
  const info = compiler.converter.inspect(declarations, code, position);
  const text = info ? explained(info) : null;
  // A name that does not exist is of type any, too.
  if (text !== null && text.trim() !== "any") return text;
  return signatureAt(compiler, position);
}

type Parts = readonly TypeScript.SymbolDisplayPart[];
const words = (parts: Parts = []): string => parts.map(({ text }) => text).join("");

function explained({ displayParts, documentation, tags = [] }: TypeScript.QuickInfo): string {
  // That a name was imported, the reader knows, who imported it.
  const signature = words(displayParts)
    .replace(/^\(alias\) /, "")
    .replace(/\nimport [^\n]+$/, "");
  const told = tags.map(({ name, text }) => (name === "param" ? `@param ${words(text)}` : words(text)));
  return inReadingOrder(signature, words(documentation), told.filter((line) => line !== "").join("\n"));
}

/** Jupyter's box shows four lines at first: they begin with what the name is for, and the signature stands next. */
function inReadingOrder(signature: string, documentation: string, rest: string): string {
  const [purpose, ...more] = documentation.split("\n\n");
  return [purpose, signature, ...more, rest].filter((text) => text !== "").join("\n\n");
}

function signatureAt({ ts, program }: CellCompiler, position: number): string | null {
  const now = program();
  const help: unknown = Reflect.get(ts, "SignatureHelp");
  if (!now || typeof help !== "object" || help === null) return null;
  const cancel = { isCancellationRequested: () => false, throwIfCancellationRequested: () => {} };
  const find = Reflect.get(help, "getSignatureHelpItems");
  const at = position + PREFIX;
  const items: TypeScript.SignatureHelpItems | undefined = Reflect.apply(find, help, [
    now.program,
    now.file,
    at,
    undefined,
    cancel,
  ]);
  if (!items) return null;
  return items.items
    .map((item) => {
      const parameters = item.parameters.map(({ displayParts }) => words(displayParts));
      const signature =
        words(item.prefixDisplayParts) +
        parameters.join(words(item.separatorDisplayParts)) +
        words(item.suffixDisplayParts);
      const current = item.parameters[items.argumentIndex];
      const about = current && words(current.documentation);
      return inReadingOrder(signature, words(item.documentation), about ? `${current.name}: ${about}` : "");
    })
    .join("\n\n");
}

/** Whether a text or comment is left open, which tslab takes for complete. */
export function isUnfinished(ts: typeof TypeScript, code: string): boolean {
  const file = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.Latest, true);
  const errors: readonly TypeScript.DiagnosticWithLocation[] = Reflect.get(file, "parseDiagnostics") ?? [];
  const open = new Set([1160, 1010]);
  return !/(^|\n)\s*\n\s*$/.test(code) && errors.some(({ code: number }) => open.has(number));
}
