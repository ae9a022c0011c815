import { InvalidInputError } from "../../statistics";
import { calledAs, checkLength, cholesky, choleskySolve } from "../../statistics/inner";
import type { CoxInput } from "../cox/design";
import { likelihoodOf, solutionOf } from "../cox/engine";
import { cox } from "../cox/fit";
import { scoreResiduals } from "../cox/score-residuals";
import type { Labels } from "../outcome";

export interface WildScoreTest {
  /** ΣU / √(ΣU²) over clusters. */
  readonly z: number;
  /** Share of all ways to give clusters a sign whose |ΣU| is as large, two-sided and exact in that sense. */
  readonly pValue: number;
  /** Sign vectors gone through; a vector and its mirror count as one. */
  readonly combinations: number;
  /** Efficient score of each cluster at the fit without the covariate, in increasing order of label. */
  readonly clusters: readonly { readonly cluster: string; readonly score: number }[];
}

const MOST = 22;

/**
 * The wild score bootstrap of one coefficient of a Cox model whose rows come in few clusters (Kline and Santos 2012,
 * Journal of Econometric Methods 1:23; for few clusters MacKinnon, Nielsen and Webb 2023, Journal of Applied Econometrics
 * 38:671).
 *
 * One wants it where a sandwich rests on a dozen clusters. The null hypothesis is imposed: the model is fitted without the
 * covariate, each cluster's efficient score U is its score residuals less what other covariates explain of them, and signs
 * of whole clusters are flipped (Rademacher weights). With so few clusters all sign vectors are gone through, so that there
 * is no seed. No p value can be below 2^(1 − clusters).
 *
 * @param input as for cox(), with cluster, from 3 to 22 labels; weights, counts and strata as there
 * @param term the covariate
 * @throws {InvalidInputError} for other numbers of clusters, a covariate that is not there, and as cox()
 * @example wildScoreTest({ time, event, covariates: { featured }, cluster: country }, "featured").pValue
 */
export function wildScoreTest(input: CoxInput & { readonly cluster: Labels }, term: string): WildScoreTest {
  const action = "wildScoreTest";
  const { cluster, ...rest } = input;
  if (cluster === undefined)
    throw new InvalidInputError(`${action}: cluster is missing; a label for each row is needed`, "cluster");
  checkLength(action, "cluster", cluster, input.time.length);
  const labels = Array.from(cluster, String);
  const names = [...new Set(labels)].sort((a, b) => (a < b ? -1 : 1));
  if (names.length < 3 || names.length > MOST)
    throw new InvalidInputError(`${action}: there are ${names.length} clusters; 3 to ${MOST} are needed`, "cluster");
  const { row, score } = calledAs(action, () => efficientScores(rest, term));
  const sums = new Map(names.map((name) => [name, 0]));
  row.forEach((original, at) => {
    const label = labels[original];
    sums.set(label, (sums.get(label) ?? 0) + score[at]);
  });
  const scores = names.map((name) => sums.get(name) ?? 0);
  const total = scores.reduce((sum, value) => sum + value, 0);
  const size = Math.sqrt(scores.reduce((sum, value) => sum + value * value, 0));
  const limit = Math.abs(total) - 1e-12 * size;
  const combinations = 1 << (names.length - 1);
  let reached = 0;
  for (let signs = 0; signs < combinations; signs++) {
    // The first cluster keeps its sign: the mirror has the same size.
    const flipped = scores.reduce((sum, value, g) => sum + (g > 0 && (signs >> (g - 1)) & 1 ? -value : value), 0);
    if (Math.abs(flipped) >= limit) reached++;
  }
  return {
    z: size > 0 ? total / size : 0,
    pValue: reached / combinations,
    combinations,
    clusters: names.map((name, g) => ({ cluster: name, score: scores[g] })),
  };
}

/** Score residuals of a covariate at the fit without it, less what the others explain: u_x − I_xz·I_zz⁻¹·u_z, weighted. */
function efficientScores(input: CoxInput, term: string): { row: Uint32Array; score: Float64Array } {
  const { [term]: tested, ...others } = input.covariates;
  if (tested === undefined) {
    const known = Object.keys(input.covariates).join(", ");
    throw new InvalidInputError(`cox: no covariate is named "${term}"; there are ${known || "none"}`, "term");
  }
  const { design } = solutionOf("wildScoreTest", cox(input));
  const without = cox({ ...input, covariates: others });
  const { n, names, scale, weights, row } = design;
  const known = new Map(without.terms.map(({ name, coefficient }) => [name, coefficient]));
  const { sums, plain } = likelihoodOf(design, {});
  const { information } = plain(Float64Array.from(names, (name, j) => (known.get(name) ?? 0) * scale[j]));
  const residuals = scoreResiduals(sums);
  const [x, p] = [names.indexOf(term), names.length];
  const z = names.flatMap((_, j) => (j === x ? [] : [j]));
  const block = Float64Array.from({ length: z.length * z.length }, (_, at) => {
    return information[z[Math.floor(at / z.length)] * p + z[at % z.length]];
  });
  const shares =
    z.length === 0
      ? []
      : choleskySolve(
          cholesky(block, z.length, 1e-10),
          Float64Array.from(z, (j) => information[x * p + j]),
        );
  const score = Float64Array.from({ length: n }, (_, i) => {
    let value = residuals[x * n + i];
    z.forEach((j, k) => {
      value -= shares[k] * residuals[j * n + i];
    });
    // In the covariate's own units.
    return value * scale[x] * (weights === null ? 1 : weights[i]);
  });
  return { row, score };
}
