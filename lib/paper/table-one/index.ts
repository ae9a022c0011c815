/** paper/table-one */
export {
  COLUMN_READINGS,
  type ColumnReading,
  covariatesOf,
  MODEL_NUMBERS,
  type ModelNumber,
  TABLE_ONE_BLOCKS,
  TABLE_ONE_COLUMNS,
  type TableOneBlock,
  type TableOneColumns,
} from "./columns";
export { compareWithPrinted, type PrintedComparison, type PrintedNumber } from "./compare";
export { besidePrinted, printedComparisonTable } from "./comparison-tables";
export type { Incomplete } from "./complete-rows";
export { type TableOneModel, type TableOneOptions, type TableOneRows, tableOneModels } from "./models";
export { ASSUMED_SIGNS, SIGNS_AS_PRINTED, type Sign, type SignPattern } from "./signs";
