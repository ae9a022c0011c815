/**
 * Room for a long list of numbers. That of `new Array(n)` is made for small integers, and all of it is made and written again at the
 * first number that is none. In short lists this shows less than the way round it.
 */
export function doubles(n: number): number[] {
  if (n < 1000) return new Array<number>(n);
  const room = [0.5];
  room.length = n;
  return room;
}

/** A plain list of the same numbers, in a small part of the time that Array.from() takes. */
export function toList(values: Float64Array): number[] {
  const list = doubles(values.length);
  for (let i = 0; i < values.length; i++) list[i] = values[i];
  return list;
}
