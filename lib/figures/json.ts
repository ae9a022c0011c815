import type { Json } from "./plotly";

/** Whether a JSON value is an object. */
export function isRecord(value: Json | undefined): value is { readonly [key: string]: Json | undefined } {
  return typeof value === "object" && value !== null && !isList(value);
}

/** Whether a JSON value is a list. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** JSON turns NaN and infinity into null without a word, and a figure over them is drawn with holes. */
export function assertFinite(value: Json | undefined, path: string): void {
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new TypeError(`figure: ${path} is ${value}; a figure holds finite numbers only`);
  }
  if (isList(value))
    value.forEach((item, index) => {
      assertFinite(item, `${path}[${index}]`);
    });
  else if (isRecord(value)) for (const key of Object.keys(value)) assertFinite(value[key], `${path}.${key}`);
}
