import { writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { entriesOf, libraryParts } from "./library";
import { referenceMarkdown } from "./reference";

/** `npm run reference`: writes lib/REFERENCE.md anew. */
const root = fileURLToPath(new URL("../../", import.meta.url));
const parts = libraryParts(root);
writeFileSync(path.join(root, "lib/REFERENCE.md"), referenceMarkdown(parts));
const functions = entriesOf(parts).filter(({ kind }) => kind === "function");
process.stdout.write(`lib/REFERENCE.md: ${functions.length} functions\n`);
