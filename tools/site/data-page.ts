import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { escapeHtml } from "../../lib/tables/escape";
import { codebook } from "../data/codebook";
import { finishedPage } from "./finished-page";
import { rewriteLinks } from "./links";
import { markdown } from "./markdown";
import { document, element } from "./sanitise";
import type { Files, Page } from "./site";
import { improveTables } from "./tables";

/** data/README.md, the files themselves and the codebook. */
export function dataPage(root: string, files: Files): Page {
  const main = document.createElement("main");
  const text = markdown(readFileSync(path.join(root, "data/README.md"), "utf8"));
  rewriteLinks(text, "data", root, files);
  const names = readdirSync(path.join(root, "data"))
    .filter((name) => /\.(?:csv|json)$/.test(name))
    .sort();
  for (const name of names) files.set(`files/data/${name}`, readFileSync(path.join(root, "data", name)));
  const list = names.map((name) => `<li><a href="files/data/${name}">${name}</a></li>`).join("");
  main.append(
    ...text.childNodes,
    ...element(`<h2>The files</h2><ul>${list}</ul>
<h2>Codebook</h2><p>Made from <code>datapackage.json</code>, which the loaders check every row against.</p>
<details><summary>All columns, values and rules</summary>
<pre class="stream codebook" tabindex="0" role="group" aria-label="Codebook">${escapeHtml(codebook())}</pre></details>`)
      .childNodes,
  );
  improveTables(main, "Data");
  return finishedPage(main, {
    path: "data.html",
    title: "Data",
    description: "What is in the data files, where it comes from, and how people are named.",
  });
}
