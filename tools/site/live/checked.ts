import ts from "typescript";

/** Where things lie for the checker of a page, and how strictly it checks: as the project's tsconfig.json does. */

export const PROJECT_FOLDER = "/project";
export const TYPESCRIPT_FOLDER = "/typescript";
export const CELLS_FILE = `${PROJECT_FOLDER}/notebooks/cells.ts`;
export const GLOBALS_FILE = `${PROJECT_FOLDER}/notebooks/globals.d.ts`;

export const CHECK_OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2023.d.ts"],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  types: [],
  strict: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  isolatedModules: true,
  esModuleInterop: true,
  skipLibCheck: true,
  noEmit: true,
  // What is more than types cannot be blanked.
  erasableSyntaxOnly: true,
};
