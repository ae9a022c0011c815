import type { Descriptor, TableResource } from "../../lib/data/schema/descriptor";

/**
 * Faults of the data package that its shape cannot show: columns that rules name and no field has,
 * value labels that differ from the allowed values, patterns that do not compile, campaign countries
 * without a region.
 */
export function checkDescriptor(descriptor: Descriptor): string[] {
  const tables = descriptor.resources.flatMap((resource) => ("schema" in resource ? [resource] : []));
  return [
    ...repeated(descriptor.resources.map((resource) => resource.name)).map((name) => `describes "${name}" twice`),
    ...tables.flatMap((table) => [...checkFields(table), ...checkRules(table), ...checkCodings(table)]),
    ...checkRegions(descriptor, tables),
  ];
}

function checkFields(table: TableResource): string[] {
  const problems = repeated(table.schema.fields.map((field) => field.name)).map((name) => `has "${name}" twice`);
  for (const field of table.schema.fields) {
    if (field.type === "string" && field.categories !== undefined) {
      const labelled = field.categories.map((category) => category.value).join();
      if (labelled !== field.constraints?.enum?.join()) {
        problems.push(`categories of ${field.name} are not the values of its enum, in the same order`);
      }
    }
    const pattern = field.type === "list" ? field.itemPattern : undefined;
    for (const source of [pattern, field.type === "string" ? field.constraints?.pattern : undefined]) {
      if (source !== undefined && !compiles(source)) problems.push(`pattern of ${field.name} does not compile`);
    }
  }
  return problems.map((problem) => `${table.name}: ${problem}`);
}

function checkRules(table: TableResource): string[] {
  const fields = new Map(table.schema.fields.map((field) => [field.name, field]));
  return table.schema.rules.flatMap((rule) => {
    const dates = rule.kind === "not-before" ? [rule.date, rule.limit] : [rule.date];
    const columns = dates.flatMap((date) => [date, `${date}_earliest`, `${date}_latest`]);
    if (rule.kind === "date-unless") columns.push(rule.field);
    if (rule.kind === "source") columns.push(rule.sources, "provenance");
    const unknown = columns.filter((column) => !fields.has(column));
    return unknown.map((column) => `${table.name}: rule ${rule.name} names the column ${column}, which does not exist`);
  });
}

function checkCodings(table: TableResource): string[] {
  return (table.codings ?? []).flatMap((coding) =>
    repeated(coding.decisions.map((decision) => decision.id)).map(
      (id) => `${table.name}: coding ${coding.name} decides about ${id} twice`,
    ),
  );
}

function checkRegions(descriptor: Descriptor, tables: readonly TableResource[]): string[] {
  const grouped = Object.values(descriptor.regions).flat();
  const country = tables
    .find((table) => table.name === "freethe20")
    ?.schema.fields.find((field) => field.name === "country");
  const targets = country?.type === "string" ? (country.constraints?.enum ?? []) : [];
  return [
    ...repeated(grouped).map((name) => `${name} is in two regions`),
    ...targets.filter((name) => !grouped.includes(name)).map((name) => `${name} is in no region`),
    ...grouped.filter((name) => !targets.includes(name)).map((name) => `${name} is in a region and no target country`),
  ];
}

const repeated = (names: readonly string[]) => names.filter((name, i) => names.indexOf(name) !== i);

function compiles(pattern: string): boolean {
  try {
    new RegExp(pattern, "u");
    return true;
  } catch {
    return false;
  }
}
