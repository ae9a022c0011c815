import { calledAs } from "../statistics/inner";
import { type MimeBundle, mimeBundle } from "./bundle";

/** Where the kernel leaves its display writer; without a kernel there is none. */
const DISPLAY = Symbol.for("Jupyter.display");

type DisplayWriter = (message: { readonly data: MimeBundle; readonly metadata: Record<string, unknown> }) => void;

/**
 * Shows a figure, a table, a DataFrame or any other value in the notebook, where the cell stands. The last
 * expression of a cell is shown without it; `show` is for the ones before. In a script it prints the
 * value's text.
 *
 * @throws InvalidInputError as {@link mimeBundle}
 * @example
 * show(table(women, { columns: ["name", "country"] }));
 */
export function show(value: unknown): void {
  const data = calledAs("show", () => mimeBundle(value));
  const writer = displayWriter();
  if (writer !== null) writer({ data, metadata: {} });
  else console.log(data["text/plain"] ?? value);
}

function displayWriter(): DisplayWriter | null {
  const writer: unknown = Reflect.get(globalThis, DISPLAY);
  return typeof writer === "function" ? (message) => Reflect.apply(writer, undefined, [message]) : null;
}
