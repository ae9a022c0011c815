/** Kinds of series that the small plotly.js draws. */
const BASIC = ["scatter", "bar", "pie"];

/** Whether the small plotly.js draws a figure, or the whole is needed. */
export function isBasic(data: unknown): boolean {
  return Array.isArray(data) && data.every((trace: unknown) => BASIC.includes(typeOf(trace)));
}

function typeOf(trace: unknown): string {
  const type: unknown = typeof trace === "object" && trace !== null ? Reflect.get(trace, "type") : undefined;
  return typeof type === "string" ? type : "scatter";
}
