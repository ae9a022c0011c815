import remapping, { type EncodedSourceMap } from "@jridgewell/remapping";
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";

/**
 * Lines of the running JavaScript back to lines of the cell or of the lib file, so that an error names the
 * line a reader sees.
 */

const INLINE = /\n?\/\/# sourceMappingURL=data:application\/json;[^,]*base64,([A-Za-z0-9+/=]+)\s*$/;
const ANY = /\n?\/\/# sourceMappingURL=.*\s*$/;

/** The output of the second compilation step with a map, inline, that leads to the input of the first. */
export function composeSourceMaps(input: string, output: string, secondMap: string): string {
  const first = INLINE.exec(input);
  const code = output.replace(ANY, "").replace(INLINE, "");
  if (!first?.[1] || secondMap === "") return code;
  const firstMap = parse(Buffer.from(first[1], "base64").toString());
  const map = remapping(parse(secondMap), (_file, context) => (context.depth === 1 ? firstMap : null));
  const encoded = Buffer.from(JSON.stringify(map)).toString("base64");
  return `${code}\n//# sourceMappingURL=data:application/json;base64,${encoded}`;
}

function parse(json: string): EncodedSourceMap {
  return JSON.parse(json) as EncodedSourceMap;
}

/** One-based line and column, as editors count. */
export interface Position {
  line: number;
  column: number;
}

/** The scripts that the kernel has run, each under the file name it has in stack traces. */
export class SourceMaps {
  readonly #maps = new Map<string, { map: TraceMap | null; encoded: string | null; label: string; isCell: boolean }>();

  /**
   * Remembers the map of a script and returns the script without it.
   *
   * @param file name that the script has in stack traces
   * @param label what a reader is told instead: `cell 3` or `lib/survival/kaplan-meier.ts`
   */
  register(file: string, code: string, label: string, isCell: boolean): string {
    const inline = INLINE.exec(code);
    this.#maps.set(file, { map: null, encoded: inline?.[1] ?? null, label, isCell });
    return inline ? code.slice(0, inline.index) : code;
  }

  /**
   * Where a position of a registered script comes from: `position` is null for code that the compiler put
   * around the reader's, the result is null when the script is not one of ours.
   */
  locate(file: string, at: Position): { label: string; isCell: boolean; position: Position | null } | null {
    const entry = this.#maps.get(file);
    if (!entry) return null;
    const { label, isCell, encoded } = entry;
    // Read when the first stack is shown: most maps never are.
    if (encoded !== null)
      Object.assign(entry, { map: new TraceMap(Buffer.from(encoded, "base64").toString()), encoded: null });
    if (!entry.map) return { label, isCell, position: at };
    const original = originalPositionFor(entry.map, { line: at.line, column: Math.max(0, at.column - 1) });
    if (original.line === null || original.column === null) return { label, isCell, position: null };
    // tslab puts the line `export {};` before each cell.
    const line = isCell ? Math.max(1, original.line - 1) : original.line;
    return { label, isCell, position: { line, column: original.column + 1 } };
  }
}
