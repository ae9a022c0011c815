/** An inner door: what other rooms of lib/ need of this one and no notebook does. */
export { fixed, pretty } from "./cell-lines";
export { isRegressionTable } from "./journal-table";
