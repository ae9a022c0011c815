import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { findNotebooks, readNotebook } from "./notebook";
import { fingerprintsOf, withFingerprints } from "./solutions";

/** `npm run exercises`: tells check() the solutions that the committed notebooks hold, by their fingerprints. */
const root = fileURLToPath(new URL("../../", import.meta.url));
const notebooks = findNotebooks(path.join(root, "notebooks"), []).map(readNotebook);
const fingerprints = fingerprintsOf(notebooks);
const file = path.join(root, "notebooks/exercises.json");
writeFileSync(file, withFingerprints(readFileSync(file, "utf8"), fingerprints));
process.stdout.write(`notebooks/exercises.json: ${Object.keys(fingerprints).length} exercises\n`);
