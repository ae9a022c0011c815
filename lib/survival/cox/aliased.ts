import { cholesky } from "../../statistics/inner";
import type { CoxDesign } from "./design";
import { SINGULAR } from "./newton";
import type { AliasedWarning } from "./warnings";

/** The design without its redundant columns, and a warning for each of them. */
export interface EstimableDesign {
  readonly design: CoxDesign;
  readonly aliased: readonly string[];
  readonly warnings: readonly AliasedWarning[];
}

/**
 * Leaves out columns that are constant wherever events occur, or linear combinations of earlier ones there; R gives
 * them NA coefficients. Which those are shows in the information at zero: their pivots vanish.
 */
export function withoutAliased(design: CoxDesign, information: Float64Array): EstimableDesign {
  const p = design.names.length;
  const { redundant, factor } = cholesky(information, p, SINGULAR);
  if (!redundant.includes(1)) return { design, aliased: [], warnings: [] };
  const kept = design.names.map((_, j) => j).filter((j) => redundant[j] === 0);
  const aliased = design.names.filter((_, j) => redundant[j] === 1);
  const warnings = design.names.flatMap((name, j): AliasedWarning[] => {
    if (redundant[j] === 0) return [];
    const partners = partnersOf(factor, redundant, p, j).map((k) => design.names[k]);
    const cause =
      partners.length === 0
        ? `"${name}" is the same for all rows at risk whenever an event occurs`
        : `"${name}" is a linear combination of ${partners.map((partner) => `"${partner}"`).join(", ")}`;
    const message = `cox: ${cause}; it was left out, since its coefficient cannot be estimated`;
    return [{ kind: "AliasedWarning", covariate: name, message }];
  });
  const x = new Float64Array(design.n * kept.length);
  kept.forEach((j, i) => {
    x.set(design.x.subarray(j * design.n, (j + 1) * design.n), i * design.n);
  });
  return {
    design: {
      ...design,
      names: kept.map((j) => design.names[j]),
      x,
      center: Float64Array.from(kept, (j) => design.center[j]),
      scale: Float64Array.from(kept, (j) => design.scale[j]),
    },
    aliased,
    warnings,
  };
}

/** Earlier columns that column j is made of: those with a weight in x_j ≈ Σ c_k·x_k, which solves Lᵀ c = row j of L. */
function partnersOf(factor: Float64Array, redundant: Uint8Array, p: number, j: number): number[] {
  const c = new Float64Array(j);
  for (let k = j - 1; k >= 0; k--) {
    if (redundant[k] === 1) continue;
    c[k] = factor[j * p + k];
    for (let i = k + 1; i < j; i++) c[k] -= factor[i * p + k] * c[i];
  }
  return Array.from(c.keys()).filter((k) => Math.abs(c[k]) > 1e-6);
}
