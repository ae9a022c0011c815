import { escapeHtml } from "../../lib/tables/escape";
import { setAside } from "./aside";
import { finishedPage } from "./finished-page";
import { highlight, type LinkOf } from "./highlight";
import {
  entriesOf,
  type LibraryEntry,
  type LibraryPart,
  type LibrarySection,
  libraryAddress,
  nameInR,
  sourceAddress,
  summary,
} from "./library";
import { docMarkdown } from "./markdown";
import { document, element } from "./sanitise";
import { baseOf, type Page } from "./site";
import { improveTables } from "./tables";

/** Kinds of entries in the order in which a page has them. */
const KINDS: readonly (readonly LibraryEntry["kind"][])[] = [["function"], ["class"], ["interface", "type", "value"]];

/** The documentation of the library: a list of everything by doors, and a page for each room. */
export function libraryPages(parts: readonly LibraryPart[]): Page[] {
  const entries = entriesOf(parts);
  const rooms = [...new Set(entries.map(({ room }) => room))];
  return [listPage(parts), ...rooms.map((room) => roomPage(room, parts, entries))];
}

function listPage(parts: readonly LibraryPart[]): Page {
  const lists = parts.flatMap((part) => [
    `<h2>${escapeHtml(part.title)}</h2>`,
    `<p>Import from <code>../${part.path}</code>.</p>`,
    ...part.sections.map(sectionHtml),
  ]);
  return finished(
    "library.html",
    "Functions of the library",
    [
      "<h1>Functions of the library</h1>",
      "<p>Everything that a notebook can import from <code>lib/</code>, made from the docstrings. Whoever knows a function of R finds its twin in the last column.</p>",
      ...lists,
    ],
    true,
  );
}

function sectionHtml({ heading, entries }: LibrarySection): string {
  const calls = entries.filter(({ kind }) => kind === "function" || kind === "class");
  const hasTwins = calls.some((entry) => nameInR(entry) !== null);
  const rows = calls.map((entry) => {
    const inR = nameInR(entry);
    const twin = hasTwins ? `<td>${inR === null ? "" : `<code>${escapeHtml(inR)}</code>`}</td>` : "";
    return `<tr><td>${nameLink(entry)}</td><td>${inlineSummary(entry)}</td>${twin}</tr>`;
  });
  const rest = entries.filter((entry) => !calls.includes(entry)).map(nameLink);
  const table =
    rows.length === 0
      ? ""
      : `<table class="no-tools"><thead><tr><th scope="col">Function</th><th scope="col">What it does</th>${hasTwins ? '<th scope="col">In R</th>' : ""}</tr></thead><tbody>${rows.join("\n")}</tbody></table>`;
  const types = rest.length === 0 ? "" : `<p class="types">Types and values: ${rest.join(", ")}</p>`;
  return `${heading === "" ? "" : `<h3>${escapeHtml(heading)}</h3>`}${table}${types}`;
}

function nameLink(entry: LibraryEntry): string {
  return `<a href="${libraryAddress(entry)}"><code>${entry.name}</code></a>`;
}

function roomPage(room: string, parts: readonly LibraryPart[], entries: readonly LibraryEntry[]): Page {
  const all = entries.filter((entry) => entry.room === room);
  // What one calls before what one is given.
  const own = KINDS.flatMap((kinds) => all.filter(({ kind }) => kinds.includes(kind)));
  const linkOf = linkTo(entries, "");
  const path = `library/${room}.html`;
  const { title, introduction } = parts.find((part) => part.room === room) ?? {
    title: room,
    introduction: "",
  };
  return finished(path, `Library: ${title}`, [
    // A title may be the name of a function: "Exercises".
    `<h1 id="lib-${room}">${escapeHtml(title)}</h1>`,
    docMarkdown(introduction),
    `<p>Exports of <code>lib/${room}</code>.</p>`,
    ...own.map((entry) => entryHtml(entry, linkOf, 2, "", baseOf(path))),
  ]);
}

/** @param withTables whether tables are still as in plain HTML; those of entries are not */
function finished(path: string, title: string, html: readonly string[], withTables = false): Page {
  const main = document.createElement("main");
  main.append(...element(html.join("\n")).childNodes);
  if (withTables) improveTables(main, title);
  return finishedPage(main, {
    path,
    title,
    description: "Documentation of the functions that the notebooks import, made from their docstrings.",
  });
}

/** From names of the library to their documentation. */
export function linkTo(entries: readonly LibraryEntry[], base: string): LinkOf {
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  return (name) => {
    const entry = byName.get(name);
    return entry === undefined ? null : { href: `${base}${libraryAddress(entry)}`, title: summary(entry) };
  };
}

function inlineSummary(entry: LibraryEntry): string {
  return /<p>(.*?)<\/p>/s.exec(docMarkdown(summary(entry)))?.[1] ?? "";
}

/**
 * The documentation of one name.
 *
 * @param level degree of its heading
 * @param prefix stands before the name in its anchor
 * @param base from the page to the site's folder
 */
export function entryHtml(entry: LibraryEntry, linkOf: LinkOf, level: 2 | 3, prefix: string, base = ""): string {
  const others: LinkOf = (name) => (name === entry.name ? null : linkOf(name));
  // Code is set aside, so that its links have to be right from the start.
  const fromPage: LinkOf = (name) => {
    const link = others(name);
    return link === null ? null : { ...link, href: `${base}${link.href}` };
  };
  const signatures = entry.signatures.map((signature) => highlight(signature, fromPage)).join("\n\n");
  const text = docMarkdown(entry.text.replace(/\{@link (\w+) ?\}/g, (_, name: string) => linked(name, others)));
  const label = `Declaration of ${entry.name}`;
  return `<section class="entry"><h${level} id="${prefix}${entry.name}"><code>${entry.name}</code> <span class="kind">${entry.kind}</span></h${level}>
<pre class="code" tabindex="0" role="group" aria-label="${label}"><code>${setAside(signatures)}</code></pre>
${text.includes("<table") ? withTables(text, entry.name) : text}
${tagsHtml(entry, fromPage)}
<p class="source"><a href="${sourceAddress(entry.file, entry.line)}">Source: ${escapeHtml(entry.file)}, line ${entry.line}</a></p></section>`;
}

function withTables(html: string, name: string): string {
  const holder = element(html);
  improveTables(holder, name);
  return holder.innerHTML;
}

function linked(name: string, linkOf: LinkOf): string {
  const link = linkOf(name);
  return link === null ? `\`${name}\`` : `[\`${name}\`](${link.href})`;
}

const TAGS: Readonly<Record<string, string>> = { param: "Arguments", returns: "Returns", throws: "Throws" };

function tagsHtml(entry: LibraryEntry, linkOf: LinkOf): string {
  const lists = Object.entries(TAGS).flatMap(([name, title]) => {
    const texts = entry.tags.filter((tag) => tag.name === name).map(({ text }) => text);
    if (texts.length === 0) return [];
    return [`<dt>${title}</dt>${texts.map((text) => `<dd>${inline(text)}</dd>`).join("")}`];
  });
  const examples = entry.tags
    .filter(({ name }) => name === "example")
    .map(({ text }) => {
      const code = highlight(text.replace(/^```\w*\n|\n```$/g, "").trim(), linkOf);
      return `<pre class="code" tabindex="0" role="group" aria-label="Example of ${entry.name}"><code>${setAside(code)}</code></pre>`;
    });
  const table = lists.length === 0 ? "" : `<dl class="tags">${lists.join("")}</dl>`;
  return `${table}${examples.length === 0 ? "" : `<p class="label">Example</p>${examples.join("")}`}`;
}

function inline(text: string): string {
  const html = docMarkdown(text.replace(/\{@link (\w+) ?\}/g, "`$1`"));
  const [, only] = /^<p>((?:(?!<\/p>).)*)<\/p>\s*$/s.exec(html) ?? [];
  return only ?? html;
}
