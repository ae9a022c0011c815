import { InvalidInputError } from "../statistics";
import { expm1 } from "../statistics/elementary";
import { checkFields, shown } from "../statistics/inner";

export interface EValueInput {
  readonly hazardRatio: number;
  /** Confidence limits of the hazard ratio; 0 and Infinity where cox() has none. */
  readonly lower: number;
  readonly upper: number;
  /** True if the event is rare at the end of follow-up (below 15 % or so); there is no default, as it matters. */
  readonly rare: boolean;
}

export interface EValue {
  /** The E-value of the estimate. */
  readonly estimate: number;
  /** The E-value of the confidence limit nearer 1; 1 if the interval contains 1. */
  readonly limit: number;
  /** The hazard ratio and its limits as (approximate) risk ratios, from which the E-values are. */
  readonly riskRatio: { readonly estimate: number; readonly lower: number; readonly upper: number };
}

/**
 * The E-value of a hazard ratio and of its confidence limit; R's `EValue::evalues.HR(est, lo, hi, rare)`.
 *
 * One wants it to say how strong an unmeasured confounder would have to be: the smallest risk ratio that it must have
 * with both the group and the event, beyond all measured covariates, to explain the association away. 1 means that no
 * confounding is needed, as where the interval contains 1.
 *
 * E = RR + √(RR(RR − 1)) for RR ≥ 1, and that of 1/RR below (VanderWeele and Ding 2017, Annals of Internal Medicine
 * 167:268, table 2). A hazard ratio is about a risk ratio if the event is rare; otherwise
 * RR ≈ (1 − 0.5^√HR)/(1 − 0.5^√(1/HR)) (VanderWeele 2017, Epidemiology 28:e58).
 *
 * @returns E-values; ratios of an open limit (0 or Infinity) stay open
 * @throws {InvalidInputError} if a ratio is not above 0, the limits do not contain the hazard ratio, or rare is not told
 * @example eValue({ hazardRatio: 0.56, lower: 0.46, upper: 0.69, rare: true }) // { estimate: 2.97, limit: 2.26, … }
 */
export function eValue(input: EValueInput): EValue {
  const action = "eValue";
  const { hazardRatio, lower, upper } = input;
  checkFields(action, "input", input, ["hazardRatio", "lower", "upper", "rare"]);
  if (typeof input.rare !== "boolean") {
    const message = `${action}: rare is ${shown(input.rare)}; true or false is needed, as the two differ`;
    throw new InvalidInputError(message, "rare");
  }
  for (const [argument, value] of Object.entries({ hazardRatio, lower, upper })) {
    const isOpen = (argument === "lower" && value === 0) || (argument === "upper" && value === Infinity);
    if (typeof value === "number" && (isOpen || (value > 0 && value < Infinity))) continue;
    const message = `${action}: ${argument} is ${shown(value)}; a ratio above 0 is needed (not its logarithm)`;
    throw new InvalidInputError(message, argument);
  }
  if (!(lower <= hazardRatio && hazardRatio <= upper)) {
    const message = `${action}: hazardRatio is ${hazardRatio} and its limits are ${lower} to ${upper}; limits that contain it are needed`;
    throw new InvalidInputError(message, "hazardRatio");
  }
  const riskRatio = input.rare
    ? { estimate: hazardRatio, lower, upper }
    : {
        estimate: riskRatioOfCommonEvent(hazardRatio),
        lower: riskRatioOfCommonEvent(lower),
        upper: riskRatioOfCommonEvent(upper),
      };
  const nearest = lower > 1 ? riskRatio.lower : upper < 1 ? riskRatio.upper : 1;
  return { estimate: threshold(riskRatio.estimate), limit: threshold(nearest), riskRatio };
}

/** RR + √(RR(RR − 1)), on whichever side of 1. */
function threshold(riskRatio: number): number {
  const ratio = riskRatio < 1 ? 1 / riskRatio : riskRatio;
  return ratio + Math.sqrt(ratio * (ratio - 1));
}

/** The square-root transformation; 1 − 0.5^x by expm1, so that very small hazard ratios keep their digits. */
function riskRatioOfCommonEvent(hazardRatio: number): number {
  const root = Math.sqrt(hazardRatio);
  return expm1(-Math.LN2 * root) / expm1(-Math.LN2 / root);
}

/**
 * The largest factor by which a confounder of given strength can change a risk ratio,
 * B = RR₁·RR₂/(RR₁ + RR₂ − 1) (Ding and VanderWeele 2016, Epidemiology 27:368, result 1); `EValue::bf_func`.
 *
 * One wants it to judge a confounder that one has in mind: dividing the observed risk ratio by B gives the least that
 * could be left of it. The E-value is the common strength at which B equals the observed ratio.
 *
 * @param withGroup risk ratio between confounder and group, at least 1
 * @param withEvent risk ratio between confounder and event, at least 1
 * @throws {InvalidInputError} if one is below 1
 * @example biasFactor(2, 3) // 1.5
 */
export function biasFactor(withGroup: number, withEvent: number): number {
  for (const [argument, value] of Object.entries({ withGroup, withEvent })) {
    if (!(value >= 1 && value < Infinity)) {
      const message = `biasFactor: ${argument} is ${value}; a risk ratio of at least 1 is needed (take 1/RR below 1)`;
      throw new InvalidInputError(message, argument);
    }
  }
  return (withGroup * withEvent) / (withGroup + withEvent - 1);
}
