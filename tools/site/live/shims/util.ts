/** What lib/ and cells read of node:util, from a package that is Node's own code for it. */
import { format, formatWithOptions, inspect } from "node-inspect-extracted";

export { format, formatWithOptions, inspect };
export default { format, formatWithOptions, inspect };
