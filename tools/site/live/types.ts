import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { libraryRooms } from "./bundles";
import { CELLS_FILE, CHECK_OPTIONS, GLOBALS_FILE, PROJECT_FOLDER, TYPESCRIPT_FOLDER } from "./checked";

/** The types that the checker of a page knows: those of the library, of zod where the library shows it, and of ECMAScript. */

const HERE = path.dirname(fileURLToPath(import.meta.url));

/** The texts of all declaration files that cells can lead to, by where they lie in the page's own folder. */
export function typeFiles(root: string): Record<string, string> {
  const declarations = libraryDeclarations(root);
  const real = (name: string): string =>
    name.startsWith(TYPESCRIPT_FOLDER)
      ? path.join(root, "node_modules/typescript/lib", name.slice(TYPESCRIPT_FOLDER.length + 1))
      : path.join(root, path.relative(PROJECT_FOLDER, name));
  const globals = readFileSync(path.join(HERE, "page-globals.d.ts.txt"), "utf8");
  const start = libraryRooms(root)
    .map((room) => `import ${JSON.stringify(room)};`)
    .join("\n");
  const own = new Map([...declarations, [GLOBALS_FILE, globals], [CELLS_FILE, start]]);
  const read = (name: string): string | undefined => {
    const known = own.get(name);
    if (known !== undefined) return known;
    // Of the project itself there is nothing but its declarations.
    if (name.startsWith(PROJECT_FOLDER) && !name.includes("/node_modules/")) return undefined;
    return ts.sys.readFile(real(name));
  };
  const host: ts.CompilerHost = {
    getSourceFile: (name, language) => {
      const text = read(name);
      return text === undefined ? undefined : ts.createSourceFile(name, text, language);
    },
    getDefaultLibFileName: (options) => `${TYPESCRIPT_FOLDER}/${ts.getDefaultLibFileName(options)}`,
    getDefaultLibLocation: () => TYPESCRIPT_FOLDER,
    writeFile: () => {},
    getCurrentDirectory: () => PROJECT_FOLDER,
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    fileExists: (name) => read(name) !== undefined,
    readFile: read,
    directoryExists: (name) => name.startsWith(`${PROJECT_FOLDER}/lib`) || ts.sys.directoryExists(real(name)),
  };
  const program = ts.createProgram([GLOBALS_FILE, CELLS_FILE], CHECK_OPTIONS, host);
  const files: Record<string, string> = {};
  for (const file of program.getSourceFiles()) {
    if (file.fileName === CELLS_FILE) continue;
    files[file.fileName] = file.fileName.startsWith(`${PROJECT_FOLDER}/lib/`) ? file.text : withoutComments(file.text);
    const folder = path.posix.dirname(file.fileName);
    // What names a package's types.
    const description = folder.match(/^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0];
    if (description !== undefined) files[`${description}/package.json`] = read(`${description}/package.json`) ?? "{}";
  }
  return files;
}

/** lib/ as declarations, by TypeScript itself. */
function libraryDeclarations(root: string): Map<string, string> {
  const config = ts.readConfigFile(path.join(root, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config.config, include: [], files: [] }, ts.sys, root);
  const names = libraryRooms(root).map((room) => path.join(root, "notebooks", room, "index.ts"));
  const found = new Map<string, string>();
  const program = ts.createProgram(names, { ...options, noEmit: false, declaration: true, emitDeclarationOnly: true });
  program.emit(undefined, (name, text) => {
    const inside = path.relative(root, name).split(path.sep).join("/");
    if (inside.startsWith("lib/")) found.set(`${PROJECT_FOLDER}/${inside}`, text);
  });
  return found;
}

/** Declarations without what only people read; directives to the compiler stay. */
function withoutComments(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/^\s*\/\/(?!\/).*$/gm, "")
    .replace(/\n\s*\n+/g, "\n");
}
