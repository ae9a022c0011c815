import { writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { findNotebooks, readNotebook } from "./notebook";
import { digestsModule, fingerprintsOf } from "./solutions";

/** `npm run exercises`: tells check() the solutions that the committed notebooks hold, by their fingerprints. */
const root = fileURLToPath(new URL("../../", import.meta.url));
const notebooks = findNotebooks(path.join(root, "notebooks"), []).map(readNotebook);
const fingerprints = fingerprintsOf(notebooks);
writeFileSync(path.join(root, "lib/teaching/digests.ts"), digestsModule(fingerprints));
process.stdout.write(`lib/teaching/digests.ts: ${Object.keys(fingerprints).length} exercises\n`);
