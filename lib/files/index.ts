/** Reading somebody's table and saying all that is wrong with it; whose rows they are. */

// From bytes to records, cells and values

export { decodeUtf8 } from "./decode";
export {
  type Delimiter,
  delimiterOf,
  isBlank,
  RecordSplitter,
  recordsOf,
  rowForm,
  rowWidth,
  splitTable,
  swallowedRows,
  type TakeLine,
  type TakeRecord,
  type TextTable,
} from "./delimited-text";
export { parseJson } from "./json";
export { LineCells, TextNumbers, textHash } from "./line-cells";
export { plain, shown, trimmed } from "./text";

// What is wrong

export { didYouMean } from "./nearest";
export { DataError, describeProblem, type Fault, type Problem, refuse, refuseAll, TOO_MANY } from "./problem";

// Whose rows they are

export * from "./provenance";
