import type * as TypeScript from "@tslab/typescript-for-tslab";

/**
 * The names of all files that a file of a program reads, directly or not, and its own first. TypeScript's builders know
 * them too, but find them out for every file of every program, with the checker, where here only a cell's are asked for.
 */
export function reachedFiles(
  ts: typeof TypeScript,
  program: TypeScript.Program,
  file: TypeScript.SourceFile,
): readonly string[] {
  const reached = new Set([file.fileName]);
  for (const name of reached) {
    const next = program.getSourceFile(name);
    if (next) for (const other of readBy(ts, next)) if (program.getSourceFile(other)) reached.add(other);
  }
  return [...reached];
}

/** What TypeScript notes at a file of what its imports mean. */
interface Resolutions {
  forEach(visit: (resolution: { readonly resolvedModule?: TypeScript.ResolvedModule }) => void): void;
}

function readBy(ts: typeof TypeScript, file: TypeScript.SourceFile): string[] {
  const names = file.referencedFiles.map(({ fileName }) => ts.resolveTripleslashReference(fileName, file.fileName));
  const resolutions: Resolutions | undefined = Reflect.get(file, "resolvedModules");
  resolutions?.forEach(({ resolvedModule }) => {
    if (resolvedModule) names.push(resolvedModule.resolvedFileName);
  });
  return names;
}
