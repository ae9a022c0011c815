import type { Coding, Descriptor, Field, TableResource } from "../../lib/data/schema/descriptor";
import { projectPackage } from "../../lib/data/schema/project";

/** What a page holds beside a margin on a tablet, and a terminal anyway. */
const WIDTH = 88;

/**
 * The codebook: every file, column, allowed value, rule and coding, as text of at most 88 columns.
 * It is made from data/datapackage.json, so it cannot drift from what the loaders check.
 */
export function codebook(descriptor: Descriptor = projectPackage()): string {
  const { campaign } = descriptor;
  const lines = [
    ...heading(descriptor.title, "="),
    ...wrap(descriptor.description, 0),
    "",
    `Launch ${campaign.launch}, end of follow-up ${campaign.endOfFollowUp} (${campaign.followUpMonths} months)`,
    ...Object.entries(descriptor.regions).map(([region, countries]) => `${region}: ${countries.join(", ")}`),
    "",
  ];
  for (const resource of descriptor.resources) {
    lines.push(...heading(`data/${resource.path}: ${resource.title} [${resource.provenance}]`, "-"));
    lines.push(...wrap(resource.description, 0), "");
    if ("schema" in resource) lines.push(...describeTable(resource));
  }
  return lines.join("\n");
}

function describeTable(table: TableResource): string[] {
  const { missingValues, fields, rules } = table.schema;
  const missing = missingValues.map((value) => JSON.stringify(value)).join(", ");
  const width = Math.max(...fields.map((field) => field.name.length)) + 2;
  return [
    `No value: ${missing}`,
    "",
    ...fields.flatMap((field) => describeField(field, width)),
    "",
    ...(rules.length === 0 ? [] : ["Rules"]),
    ...rules.flatMap((rule) => hanging(`  ${rule.name}`, rule.description, 28)),
    ...(rules.length === 0 ? [] : [""]),
    ...(table.codings ?? []).flatMap(describeCoding),
  ];
}

function describeField(field: Field, width: number): string[] {
  const kind = field.type === "string" ? (field.logicalType ?? "text") : field.type;
  const need = field.constraints?.required === true ? "required" : "optional";
  const lines = hanging(field.name, `${kind}, ${need}. ${field.description}`, width);
  if (field.type !== "string") return lines;
  const values =
    field.categories?.map(({ value, label }) => `${value}: ${label}`) ??
    (field.constraints?.enum === undefined ? [] : [field.constraints.enum.join(", ")]);
  return [...lines, ...values.flatMap((value) => hanging(" ".repeat(width), `- ${value}`, width))];
}

function describeCoding(coding: Coding): string[] {
  return [
    `Coding "${coding.name}": ${coding.title}`,
    ...wrap(coding.definition, 2),
    ...wrap(coding.reasoning, 2),
    ...coding.decisions.flatMap(({ id, outcome, reason }) => hanging(`  ${id}`, `${outcome}. ${reason}`, 26)),
    "",
  ];
}

function heading(text: string, underline: string): string[] {
  return [...wrap(text, 0), underline.repeat(Math.min(text.length, WIDTH))];
}

/** `label`, then the text beside it, all its lines indented alike. */
function hanging(label: string, text: string, indent: number): string[] {
  const [first, ...rest] = wrap(text, indent);
  return [label.padEnd(indent) + first.slice(indent), ...rest];
}

function wrap(text: string, indent: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && indent + line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].map((content) => " ".repeat(indent) + content);
}
