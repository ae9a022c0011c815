/** Whole numbers in ascending order as ranges: "103-107 110". */
export function rangesText(places: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const place of places) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === place - 1) last[1] = place;
    else ranges.push([place, place]);
  }
  return ranges.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(" ");
}

/** Whether a place is in such ranges. */
export function isInRanges(ranges: string, place: number): boolean {
  return ranges.split(" ").some((range) => {
    const [from = "", to = from] = range.split("-");
    return range !== "" && Number(from) <= place && place <= Number(to);
  });
}
