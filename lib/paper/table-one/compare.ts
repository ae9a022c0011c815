import type { Published } from "../../data";
import {
  type ColumnReading,
  MODEL_NUMBERS,
  type ModelNumber,
  TABLE_ONE_COLUMNS,
  type TableOneBlock,
} from "./columns";
import type { TableOneModel } from "./models";
import { ASSUMED_SIGNS, type SignPattern } from "./signs";

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
 * @throws RangeError where the models are not the four of one reading, or the pattern lacks a row
 * @example compareWithPrinted(tableOneModels(rows), loadPublished().table1).agreeing
 */
export function compareWithPrinted(
  models: readonly TableOneModel[],
  table1: Published["table1"],
  signs: SignPattern = ASSUMED_SIGNS,
): PrintedComparison {
  const columns = models[0]?.columns;
  if (columns === undefined || models.some((model) => model.columns !== columns) || models.length !== 4) {
    throw new RangeError(
      "compareWithPrinted: needs the four models of one reading of the columns, as tableOneModels() gives them",
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
      (far, next) =>
        far === null || Math.abs(next.difference ?? 0) > Math.abs(far.difference ?? 0) ? next : far,
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
        throw new RangeError(
          `compareWithPrinted: the pattern "${signs.name}" has no sign for "${entry.name}"`,
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
