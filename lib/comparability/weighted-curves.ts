import { InvalidInputError } from "../statistics";
import { calledAs } from "../statistics/inner";
import type { Labels, Outcome } from "../survival";
import { type KaplanMeierOptions, kaplanMeier, type SurvivalCurve } from "../survival";

/**
 * Kaplan–Meier curves of groups made comparable by weights; R's `survfit(Surv(time, event) ~ group, weights = w,
 * robust = TRUE)`, the adjusted curves of Cole and Hernán (2004, Computer Methods and Programs in Biomedicine 75:45)
 * and Xie and Liu (2005, Statistics in Medicine 24:3089).
 *
 * One wants them to see what the curves would look like if the groups had been alike in the covariates that the
 * weights balance. Numbers at risk and events are sums of weights. The standard error is the robust one (infinitesimal
 * jackknife, each row its own cluster), also where weights happen to be whole numbers, which {@link kaplanMeier} would
 * take for counts. It takes the weights as given; that they were estimated mostly makes it too large. To account for
 * that, put the whole of it, scores and all, into {@link bootstrap}.
 *
 * @param input time, event, group, weights (such as {@link propensityWeights} gives), and optionally entry
 * @returns a curve for each group
 * @throws {InvalidInputError} naming argument and index; also if all weights of a group are 0
 * @example
 * weightedCurves({ time: [2, 5, 5, 8], event: [1, 1, 0, 1], group: ["a", "a", "b", "b"], weights: [1.5, 0.5, 2, 1] })
 */
export function weightedCurves(
  input: Outcome & { readonly group: Labels; readonly weights: ArrayLike<number> },
  options: Omit<KaplanMeierOptions, "robust"> = {},
): SurvivalCurve[] {
  return calledAs("weightedCurves", () => curvesOf(input, options));
}

function curvesOf(input: Parameters<typeof weightedCurves>[0], options: KaplanMeierOptions): SurvivalCurve[] {
  if (input.weights === undefined) {
    const message = "weightedCurves: weights is undefined; a weight for each row is needed";
    throw new InvalidInputError(message, "weights");
  }
  const curves = kaplanMeier(input, { ...options, robust: true });
  curves.forEach(({ label, atRisk, n }) => {
    if (atRisk.some((weight) => weight > 0)) return;
    const message = `weightedCurves: the weights of all ${n} rows of group "${label}" are 0; at least one above 0 is needed`;
    throw new InvalidInputError(message, "weights");
  });
  return curves;
}
