import { type LibraryEntry, type LibraryPart, type LibrarySection, nameInR, summary } from "./library";

/**
 * All functions that a notebook can import, as Markdown: the way in for somebody who knows the R name.
 *
 * @param parts the doors of the library
 * @throws Error naming a function without a docstring
 */
export function referenceMarkdown(parts: readonly LibraryPart[]): string {
  const doors = parts.flatMap(({ path, introduction, sections }) => {
    const tables = sections.map(sectionMarkdown).filter((table) => table !== "");
    if (tables.length === 0) return [];
    return [[`## ${path}`, ...(introduction === "" ? [] : [introduction]), ...tables].join("\n\n")];
  });
  return `# Functions of the library

Made from the docstrings by \`npm run reference\`; each name links to its file, where formula, source, errors and an
example stand.

${doors.join("\n\n")}
`;
}

function sectionMarkdown({ heading, entries }: LibrarySection): string {
  const rows = entries.filter(({ kind }) => kind === "function").map(row);
  if (rows.length === 0) return "";
  const table = `| function | what it does | in R |\n|---|---|---|\n${rows.join("\n")}`;
  return heading === "" ? table : `### ${heading}\n\n${table}`;
}

function row(entry: LibraryEntry): string {
  const { name, text, file } = entry;
  if (text === "") throw new Error(`${file}: ${name} has no docstring`);
  const inR = nameInR(entry);
  const link = `[\`${name}\`](${file.replace(/^lib\//, "")})`;
  return `| ${link} | ${cell(summary(entry))} | ${inR === null ? "" : `\`${cell(inR)}\``} |`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
