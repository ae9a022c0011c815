import { readFileSync } from "node:fs";
import path from "node:path";
import { eachMapping, TraceMap } from "@jridgewell/trace-mapping";
import ts from "typescript";
import { titleOf } from "../../verify/functions";

/** Where each function of lib/ stands in the script that a page runs: starts and lengths, one after the other. */
export type Places = Readonly<Record<string, readonly number[]>>;

/**
 * Finds the functions, classes and constants of lib/ in a bundled script by its source map. What has been inlined or left
 * out by the bundler has no place of its own.
 *
 * @param script its text
 * @param map its source map, with sources relative to the project's folder
 */
export function functionPlaces(root: string, script: string, map: string): Places {
  const starts = [0];
  for (let at = script.indexOf("\n"); at >= 0; at = script.indexOf("\n", at + 1)) starts.push(at + 1);
  const spans = new Map<string, readonly Span[]>();
  const nameAt = (source: string | null, line: number, column: number): string | null => {
    const file = source === null ? null : source.replace(/^.*?(?=lib\/)/, "");
    if (file === null || !/^lib\/.*\.ts$/.test(file)) return null;
    const own = spans.get(file) ?? spansOf(path.join(root, file));
    spans.set(file, own);
    const found = own.find(({ from, to }) => isNotAfter(from, line, column) && !isNotAfter(to, line, column));
    return found === undefined ? null : `${file}: ${found.name}`;
  };
  const places = new Map<string, number[]>();
  let [open, began] = [null as string | null, 0];
  const close = (end: number): void => {
    if (open !== null && end > began) places.set(open, [...(places.get(open) ?? []), began, end - began]);
  };
  eachMapping(new TraceMap(map), ({ generatedLine, generatedColumn, source, originalLine, originalColumn }) => {
    const name = originalLine === null ? null : nameAt(source, originalLine, originalColumn);
    if (name === open) return;
    const at = (starts[generatedLine - 1] ?? 0) + generatedColumn;
    close(at);
    [open, began] = [name, at];
  });
  close(script.length);
  return Object.fromEntries([...places].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A statement at the top of a file; lines from 1, columns from 0. */
interface Span {
  readonly name: string;
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
}

function spansOf(file: string): Span[] {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2022, true);
  const placeOf = (at: number): [number, number] => {
    const { line, character } = source.getLineAndCharacterOfPosition(at);
    return [line + 1, character];
  };
  return source.statements.flatMap((statement) => {
    const name = titleOf(statement);
    return name === "" ? [] : [{ name, from: placeOf(statement.getStart()), to: placeOf(statement.end) }];
  });
}

function isNotAfter([line, column]: readonly [number, number], otherLine: number, otherColumn: number): boolean {
  return line < otherLine || (line === otherLine && column <= otherColumn);
}
