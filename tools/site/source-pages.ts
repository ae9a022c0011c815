import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { escapeHtml } from "../../lib/tables/escape";
import { highlight, type LinkOf } from "./highlight";
import { importedNames } from "./imports";
import { type LibraryEntry, sourceAddress } from "./library";
import { linkTo } from "./library-pages";
import { parsed } from "./parsed";
import { baseOf, type Framed } from "./site";

/** A page for each file of the library, with lines that can be linked to, and its element `main`. */
export function sourcePages(
  root: string,
  entries: readonly LibraryEntry[],
): { readonly page: Framed; readonly main: string }[] {
  return readdirSync(join(root, "lib"), { recursive: true })
    .map((name) => `lib/${String(name).split(sep).join("/")}`)
    .filter((file) => file.endsWith(".ts"))
    .sort()
    .map((file) => sourcePage(root, file, entries));
}

function sourcePage(
  root: string,
  file: string,
  entries: readonly LibraryEntry[],
): { readonly page: Framed; readonly main: string } {
  const path = sourceAddress(file);
  const text = readFileSync(join(root, file), "utf8").trimEnd();
  const documented = linkTo(entries, baseOf(path));
  const script = parsed(text);
  const imported = importedNames(script, /^\./);
  // A variable may have the name of a function elsewhere: only what the file imports or declares is meant.
  const declared = new Set(entries.filter((entry) => entry.file === file).map(({ name }) => name));
  const linkOf: LinkOf = (name) => {
    const original = imported.get(name) ?? (declared.has(name) ? name : null);
    return original === null ? null : documented(original);
  };
  const code = byLine(highlight(script, linkOf))
    .map((line, at) => `<span class="line" id="L${at + 1}">${line}</span>`)
    .join("\n");
  const name = escapeHtml(file);
  const description = `Source of ${file}.`;
  const page = { path, title: file, description, headings: [], notebook: null, previous: null, next: null };
  const main = `<main class="wide" id="main" tabindex="-1"><h1>${name}</h1>
<pre class="code source" tabindex="0" role="group" aria-label="Source of ${name}"><code>${code}</code></pre></main>`;
  return { page, main };
}

/** Cuts highlighted code at its line breaks; a span that runs over several lines is closed and opened again. */
function byLine(html: string): string[] {
  let open = "";
  return html.split("\n").map((line) => {
    const start = open;
    for (const [tag] of line.matchAll(/<span class="\w">|<\/span>/g)) open = tag === "</span>" ? "" : tag;
    return `${start}${line}${open === "" ? "" : "</span>"}`;
  });
}
