import { codings, loadFreeThe20, loadLongList, releaseOutcomes } from "../../lib/data";
import { campaign } from "../../lib/data/schema";
import {
  custodyFigure,
  type Figure,
  forestFigure,
  intervalFigure,
  permutationFigure,
  predictionFigure,
  survivalFigure,
} from "../../lib/figures";
import { binomialInterval, seededRandom } from "../../lib/statistics";
import { kaplanMeier, logRank } from "../../lib/survival";
import { cox, predictSurvival } from "../../lib/survival/cox";
import { controlGroupFigures } from "./gallery-control-group";
import { diagnosticFigures } from "./gallery-diagnostics";
import { mechanismFigures } from "./gallery-mechanisms";
import { specifications } from "./gallery-specifications";

/** One figure of each kind, over the project's data and over made-up data that strain the layout. */
export function galleryFigures(): Readonly<Record<string, () => Figure>> {
  return {
    "survival-long-list": longList,
    "survival-by-hand": byHand,
    "survival-crowded": crowded,
    "survival-landmark": landmark,
    "survival-extended": extended,
    "custody-19": () => custody(loadFreeThe20()),
    "custody-19-broad": () => custody(loadFreeThe20({ coding: "broad" })),
    "custody-37": () => custody(loadLongList()),
    permutation,
    "intervals-codings": intervals,
    "intervals-reference": reference,
    ...controlGroupFigures,
    ...mechanismFigures,
    ...diagnosticFigures,
    "forest-four-models": fourModels,
    "forest-one-model": oneModel,
    "prediction-two-patterns": predictions,
    "specification-curve": specifications,
  };
}

function longList(): Figure {
  const women = loadLongList();
  const outcomes = releaseOutcomes(women, { clock: "launch" });
  return survivalFigure(kaplanMeier(outcomes, { order: ["short list", "long list"] }), {
    data: women,
    title: "Release after the launch of the campaign",
    eventLabel: "released",
    pValue: logRank(outcomes).pValue,
  });
}

/** What readers preferred: at risk, events and censored under the curves, and differences at times fixed beforehand. */
function extended(): Figure {
  const women = loadLongList();
  const outcomes = releaseOutcomes(women, { clock: "launch" });
  return survivalFigure(kaplanMeier(outcomes, { order: ["short list", "long list"] }), {
    data: women,
    eventLabel: "released",
    counts: "extended",
    differencesAt: [12, 24, 36],
  });
}

function byHand(): Figure {
  return survivalFigure(kaplanMeier({ time: [3, 8, 8, 20, 36], event: [1, 1, 0, 1, 0] }), {
    data: { provenance: "public-record" },
    title: "Five women",
    eventLabel: "released",
    band: false,
  });
}

/** Six groups with long names whose curves end close together; some end early, one at 0. */
function crowded(): Figure {
  const names = [
    "human-rights defenders and lawyers",
    "journalists",
    "<b>bold</b> & students",
    "politicians of the opposition",
    "relatives",
    "others",
  ];
  const random = seededRandom(7);
  const women = names.flatMap((group, at) =>
    Array.from({ length: 20 }, () => {
      const time = Math.ceil(random.next() * (at === 4 ? 14 : 30) + 1);
      return { group, time, event: at === 4 || random.next() < 0.6 };
    }),
  );
  const outcome = {
    time: women.map((w) => w.time),
    event: women.map((w) => w.event),
    group: women.map((w) => w.group),
  };
  return survivalFigure(kaplanMeier(outcome), {
    data: { provenance: "synthetic" },
    title: "A long title that has to be broken into several lines, about groups whose curves end close together",
    eventLabel: "released",
    pValue: 0.31,
  });
}

function landmark(): Figure {
  const outcome = {
    time: [2, 14, 30, 47, 60, 75, 90, 110, 130, 170],
    event: [1, 1, 0, 1, 1, 0, 1, 1, 0, 0],
    group: [..."aabbaabbab"],
  };
  return survivalFigure(kaplanMeier(outcome, { interval: "log-log" }), {
    data: { provenance: "synthetic" },
    title: "Time since arrest",
    timeLabel: "Months since arrest",
    landmark: { time: 12, label: "comparison starts" },
  });
}

function custody(women: ReturnType<typeof loadLongList> | ReturnType<typeof loadFreeThe20>): Figure {
  return custodyFigure(women.rows, {
    data: women,
    title: `In custody before and after ${campaign().name}`,
    subtitle: women.coding.title,
  });
}

function permutation(): Figure {
  const random = seededRandom(1);
  const values = Array.from({ length: 5000 }, () => random.normal() ** 2);
  return permutationFigure(values, 2.1, {
    data: { provenance: "synthetic" },
    title: "Log-rank statistic under permutation of the lists",
    statisticLabel: "Log-rank chi-square",
    pValue: 0.147,
  });
}

function intervals(): Figure {
  return intervalFigure(
    codings().map((coding) => ({ label: coding.name, ...binomialInterval(coding.released, coding.of) })),
    {
      data: loadFreeThe20(),
      title: "Share of the nineteen released, by coding",
      subtitle: "exact 95% intervals",
      valueLabel: "Released by 1 September 2018",
      percent: true,
      digits: 1,
    },
  );
}

function reference(): Figure {
  const rows = [
    { label: "Model 1, with a long name that needs two lines", estimate: 2.22, lower: 1.28, upper: 3.83 },
    { label: "Model 2", estimate: 1.86, lower: 0.99, upper: 3.48 },
  ];
  return intervalFigure(rows, {
    data: { provenance: "published" },
    title: "Hazard ratios",
    valueLabel: "Hazard ratio",
    reference: { value: 1, label: "no difference" },
  });
}

/** Made-up rows: two of the regions are so rare that their intervals leave the axis. */
function madeUp() {
  const random = seededRandom(11);
  const rows = Array.from({ length: 200 }, (_, i) => ({
    "Free the 20": i % 10 === 0 ? 1 : 0,
    "Any <Medical> & Legal Concerns": random.next() < 0.4 ? 1 : 0,
    "Middle East": i % 3 === 0 ? 1 : 0,
    Americas: i === 7 || i === 8 ? 1 : 0,
    Africa: i === 1 || i === 4 ? 1 : 0,
  }));
  const time = rows.map((row) => 2 + (-Math.log(1 - random.next()) * 70) / (1 + row["Free the 20"]));
  const event = rows.map((row, i) => row.Africa === 0 && i % 2 === 0);
  type Name = keyof (typeof rows)[number];
  const modelOf = (...names: Name[]) =>
    cox({
      time,
      event,
      covariates: Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name])])),
    });
  return {
    crude: modelOf("Free the 20"),
    characteristics: modelOf("Free the 20", "Any <Medical> & Legal Concerns"),
    regions: modelOf("Free the 20", "Middle East", "Americas", "Africa"),
    all: modelOf("Free the 20", "Any <Medical> & Legal Concerns", "Middle East", "Americas", "Africa"),
  };
}

function fourModels(): Figure {
  const models = Object.values(madeUp()).map((fit, at) => ({ label: `(${at + 1})`, fit }));
  return forestFigure(models, {
    data: { provenance: ["public-record", "synthetic"] },
    title: "Four models of the time to release, with intervals that leave the axis",
  });
}

function oneModel(): Figure {
  return forestFigure([{ label: "all", fit: madeUp().all }], {
    data: { provenance: "public-record" },
    title: "One model",
    subtitle: "made-up rows",
  });
}

function predictions(): Figure {
  const pattern = (featured: number) => ({ "Free the 20": featured, "Any <Medical> & Legal Concerns": 0 });
  const labels = ["featured", "not featured"];
  const curves = predictSurvival(madeUp().characteristics, [pattern(1), pattern(0)]);
  return predictionFigure(
    curves.map((curve) => ({ ...curve, label: labels[curve.row] ?? "" })),
    {
      data: { provenance: ["public-record", "synthetic"] },
      title: "The same woman, featured or not",
      timeLabel: "Months since arrest",
      until: 120,
    },
  );
}
