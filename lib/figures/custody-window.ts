/** First day of the axis, launch and last day of observation. */
export interface CustodyWindow {
  readonly from: string;
  readonly launch: string;
  readonly end: string;
}

/** The later of two ISO days. */
export function later(a: string, b: string): string {
  return a > b ? a : b;
}

/** The earlier of two ISO days. */
export function earlier(a: string, b: string): string {
  return a < b ? a : b;
}
