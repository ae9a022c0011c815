import { writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { libraryFunctions, referenceMarkdown } from "./reference";

/** `npm run reference`: writes lib/REFERENCE.md anew. */
const root = fileURLToPath(new URL("../../", import.meta.url));
const entries = libraryFunctions(root);
writeFileSync(path.join(root, "lib/REFERENCE.md"), referenceMarkdown(entries));
process.stdout.write(`lib/REFERENCE.md: ${entries.length} functions\n`);
