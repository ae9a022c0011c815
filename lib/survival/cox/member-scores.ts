import { exp } from "../../statistics/elementary";
import { cholesky, choleskySolve } from "../../statistics/inner";
import { refuseCounts, type Vector } from "../outcome";
import type { CoxDesign } from "./design";
import { isAtRisk, riskSets } from "./risk-sets";
import { solutionOf } from "./solution";
import type { CoxFit } from "./types";

/** Score and information of a 0/1 covariate for each member that could have it, at a fit without it. */
export interface MemberScores {
  /** Σ of martingale residuals of each member's rows. */
  readonly residual: Float64Array;
  /** Efficient information, members × members, row-major. */
  readonly information: Float64Array;
}

/** Who the rows belong to, and what else is known of them; by position. */
interface Rows {
  /** exp(γ·z), up to a factor. */
  readonly risk: Float64Array;
  readonly z: readonly Float64Array[];
  /** Of the members, −1 for rows that belong to none. */
  readonly memberOf: Int32Array;
}

/** Sums over terms: those of MemberScores before z is taken out, and products of members' indicators x and z. */
interface Sums extends MemberScores {
  readonly xz: Float64Array;
  readonly zz: Float64Array;
}

/**
 * What the score test of a 0/1 covariate needs, whoever has it: its score is a sum over members, U = Σ M_i with the
 * martingale residuals M (Barlow and Prentice 1988, Biometrika 75:65), and its variance V = Σ Σ W_ij with the efficient
 * information W = I_xx − I_xz I_zz⁻¹ I_zx of the members' own indicators (Rao 1948; Cox 1972, JRSS B 34:187).
 *
 * It is summed term by term as the formulas are written, in the covariates' own units and with Efron's ties.
 *
 * @param fit of cox() without the covariate, with neither weights, counts nor strata
 * @param covariates those of the fit
 * @param memberOf the member that each row counts for if it has the covariate, from 0; −1 for none
 * @param members how many there are
 */
export function memberScores(
  fit: CoxFit,
  covariates: Readonly<Record<string, Vector>>,
  memberOf: Int32Array,
  members: number,
): MemberScores {
  const { design } = solutionOf("memberScores", fit);
  refuseCounts("memberScores", design, "each row is that of one member");
  const rows = rowsOf(fit, design, covariates, memberOf);
  const q = rows.z.length;
  const sums: Sums = {
    residual: new Float64Array(members),
    information: new Float64Array(members * members),
    xz: new Float64Array(members * q),
    zz: new Float64Array(q * q),
  };
  const sets = riskSets(design);
  // Within a time in the caller's order: sums of numbers depend on theirs in the last digit.
  const order = Array.from(design.row.keys()).sort(
    (a, b) => design.time[a] - design.time[b] || design.row[a] - design.row[b],
  );
  for (let e = 0; e < sets.count; e++) {
    const atRisk = order.filter((i) => isAtRisk(design, sets, e, i));
    const [first, d] = [sets.first[e], sets.deaths[e]];
    for (let i = first; i < first + d; i++) {
      if (rows.memberOf[i] >= 0) sums.residual[rows.memberOf[i]]++;
    }
    for (let k = 0; k < d; k++) {
      const share = Float64Array.from(atRisk, (i) => rows.risk[i] * (i < first + d ? 1 - k / d : 1));
      addTerm(sums, rows, atRisk, share);
    }
  }
  takeOut(sums, q);
  const { residual, information } = sums;
  return { residual, information };
}

function rowsOf(
  { terms }: CoxFit,
  { row }: CoxDesign,
  covariates: Readonly<Record<string, Vector>>,
  memberOf: Int32Array,
): Rows {
  const eta = new Float64Array(row.length);
  for (const { name, coefficient } of terms) {
    for (let i = 0; i < eta.length; i++) eta[i] += coefficient * covariates[name][row[i]];
  }
  const largest = eta.reduce((a, b) => Math.max(a, b), -Infinity);
  return {
    risk: eta.map((value) => exp(value - largest)),
    z: Object.values(covariates).map((column) => Float64Array.from(row, (i) => column[i])),
    memberOf: Int32Array.from(row, (i) => memberOf[i]),
  };
}

/** Adds one term: the risk set with each row's share of its hazard, up to a factor. */
function addTerm(sums: Sums, { z, memberOf }: Rows, atRisk: readonly number[], share: Float64Array): void {
  const m = sums.residual.length;
  let total = 0;
  for (const value of share) total += value;
  for (let at = 0; at < share.length; at++) share[at] /= total;
  addCovariates(sums, z, memberOf, atRisk, share);
  const placed = Array.from(atRisk.keys()).filter((at) => memberOf[atRisk[at]] >= 0);
  for (const at of placed) {
    const member = memberOf[atRisk[at]];
    sums.residual[member] -= share[at];
    sums.information[member * m + member] += share[at];
    for (const other of placed) {
      sums.information[member * m + memberOf[atRisk[other]]] -= share[at] * share[other];
    }
  }
}

function addCovariates(
  { xz, zz }: Sums,
  z: readonly Float64Array[],
  memberOf: Int32Array,
  atRisk: readonly number[],
  share: Float64Array,
): void {
  const q = z.length;
  const mean = z.map((column) => atRisk.reduce((sum, i, at) => sum + share[at] * column[i], 0));
  atRisk.forEach((i, at) => {
    for (let j = 0; j < q; j++) {
      const d = share[at] * (z[j][i] - mean[j]);
      if (memberOf[i] >= 0) xz[memberOf[i] * q + j] += d;
      for (let l = 0; l <= j; l++) zz[j * q + l] += d * (z[l][i] - mean[l]);
    }
  });
}

/** W = I_xx − I_xz I_zz⁻¹ I_zx, in place. */
function takeOut({ information, residual, xz, zz }: Sums, q: number): void {
  const m = residual.length;
  const decomposition = cholesky(zz, q, 1e-11);
  const solved = Array.from({ length: m }, (_, a) => choleskySolve(decomposition, xz.subarray(a * q, a * q + q)));
  for (let a = 0; a < m; a++) {
    for (let b = 0; b < m; b++) {
      let sum = 0;
      for (let j = 0; j < q; j++) sum += xz[a * q + j] * solved[b][j];
      information[a * m + b] -= sum;
    }
  }
}
