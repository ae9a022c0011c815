import { beliefFigure, evidenceWeightFigure, type Figure, priorNeededFigure } from "../../lib/figures";
import {
  beliefSensitivity,
  equalPriors,
  HYPOTHESIS_NAMES,
  hypothesis,
  likelihoodsFromWords,
  loadEvidence,
  updateBeliefs,
} from "../../lib/paper/mechanisms";

/** Beliefs in five hypotheses over the public evidence, and what they depend on. */
export const mechanismFigures: Readonly<Record<string, () => Figure>> = {
  beliefs,
  "evidence-weights": weights,
  "priors-needed": priors,
};

const evidence = () => loadEvidence();
const updated = () => updateBeliefs(equalPriors(), likelihoodsFromWords(evidence().rows));

function beliefs(): Figure {
  return beliefFigure(updated(), {
    data: evidence(),
    title: "Beliefs after each piece of evidence",
    subtitle: "illustrative likelihoods: a reader's judgement",
    names: HYPOTHESIS_NAMES,
  });
}

function weights(): Figure {
  const { leader, runnerUp, pieces } = beliefSensitivity(updated());
  return evidenceWeightFigure(pieces, {
    data: evidence(),
    title: "What the order of the first two rests on",
    hypotheses: [hypothesis(leader).name, hypothesis(runnerUp).name],
  });
}

function priors(): Figure {
  const rows = beliefSensitivity(updated()).priors.map((row) => ({
    label: hypothesis(row.hypothesis).name,
    prior: row.prior,
    needed: row.priorToDrawLevel,
  }));
  return priorNeededFigure([...rows, { label: "A rival that nothing saves", prior: 0, needed: null }], {
    data: evidence(),
    title: "How far would one have to believe it beforehand?",
  });
}
