import path from "node:path";
import { fileURLToPath } from "node:url";
import { renderSite } from "../render";
import { writeSite } from "../write";

/**
 * `npm run slides`: the decks of all notebooks that have slides, in dist/, with all that they need. They are part of
 * the site, whose figures, formulas and scripts they share, so the site is rendered with them.
 */
const root = fileURLToPath(new URL("../../../", import.meta.url));
const files = await renderSite({ root });
writeSite(path.join(root, "dist"), files);
const decks = [...files.keys()].filter((address) => /^slides-.*\.html$/.test(address));
for (const deck of decks) process.stdout.write(`dist/${deck}\n`);
process.stdout.write(
  "Open one in a browser. Arrow keys turn, N shows notes, S opens the speaker's window, F fills the screen.\n",
);
