import type { Extension } from "./extension";
import { teaching } from "./teaching";

/** What is added to the site besides the notebooks and the library, in this order. */
export function extensions(): readonly Extension[] {
  return [teaching()];
}
