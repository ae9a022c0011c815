import { log } from "../statistics/elementary";
import { normalCdf, normalQuantile } from "../statistics/normal";
import { InvalidInputError } from "../survival/errors";
import { checkPositive } from "./options";
import { checkAlpha } from "./power";

/**
 * The power of a two-sided log-rank test by Schoenfeld's formula, Φ(√(d·p(1 − p))·|log h| − z): what events are
 * worth, whatever the time that they take (Schoenfeld 1981, Biometrika 68:316; 1983, Biometrics 39:499).
 *
 * One wants it for a first look, and beside {@link powerBySimulation}, which it overstates or understates where
 * events are few or hazards far apart.
 *
 * @param events expected events in both groups together
 * @param hazardRatio hazard of the treated over that of the controls
 * @param share of rows that are treated, 0.5 unless told
 * @param alpha two-sided level, 0.05 unless told
 * @throws {InvalidInputError} naming the argument
 * @example schoenfeldPower(66, 2) // 0.80
 */
export function schoenfeldPower(events: number, hazardRatio: number, share = 0.5, alpha = 0.05): number {
  const action = "schoenfeldPower";
  checkPositive(action, "events", events, true);
  checkPositive(action, "hazardRatio", hazardRatio);
  checkAlpha(action, alpha);
  if (!(share > 0 && share < 1)) {
    throw new InvalidInputError(`${action}: share is ${share}; a number between 0 and 1 is needed`, "share");
  }
  const drift = Math.sqrt(events * share * (1 - share)) * Math.abs(log(hazardRatio));
  const z = normalQuantile(1 - alpha / 2);
  // The other tail counts where the drift is small: at hazard ratio 1 the power is alpha.
  return normalCdf(drift - z) + normalCdf(-drift - z);
}
