import type { Published } from "../../data";
import type { Sourced } from "../../files";
import { checkSourced } from "../../files";
import { InvalidInputError } from "../../statistics";
import { checkFields } from "../../statistics/inner";
import { type Table, table } from "../../tables";
import { fixed, pretty } from "../../tables/regression";
import {
  ASSUMED_SIGNS,
  type ColumnReading,
  MODEL_NUMBERS,
  type ModelNumber,
  type SignPattern,
  TABLE_ONE_COLUMNS,
  type TableOneBlock,
} from "./columns";
import type { TableOneModel } from "./models";

/** A printed number of Table 1 beside its recomputed twin. */
export interface PrintedNumber {
  readonly row: string;
  readonly model: ModelNumber;
  readonly of: "coefficient" | "standard error";
  /** With the sign of the pattern, where the transcript lost it. */
  readonly printed: number;
  readonly signAssumed: boolean;
  /** null where the model has no such coefficient. */
  readonly computed: number | null;
  /** Computed less printed. */
  readonly difference: number | null;
  /** Whether the computed number, rounded to the printed decimals, is the printed one. */
  readonly agrees: boolean | null;
}

/** All numbers of Table 1 held against fits. printedComparisonTable() and besidePrinted() print it. */
export interface PrintedComparison {
  readonly columns: ColumnReading;
  readonly signs: SignPattern;
  /** 48: coefficients and standard errors of eleven rows in the models that have them. */
  readonly numbers: readonly PrintedNumber[];
  readonly observations: readonly {
    readonly model: ModelNumber;
    readonly printed: number;
    readonly computed: number;
  }[];
  readonly agreeing: number;
  /** Numbers that have a twin. */
  readonly compared: number;
  /** The number whose twin is furthest from it; null where none has one. */
  readonly furthest: PrintedNumber | null;
}

const DECIMALS = 3;

/**
 * Every printed number of Table 1 beside the one that models give, with the difference and whether it agrees to the
 * printed digit.
 *
 * The transcript lost the signs of all coefficients but the campaign's, so what is compared are magnitudes with assumed
 * signs; `signs` says which. Standard errors have no sign and are compared as printed.
 *
 * @param models of tableOneModels(), of either reading of the columns
 * @param table1 of loadPublished()
 * @param signs ASSUMED_SIGNS unless told
 * @throws InvalidInputError where the models are not the four of one reading, or the pattern lacks a row
 * @example compareWithPrinted(tableOneModels(rows), loadPublished().table1).agreeing
 */
export function compareWithPrinted(
  models: readonly TableOneModel[],
  table1: Published["table1"],
  signs: SignPattern = ASSUMED_SIGNS,
): PrintedComparison {
  const columns = models[0]?.columns;
  if (columns === undefined || models.some((model) => model.columns !== columns) || models.length !== 4) {
    throw new InvalidInputError(
      "compareWithPrinted: needs the four models of one reading of the columns, as tableOneModels() gives them",
      "models",
    );
  }
  const numbers = printedRows(table1, columns, signs).flatMap(
    ({ row, model, coefficient, standardError, signAssumed }) => {
      const term = models.find(({ number }) => number === model)?.fit?.terms.find(({ name }) => name === row);
      const common = { row, model };
      return [
        { ...common, of: "coefficient" as const, signAssumed, ...twin(coefficient, term?.coefficient) },
        {
          ...common,
          of: "standard error" as const,
          signAssumed: false,
          ...twin(standardError, term?.robustStandardError ?? term?.standardError),
        },
      ];
    },
  );
  const compared = numbers.filter(({ computed }) => computed !== null);
  return {
    columns,
    signs,
    numbers,
    observations: MODEL_NUMBERS.map((model, at) => ({
      model,
      printed: table1.observations[at] ?? Number.NaN,
      computed: models.find(({ number }) => number === model)?.n ?? 0,
    })),
    agreeing: compared.filter(({ agrees }) => agrees).length,
    compared: compared.length,
    furthest: compared.reduce<PrintedNumber | null>(
      (far, next) => (far === null || Math.abs(next.difference ?? 0) > Math.abs(far.difference ?? 0) ? next : far),
      null,
    ),
  };
}

function twin(printed: number, computed: number | undefined) {
  if (computed === undefined) return { printed, computed: null, difference: null, agrees: null };
  const agrees = Number(computed.toFixed(DECIMALS)) === Number(printed.toFixed(DECIMALS));
  return { printed, computed, difference: computed - printed, agrees };
}

interface PrintedRow {
  readonly row: string;
  readonly model: ModelNumber;
  readonly coefficient: number;
  readonly standardError: number;
  readonly signAssumed: boolean;
}

/** Coefficients with signs, each in the model that the reading gives it. */
function printedRows(table1: Published["table1"], columns: ColumnReading, signs: SignPattern): PrintedRow[] {
  const campaign = table1.campaign;
  const own = MODEL_NUMBERS.map((model, at) => ({
    row: campaign.name,
    model,
    coefficient: campaign.coefficient[at] ?? Number.NaN,
    standardError: campaign.standardError[at] ?? Number.NaN,
    signAssumed: false,
  }));
  const block = (name: TableOneBlock, entries: Published["table1"]["regions"]) =>
    entries.flatMap((entry) => {
      const pattern = signs.signs[entry.name];
      if (pattern === undefined) {
        throw new InvalidInputError(
          `compareWithPrinted: the pattern "${signs.name}" has no sign for "${entry.name}"`,
          "signs",
        );
      }
      const wrong = pattern.find((sign) => Math.abs(sign) !== 1);
      if (wrong !== undefined) {
        throw new InvalidInputError(
          `compareWithPrinted: the pattern "${signs.name}" has ${wrong} as a sign of "${entry.name}"; 1 or -1 is needed`,
          "signs",
        );
      }
      // The first number stands in the model that has the block alone, the second in model 4.
      const alone = TABLE_ONE_COLUMNS[columns].models[2].includes(name) ? 2 : 3;
      return ([alone, 4] as const).map((model, at) => ({
        row: entry.name,
        model,
        coefficient: (pattern[at] ?? 1) * (entry.absoluteCoefficient[at] ?? Number.NaN),
        standardError: entry.standardError[at] ?? Number.NaN,
        signAssumed: true,
      }));
    });
  return [...own, ...block("characteristics", table1.characteristics), ...block("regions", table1.regions)];
}

const text = (value: number | null | undefined, digits: number): string =>
  value == null ? "–" : pretty(fixed(value, digits));

/** Both numbers of a row in a model. */
function pair({ numbers }: PrintedComparison, row: string, model: ModelNumber) {
  const find = (of: PrintedNumber["of"]) =>
    numbers.find((number) => number.row === row && number.model === model && number.of === of);
  return { coefficient: find("coefficient"), standardError: find("standard error") };
}

const rowsOf = ({ numbers }: PrintedComparison): string[] => [...new Set(numbers.map(({ row }) => row))];

/**
 * Table 1 twice in one: each cell has the printed number on the left and the computed one on the right, with an equals
 * sign where they agree to the printed digit and ≠ where they do not.
 *
 * @param comparison of compareWithPrinted()
 * @param options `data`: what the models were fitted to
 * @example show(besidePrinted(compareWithPrinted(models, loadPublished().table1), { data: group }))
 */
export function besidePrinted(comparison: PrintedComparison, options: { readonly data: Sourced }): Table {
  checkFields("besidePrinted", "options", options, ["data"]);
  checkSourced("besidePrinted", "data", options.data);
  const beside = (number: PrintedNumber | undefined): string => {
    if (number === undefined) return "";
    const sign = number.agrees === null ? "?" : number.agrees ? "=" : "≠";
    return `${text(number.printed, 3)} ${sign} ${text(number.computed, 3)}`;
  };
  const rows = rowsOf(comparison).map((row) => [
    row,
    ...MODEL_NUMBERS.map((model) => {
      const { coefficient, standardError } = pair(comparison, row, model);
      return coefficient === undefined ? "" : [beside(coefficient), `(${beside(standardError)})`];
    }),
  ]);
  const observations = comparison.observations.map(
    ({ printed, computed }) => `${printed} ${printed === computed ? "=" : "≠"} ${computed}`,
  );
  return table([...rows, ["Observations", ...observations]], {
    caption: "Table 1: printed on the left, computed on the right",
    data: options.data,
    notes: notesOf(comparison),
    columns: ["", ...MODEL_NUMBERS.map((model) => `(${model})`)].map((label, at) => ({
      label,
      value: (row) => row[at] ?? "",
      align: at === 0 ? "left" : "right",
    })),
  });
}

/**
 * One line for each coefficient of Table 1: printed, computed and difference of coefficient and standard error, with a
 * mark where the printed digit is missed.
 *
 * @param comparison of compareWithPrinted()
 * @param options `data`: what the models were fitted to; `only: "differing"` leaves out the lines that agree
 * @example show(printedComparisonTable(comparison, { data: group, only: "differing" }))
 */
export function printedComparisonTable(
  comparison: PrintedComparison,
  options: { readonly data: Sourced; readonly only?: "differing" },
): Table {
  checkFields("printedComparisonTable", "options", options, ["data", "only"]);
  checkSourced("printedComparisonTable", "data", options.data);
  const lines = rowsOf(comparison).flatMap((row) =>
    MODEL_NUMBERS.flatMap((model) => {
      const { coefficient, standardError } = pair(comparison, row, model);
      return coefficient === undefined || standardError === undefined
        ? []
        : [{ row, model, coefficient, standardError }];
    }),
  );
  const shown = options.only === "differing" ? lines.filter((line) => markOf(line) !== "") : lines;
  return table(shown, {
    caption:
      options.only === "differing"
        ? `Table 1: ${shown.length} of ${lines.length} cells that miss a printed digit`
        : "Table 1, number by number",
    data: options.data,
    notes: notesOf(comparison),
    columns: [
      { label: "Row", value: "row" },
      { label: "Model", value: (line) => `(${line.model})` },
      { label: "b printed", value: (line) => text(line.coefficient.printed, 3), align: "right" },
      { label: "b computed", value: (line) => text(line.coefficient.computed, 5), align: "right" },
      { label: "difference", value: (line) => text(line.coefficient.difference, 5), align: "right" },
      { label: "s.e. printed", value: (line) => text(line.standardError.printed, 3), align: "right" },
      { label: "s.e. computed", value: (line) => text(line.standardError.computed, 5), align: "right" },
      { label: "difference", value: (line) => text(line.standardError.difference, 5), align: "right" },
      { label: "Differs in", value: markOf },
    ],
  });
}

function markOf(line: { readonly coefficient: PrintedNumber; readonly standardError: PrintedNumber }): string {
  if (line.coefficient.agrees === null) return "not computed";
  const differing = [line.coefficient, line.standardError].filter(({ agrees }) => agrees === false);
  return differing.map(({ of }) => `≠ ${of}`).join(", ");
}

function notesOf({ agreeing, compared, numbers, signs, columns, furthest }: PrintedComparison): string[] {
  return [
    `${agreeing} of ${numbers.length} numbers agree to the printed digit${compared < numbers.length ? `; ${numbers.length - compared} have no computed twin` : ""}.`,
    ...(furthest === null
      ? []
      : [
          `Largest difference: ${pretty(fixed(furthest.difference ?? 0, 5))}, ${furthest.of} of ${furthest.row} in model (${furthest.model}).`,
        ]),
    `Magnitudes are compared: signs other than the campaign's are lost in print and follow the pattern "${signs.name}"; columns are read "${columns}".`,
  ];
}
