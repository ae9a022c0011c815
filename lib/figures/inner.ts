/** An inner door: what other rooms and the pages need of figures and no notebook does. */

export { fitHeader, PAGE_WIDTH } from "./header";
export { isList, isRecord, type Json } from "./plotly";
