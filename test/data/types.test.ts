import { resolve } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

/** What the compiler says of pieces of code that use the library, with the project's strictness. */
function errorsOf(pieces: readonly string[]): string[][] {
  const files = new Map(pieces.map((code, i) => [resolve(`test/data/piece-${i}.ts`), code]));
  const config = ts.readConfigFile("tsconfig.json", ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, process.cwd());
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) => {
    const code = files.get(name);
    if (code === undefined) return read(name, ...rest);
    const text = `import * as lib from "../../lib/data";\n${code}\nexport {};`;
    return ts.createSourceFile(name, text, ts.ScriptTarget.ES2022);
  };
  host.fileExists = (name) => files.has(name) || ts.sys.fileExists(name);
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files.keys()].map((name) =>
    program
      .getSemanticDiagnostics(program.getSourceFile(name))
      .map((diagnostic) => ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n")),
  );
}

describe("types made from the data package", () => {
  // One program for all pieces: most of the time goes into reading the library's types.
  const [columns, values, right] = errorsOf([
    `for (const row of lib.loadLongList().rows) row.releasd;
     for (const row of lib.loadFreeThe20().rows) row.ocupation;
     for (const row of lib.loadJournalists().rows) row.detaind;`,
    `lib.loadFreeThe20({ coding: "strikt" });
     lib.loadFreeThe20().rows.filter((row) => row.release_kind === "bale");
     lib.publishedNumber(lib.loadPublished(), "log-rank-q");`,
    `const { rows } = lib.loadLongList({ coding: "strict" });
     const kinds: readonly lib.ReleaseKind[] = rows.map((row) => row.release_kind);
     const days: readonly (string | null)[] = rows.map((row) => row.released?.text ?? null);
     lib.releaseOutcomes(lib.loadFreeThe20(), { clock: "arrest" }).time.concat(kinds.length, days.length);`,
  ]);

  it("know the columns, and name the right one for a misspelt one", () => {
    expect(columns).toEqual([
      "Property 'releasd' does not exist on type 'Woman'. Did you mean 'released'?",
      "Property 'ocupation' does not exist on type 'FeaturedWoman'. Did you mean 'occupation'?",
      "Property 'detaind' does not exist on type 'Journalist'. Did you mean 'detained'?",
    ]);
  });

  it("know the values of enumerations, codings and ids", () => {
    expect(values).toHaveLength(3);
    for (const [i, value] of ["strikt", "bale", "log-rank-q"].entries()) expect(values[i]).toContain(value);
  });

  it("let right code pass", () => {
    expect(right).toEqual([]);
  });
});
