import { readFileSync } from "node:fs";
import { join } from "node:path";
import { publishedSchema } from "../../lib/data/published-schema";
import type { Descriptor, Field, TableResource } from "../../lib/data/schema/descriptor";
import { projectPackage } from "../../lib/data/schema/project";
import { PROVENANCE, parseJson } from "../../lib/files";

/** What lib/data/schema/rows.ts has to say, given the data package and the printed numbers as they are now. */
export function currentRowsSource(root: string): string {
  const text = readFileSync(join(root, "data", "published.json"), "utf8");
  const published = parseJson(text, publishedSchema, "data/published.json");
  return rowsSource(
    projectPackage(),
    published.numbers.map((entry) => entry.id),
  );
}

/**
 * The text of lib/data/schema/rows.ts, made from data/datapackage.json.
 *
 * The data package says at run time which columns there are and which values they take; TypeScript
 * has to know it beforehand, so that `row.releasd` is an error that names the right column. Making
 * the types from the package keeps one description instead of two.
 *
 * @param descriptor the project's data package
 * @param publishedIds ids of the printed numbers, in order
 * @throws Error if the kinds of provenance are not those that lib/files knows
 */
export function rowsSource(descriptor: Descriptor, publishedIds: readonly string[]): string {
  const tables = descriptor.resources.flatMap((resource) => ("schema" in resource ? [resource] : []));
  const enums = collectEnums(tables);
  const provenance = checkedProvenance(enums);
  const parts = [
    "// Made from data/datapackage.json by `npm run data:generate`. Changes belong there.",
    'import type { PartialDate } from "../../dates";\nimport { PROVENANCE, type RowProvenance } from "../../files";\nimport type { CheckedRow } from "./checked-row";',
    ...enums
      .filter((entry) => entry !== provenance)
      .map((entry) => union(entry.constant, entry.type, entry.values, entry.doc)),
    union(
      "REGION",
      "Region",
      Object.keys(descriptor.regions),
      "Region of a target country, as footnote 6 of the working paper groups them.",
    ),
    union(
      "CODING_NAME",
      "CodingName",
      codingNames(tables),
      "Named codings of the unclear cases, from the lowest count of releases to the highest.",
    ),
    union("PUBLISHED_ID", "PublishedId", publishedIds, "Identifiers of the printed numbers in data/published.json."),
    ...tables.flatMap((table) => [rowInterface(table, enums), rowFunction(table, enums)]),
  ];
  return `${parts.join("\n\n")}\n`;
}

interface EnumType {
  readonly constant: string;
  readonly type: string;
  readonly values: readonly string[];
  readonly doc: string;
  /** Table and column pairs, as `table.column`, that take these values. */
  readonly columns: readonly string[];
}

/** One type for each list of values; columns of several tables share it where their lists agree. */
function collectEnums(tables: readonly TableResource[]): EnumType[] {
  const found = new Map<string, EnumType>();
  for (const table of tables) {
    for (const field of table.schema.fields) {
      const values = enumOf(field);
      if (values === undefined) continue;
      const name = valuesTypeOf(field) ?? field.name;
      const key = `${name} ${values.join("|")}`;
      const known = found.get(key);
      const taken = [...found.values()].some((entry) => entry.constant === constantCase(name));
      const prefix = taken ? `${table.rowType.replace(/Row$/, "")}_` : "";
      found.set(key, {
        constant: known?.constant ?? constantCase(prefix + name),
        type: known?.type ?? (name === "provenance" ? "RowProvenance" : pascalCase(prefix + name)),
        values,
        doc: known?.doc ?? field.description,
        columns: [...(known?.columns ?? []), `${table.name}.${field.name}`],
      });
    }
  }
  return [...found.values()];
}

/**
 * The kinds of provenance, which the program knows by itself: what is synthetic and what is not decides how a result is
 * shown. The data package repeats them for its readers, and must say the same.
 */
function checkedProvenance(enums: readonly EnumType[]): EnumType | undefined {
  const [found, another] = enums.filter(({ columns }) => columns.some((column) => column.endsWith(".provenance")));
  const needed = PROVENANCE.join(", ");
  if (another !== undefined) {
    throw new Error(`data/datapackage.json lists two sets of kinds of provenance; ${needed} are needed`);
  }
  const listed = found?.values.join(", ") ?? needed;
  if (listed === needed) return found;
  throw new Error(
    `data/datapackage.json lists the kinds of provenance ${listed}; PROVENANCE of lib/files/provenance.ts has ${needed}: change one of them`,
  );
}

function union(constant: string, type: string, values: readonly string[], doc: string): string {
  const quoted = values.map((value) => JSON.stringify(value));
  const line = `export const ${constant} = [${quoted.join(", ")}] as const;`;
  const array =
    line.length <= 120 ? line : `export const ${constant} = [\n${quoted.map((v) => `  ${v},\n`).join("")}] as const;`;
  return `/** ${doc} */\n${array}\nexport type ${type} = (typeof ${constant})[number];`;
}

function rowInterface(table: TableResource, enums: readonly EnumType[]): string {
  const members = table.schema.fields.map(
    (field) => `  /** ${field.description} */\n  readonly ${field.name}: ${typeOf(table, field, enums)};\n`,
  );
  return `/** ${table.title}: a row of data/${table.path}. */\nexport interface ${table.rowType} {\n${members.join("")}}`;
}

function typeOf(table: TableResource, field: Field, enums: readonly EnumType[]): string {
  const optional = field.constraints?.required === true ? "" : " | null";
  if (field.type === "list") return "readonly string[]";
  if (field.type === "integer") return `number${optional}`;
  if (field.type === "string" && field.logicalType === "partial-date") return `PartialDate${optional}`;
  const enumType = enums.find((entry) => entry.columns.includes(`${table.name}.${field.name}`));
  return `${enumType?.type ?? "string"}${optional}`;
}

function rowFunction(table: TableResource, enums: readonly EnumType[]): string {
  const members = table.schema.fields.map((field) => `    ${field.name}: ${getter(table, field, enums)},\n`);
  const name = table.rowType[0].toLowerCase() + table.rowType.slice(1);
  const doc = `/** Gives a checked row of data/${table.path} its type. */`;
  return `${doc}\nexport function ${name}(row: CheckedRow): ${table.rowType} {\n  return {\n${members.join("")}  };\n}`;
}

function getter(table: TableResource, field: Field, enums: readonly EnumType[]): string {
  const column = JSON.stringify(field.name);
  if (field.type === "list") return `row.list(${column})`;
  const enumType = enums.find((entry) => entry.columns.includes(`${table.name}.${field.name}`));
  const required = field.constraints?.required === true;
  const name = (kind: string) => (required ? kind[0].toLowerCase() + kind.slice(1) : `optional${kind}`);
  if (enumType !== undefined) return `row.${name("OneOf")}(${column}, ${enumType.constant})`;
  if (field.type === "integer") return `row.${name("Integer")}(${column})`;
  if (field.type === "string" && field.logicalType === "partial-date") {
    return `row.${name("PartialDate")}(${column})`;
  }
  return `row.${name("Text")}(${column})`;
}

const valuesTypeOf = (field: Field) => (field.type === "string" ? field.valuesType : undefined);
const enumOf = (field: Field) => (field.type === "string" ? field.constraints?.enum : undefined);

function codingNames(tables: readonly TableResource[]): string[] {
  return tables.flatMap((table) => (table.codings ?? []).map((coding) => coding.name));
}

const pascalCase = (name: string) => name.replace(/(^|_)(.)/g, (_, __, letter: string) => letter.toUpperCase());
const constantCase = (name: string) => name.replace(/([a-z])([A-Z])/g, "$1_$2").toUpperCase();
