import { shown } from "../statistics/inner";
import { WrongKind } from "./kinds";
import { asNumber, ifUsed, notFinite, type Part, type Writer } from "./part";
import type { AskedCovariate } from "./question";

/** Categories of a binned covariate, in their order. */
export function binLabels(bins: readonly number[]): string[] {
  const between = bins.slice(1).map((limit, i) => `${bins[i]} to below ${limit}`);
  return [`below ${bins[0]}`, ...between, `${bins[bins.length - 1]} and above`];
}

/** A covariate as a key: numbers as they are, rounded or binned, truth values as 0 and 1, texts as categories. */
export function covariateKey(writer: Writer, covariate: AskedCovariate, key: string): Part {
  const { column: name, round, bins } = covariate;
  const { dialect, parameters } = writer;
  const column = writer.column(name, "covariates");
  const raw = `"raw_${key}"`;
  const missing = { what: `no value in "${name}"`, test: `${raw} IS NULL` };
  const part = { before: [], assumed: [], roundings: [] };
  if (column.kind === "date" || column.kind === "timestamp") throw new WrongKind(column, "number", "a covariate");
  if ((round !== null || bins !== null) && column.kind !== "number") {
    throw new WrongKind(column, "number", `the covariate that is ${round === null ? "binned" : "rounded"}`);
  }
  if (column.kind === "boolean") {
    return {
      ...part,
      read: [[`raw_${key}`, dialect.quote(name)]],
      reasons: [missing],
      after: [[[key, ifUsed(`CASE WHEN ${raw} THEN 1 ELSE 0 END`)]]],
      keys: [{ name: key, as: "number" }],
    };
  }
  if (column.kind !== "number") {
    return {
      ...part,
      read: [[`raw_${key}`, `CAST(${dialect.quote(name)} AS VARCHAR)`]],
      reasons: [{ ...missing, test: `${raw} IS NULL OR ${raw} = ''` }],
      after: [[[key, ifUsed(raw)]]],
      keys: [{ name: key, as: "text" }],
    };
  }
  const infinite = notFinite(raw, column.type);
  const reasons = [
    missing,
    ...(infinite === null ? [] : [{ what: `"${name}" is not a finite number`, test: infinite }]),
  ];
  const keys = [{ name: key, as: "number" as const }];
  const number = { ...part, read: [[`raw_${key}`, dialect.quote(name)] as const], reasons, keys };
  if (round !== null) {
    const step = asNumber(parameters.add(round));
    const rounded = `FLOOR(${asNumber(raw)} / ${step} + 0.5)`;
    const off = `(${asNumber(raw)} - "${key}" * ${asNumber(parameters.add(round))})`;
    return {
      ...number,
      after: [[[key, ifUsed(rounded)]]],
      roundings: [
        {
          what: covariate.name,
          rule: `to the nearest multiple of ${round}, halves up`,
          off,
          key,
          standsFor: (value) => value * round,
        },
      ],
    };
  }
  if (bins !== null) {
    const cases = bins.map((limit, i) => `WHEN ${raw} < ${asNumber(parameters.add(limit))} THEN ${i}`).join(" ");
    const origin = asNumber(parameters.add(bins[0]));
    return {
      ...number,
      after: [[[key, ifUsed(`CASE ${cases} ELSE ${bins.length} END`)]]],
      roundings: [
        {
          what: covariate.name,
          rule: `into ${bins.length + 1} intervals with limits ${bins.map(shown).join(", ")}`,
          off: ifUsed(`(${asNumber(raw)} - ${origin})`),
          key,
          standsFor: () => bins[0],
        },
      ],
    };
  }
  return { ...number, after: [[[key, ifUsed(raw)]]] };
}
