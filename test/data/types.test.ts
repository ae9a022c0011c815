import { resolve } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

/** What the compiler says of a piece of code that uses the library, with the project's strictness. */
function errorsOf(code: string): string[] {
  const file = resolve("test/data/snippet.ts");
  const config = ts.readConfigFile("tsconfig.json", ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, process.cwd());
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  const text = `import * as lib from "../../lib/data";\n${code}\nexport {};`;
  host.getSourceFile = (name, ...rest) =>
    name === file ? ts.createSourceFile(name, text, ts.ScriptTarget.ES2022) : read(name, ...rest);
  host.fileExists = (name) => name === file || ts.sys.fileExists(name);
  const program = ts.createProgram([file], options, host);
  return program
    .getSemanticDiagnostics(program.getSourceFile(file))
    .map((diagnostic) => ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n"));
}

describe("types made from the data package", () => {
  it("know the columns, and name the right one for a misspelt one", () => {
    const errors = errorsOf(`
      for (const row of lib.loadLongList().rows) row.releasd;
      for (const row of lib.loadFreeThe20().rows) row.ocupation;
      for (const row of lib.loadJournalists().rows) row.detaind;
    `);
    expect(errors).toEqual([
      "Property 'releasd' does not exist on type 'Woman'. Did you mean 'released'?",
      "Property 'ocupation' does not exist on type 'FeaturedWoman'. Did you mean 'occupation'?",
      "Property 'detaind' does not exist on type 'Journalist'. Did you mean 'detained'?",
    ]);
  });

  it("know the values of enumerations, codings and ids", () => {
    const errors = errorsOf(`
      lib.loadFreeThe20({ coding: "strikt" });
      lib.loadFreeThe20().rows.filter((row) => row.release_kind === "bale");
      lib.publishedNumber(lib.loadPublished(), "log-rank-q");
    `);
    expect(errors).toHaveLength(3);
    expect(errors[0]).toContain('"strikt"');
    expect(errors[1]).toContain('"bale"');
    expect(errors[2]).toContain('"log-rank-q"');
  });

  it("let right code pass", () => {
    expect(
      errorsOf(`
        const { rows } = lib.loadLongList({ coding: "strict" });
        const kinds: readonly lib.ReleaseKind[] = rows.map((row) => row.release_kind);
        const days: readonly (string | null)[] = rows.map((row) => row.released?.text ?? null);
        lib.releaseOutcomes(lib.loadFreeThe20(), { clock: "arrest" }).time.concat(kinds.length, days.length);
      `),
    ).toEqual([]);
  });
});
