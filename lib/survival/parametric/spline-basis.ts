/** Knots of a natural cubic spline on log time: the first and the last are its boundaries. */
export type Knots = readonly number[];

/**
 * The natural cubic spline's basis at x: 1, x and for each inner knot k
 * (x − k)³₊ − λ(x − first)³₊ − (1 − λ)(x − last)³₊ with λ = (last − k)/(last − first), which is linear beyond the
 * boundaries (Royston and Parmar 2002, Statistics in Medicine 21:2175, eq. 4).
 *
 * @returns the basis, and its derivative by x
 */
export function splineBasis(x: number, knots: Knots): { readonly value: number[]; readonly slope: number[] } {
  const [first, last] = [knots[0], knots[knots.length - 1]];
  const value = [1, x];
  const slope = [0, 1];
  for (const knot of knots.slice(1, -1)) {
    const lambda = (last - knot) / (last - first);
    value.push(cube(x - knot) - lambda * cube(x - first) - (1 - lambda) * cube(x - last));
    slope.push(3 * (square(x - knot) - lambda * square(x - first) - (1 - lambda) * square(x - last)));
  }
  return { value, slope };
}

const square = (x: number): number => (x > 0 ? x * x : 0);
const cube = (x: number): number => (x > 0 ? x * x * x : 0);
