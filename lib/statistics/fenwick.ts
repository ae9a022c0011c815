/**
 * Sums of values up to an index, with single values changing in between: a Fenwick tree (Fenwick 1994, Software:
 * Practice and Experience 24:327). Both adding and summing take log n steps.
 */
export function fenwickAdd(tree: Float64Array, index: number, value: number): void {
  for (let i = index + 1; i < tree.length; i += i & -i) tree[i] += value;
}

/** The sum of the values at 0 to count − 1. */
export function fenwickSum(tree: Float64Array, count: number): number {
  let sum = 0;
  for (let i = count; i > 0; i -= i & -i) sum += tree[i];
  return sum;
}
