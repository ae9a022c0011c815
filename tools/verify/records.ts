import { canonicalJson, fingerprint } from "../seal/seal";

/** A part of a data file that has a fingerprint of its own: a row of a table, an entry of a JSON file. */
export interface DataRecord {
  /** What a person calls it: "gao-yu", "row 17", "numbers/women-percent-china". */
  readonly name: string;
  readonly hash: string;
}

/**
 * The records of a data file. Of a table each row as it stands in the file, the header too; of the ledger and of the
 * printed numbers each entry, whatever its layout; of other files the whole.
 *
 * @param file its path, which says what it is
 */
export function recordsOf(file: string, text: string): DataRecord[] {
  if (/\.(?:csv|tab|tsv)$/.test(file)) return tableRecords(text);
  if (file.endsWith(".json")) {
    const entries = jsonEntries(JSON.parse(text));
    return entries.map(([name, value]) => ({ name, hash: fingerprint(canonicalJson(value, `${file} ${name}`)) }));
  }
  return [{ name: "all of it", hash: fingerprint(text) }];
}

function tableRecords(text: string): DataRecord[] {
  const rows = splitRows(text);
  const firsts = rows.map((row) => /^"?([\w-]+)"?[,;\t]/.exec(row)?.[1] ?? "");
  return rows.map((row, at) => {
    const first = firsts[at] ?? "";
    const named = first !== "" && firsts.indexOf(first) === at && firsts.lastIndexOf(first) === at;
    return { name: at === 0 ? "header" : named ? `row ${at + 1}, ${first}` : `row ${at + 1}`, hash: fingerprint(row) };
  });
}

/** The rows of a delimited text, each with its line break: one inside quotation marks ends no row. */
export function splitRows(text: string): string[] {
  const rows: string[] = [];
  let start = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') quoted = !quoted;
    else if (text[at] === "\n" && !quoted) {
      rows.push(text.slice(start, at + 1));
      start = at + 1;
    }
  }
  if (start < text.length) rows.push(text.slice(start));
  return rows;
}

/** The members of an object, and of a list in it each entry that has an id or a name. */
function jsonEntries(value: unknown): [string, unknown][] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [["all of it", value]];
  return Object.entries(value).flatMap(([key, member]): [string, unknown][] => {
    if (!Array.isArray(member)) return [[key, member]];
    const names = member.map(nameOf);
    const known = names.every((name) => name !== null) && new Set(names).size === names.length && names.length > 0;
    return known ? member.map((entry, at) => [`${key}/${names[at]}`, entry]) : [[key, member]];
  });
}

function nameOf(entry: unknown): string | null {
  if (typeof entry !== "object" || entry === null) return null;
  const { id, name }: { id?: unknown; name?: unknown } = entry;
  const found = id ?? name;
  return typeof found === "string" || typeof found === "number" ? String(found) : null;
}
