import { coefficientOverTime, logMinusLog } from "../../lib/diagnostics";
import { bandFigure, driftFigure, type Figure, influenceFigure, logMinusLogFigure } from "../../lib/figures";
import { seededRandom } from "../../lib/statistics";
import { exp, log } from "../../lib/statistics/elementary";
import { cox, influence, kaplanMeier, restrictedMeanDifference } from "../../lib/survival";

const SYNTHETIC = { provenance: "synthetic" } as const;

/** Women of two groups whose hazard ratio turns half-way; one of the small group is held throughout. */
const women = (() => {
  const random = seededRandom(8);
  const rows = Array.from({ length: 120 }, (_, i) => {
    const x = i % 6 === 0 ? 1 : 0;
    const early = -24 * log(1 - random.next()) * (x === 1 ? 0.4 : 1);
    const time = early < 20 ? early : 20 - 24 * log(1 - random.next()) * (x === 1 ? 2 : 1);
    return i === 0 ? { x, time: 96, event: 0 } : { x, time: Math.min(time, 90), event: time < 90 ? 1 : 0 };
  });
  return {
    time: rows.map(({ time }) => time),
    event: rows.map(({ event }) => event),
    x: rows.map(({ x }) => x),
    labels: rows.map(({ x }, i) => ({
      group: x === 1 ? "featured" : "not featured",
      name: x === 1 ? `Woman <${i}> & co` : null,
    })),
  };
})();

const model = () => cox({ time: women.time, event: women.event, covariates: { x: women.x } });

/** Figures of lib/diagnostics over made-up women. */
export const diagnosticFigures: Readonly<Record<string, () => Figure>> = {
  drift: () => {
    const [drift] = coefficientOverTime(model());
    return driftFigure(drift, { data: SYNTHETIC, title: "A ratio that turns half-way", rows: women.labels });
  },
  "drift-plain": () => {
    const [drift] = coefficientOverTime(model(), { transform: "identity", df: 3 });
    return driftFigure(drift, { data: SYNTHETIC, title: "The same against time itself", subtitle: "df = 3" });
  },
  influence: () => {
    const fit = model();
    const [term] = fit.terms;
    const points = influence(fit).map(({ row, dfbeta }) => ({
      x: women.time[row],
      ratio: exp(term.coefficient - dfbeta[0]),
      ...women.labels[row],
    }));
    const options = { title: "Who carries the estimate?", ratio: term.hazardRatio, valueLabel: "Months" };
    return influenceFigure(points, { data: SYNTHETIC, ...options });
  },
  "log-minus-log": () => {
    const group = women.labels.map((label) => label.group);
    const curves = kaplanMeier({ time: women.time, event: women.event, group }).map(logMinusLog);
    return logMinusLogFigure(curves, { data: SYNTHETIC, title: "Parallel, or not?" });
  },
  band: () => {
    const group = women.labels.map((label) => label.group);
    const [one, other] = kaplanMeier({ time: women.time, event: women.event, group });
    const taus = Array.from({ length: 29 }, (_, k) => 6 + 3 * k);
    return bandFigure(
      taus.map((tau) => ({ x: tau, ...restrictedMeanDifference(one, other, tau) })),
      {
        data: SYNTHETIC,
        title: "Months in custody, featured less others",
        choiceLabel: "tau, months",
        valueLabel: "Difference, months",
        marks: [{ x: 36, label: "36 months" }],
      },
    );
  },
};
