/** An inner door: what other rooms of lib/ need of this one and no notebook does. */
export { frameTable, isFrame } from "./dataframe";
export { scriptJson } from "./escape";
export { isOfKind, isTable, numberText } from "./table";
