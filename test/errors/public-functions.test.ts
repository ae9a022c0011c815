import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import * as attention from "../../lib/attention";
import * as comparability from "../../lib/comparability";
import * as data from "../../lib/data";
import * as dates from "../../lib/dates";
import * as figures from "../../lib/figures";
import * as imputation from "../../lib/imputation";
import * as notebook from "../../lib/notebook";
import * as ownCampaign from "../../lib/own-campaign";
import * as paper from "../../lib/paper";
import * as resampling from "../../lib/resampling";
import * as statistics from "../../lib/statistics";
import * as survival from "../../lib/survival";
import * as tables from "../../lib/tables";
import * as teaching from "../../lib/teaching";
import * as timeSeries from "../../lib/time-series";
import { SMALL, small as smallFile } from "../own-campaign/support";
import { fc } from "../support/property";
import {
  type Arguments,
  args,
  arms,
  asMade,
  bool,
  cause,
  censoredIntervals,
  clusteredCox,
  competing,
  competingGroups,
  confidence,
  count,
  coxInput,
  coxOptions,
  dataset,
  day,
  featuredWomen,
  few,
  fineGrayInput,
  groups,
  interval,
  intervention,
  isAsMade,
  list,
  made,
  one,
  outcome,
  outcomeMaybeGroups,
  scored,
  seed,
  series,
  share,
  small,
  some,
  sourced,
  tests,
  title,
  values,
  whole,
  word,
} from "./small-inputs";

/**
 * One family of errors: on small and degenerate inputs every public function gives finite numbers, or throws an error of
 * the project whose message starts with the function's name.
 *
 * An error about a file (DataError) names the file instead, in the words that notebooks show.
 */

const DOORS = {
  statistics,
  dates,
  survival,
  comparability,
  resampling,
  imputation,
  "time-series": timeSeries,
  data,
  attention,
  tables,
  paper,
  figures,
  teaching,
  notebook,
  "own-campaign": ownCampaign,
};

/** Functions that do not hold the rule yet, and why. */
const PENDING: Readonly<Record<string, string>> = {};

/** Numbers that may be infinite, or NaN where that is said, by function and property, as docstrings announce them. */
const OPEN: Readonly<Record<string, readonly string[]>> = {
  // Quantiles at probabilities of 0 and 1.
  normalQuantile: [""],
  studentTQuantile: [""],

  // Limits of a hazard ratio that has no finite maximum.
  cox: ["terms.upper"],
  coxByTransition: ["fit.terms.upper"],
  leaveClusterOut: ["fit.terms.upper"],
  fineGray: ["fit.terms.upper"],
  bootstrapCox: ["fit.terms.upper"],
  // Of tails that are 0.
  logChiSquareUpperTail: [""],
  logNormalUpperTail: [""],
  logTwoSidedP: [""],
  // A line that fits without a rest.
  interruptedTimeSeries: ["terms.t", "aic"],
  interventionTerms: ["t"],
  placeboDates: ["placebos.t", "actual.t"],
  // The caller's own values.
  table: ["rows", "rows (NaN)"],
  takeRows: ["", " (NaN)"],
  // What a model was given stands beside the reason why it has no fit.
  tableOneModels: ["fit.terms.upper", "input.time", "input.time (NaN)"],
  regressionTable: ["rows.cells.lower", "rows.cells.upper"],
  // Ratios of an open limit.
  eValue: ["riskRatio.upper"],
  chiSquareQuantile: [""],
  analyseCampaign: ["models.fit.terms.upper"],
  campaignModels: ["fit.terms.upper"],
  tableOneFits: ["fit.terms.upper"],
  termOf: ["upper"],
  // A censored row's end lies anywhere beyond.
  turnbull: ["intervals.upper"],
  loadCampaign: ["upper"],
  spellRows: ["upper"],
  // A coefficient without an error.
  coefficientTest: ["t"],
  // What is ruled out.
  updateBeliefs: hypotheses().map((name) => `logPosterior.${name}`),
  decibels: [""],
  processTracingTest: ["passing", "failing"],
  beliefSensitivity: ["priors.evidence"],
};

const CASES = process.env.HRD_EVERY === "1" ? 1000 : 25;

// Values that functions of the library make of small inputs.

const curve = made(outcome, (input) => survival.kaplanMeier(input)[0]);
const curves = fc.oneof(
  made(groups, (input) => survival.kaplanMeier(input)),
  fc.array(curve, { maxLength: 3 }),
);
const logRankTest = made(groups, (input) => survival.logRank(input));
const fit = made(coxInput, (input) => survival.cox(input), 120);
const parametricInput = coxInput.map((input) => ({ ...input, strata: undefined }));
const form = one("exponential", "weibull", "lognormal", "loglogistic", "gompertz", "gamma");
const smoothFit = fc.oneof(
  made(parametricInput, (input) => survival.parametric(input, { distribution: "weibull" }), 40),
  made(parametricInput, (input) => survival.flexibleParametric(input), 40),
  made(parametricInput, (input) => survival.splitPopulation(input), 40),
);
const states = fc
  .integer({ min: 1, max: 8 })
  .chain((n) =>
    whole(
      { time: list(one(1, 2, 3, 5, 8), n), state: list(one("bail", "free", "censored", 0), n) },
      { entry: list(one(0, 1, 2), n), id: list(one("a", "b", 3), n), from: list(one("start", "bail"), n) },
    ),
  );
const occupation = made(outcome, ({ time, event }) =>
  survival.stateOccupation({ time, state: Array.from(event, (e) => (e ? "free" : 0)) }),
);
const squareTime = asMade(survival.timeTransform("x", (time) => time * time));
const incidences = made(competing, (input) => survival.cumulativeIncidence(input));
const fineGrayFit = made(fineGrayInput, (input) => survival.fineGray(input, { cause: "released" }), 200);
const turnbullCurve = made(censoredIntervals, (input) => survival.turnbull(input)[0]);
const drift = made(coxInput, (input) => survival.coefficientOverTime(survival.cox(input))[0], 120);
const logMinusLogs = made(outcome, (input) => survival.logMinusLog(survival.kaplanMeier(input)[0]));
const lineFit = made(few(small, 3), (y) => timeSeries.linearRegression(y, { t: y.map((_, i) => i) }));
const timeSeriesOf = made(series, (input) => asSeries(input));
const interrupted = made(
  fc.tuple(series, one("level and slope", "pulse and level")),
  ([input, model]) =>
    timeSeries.interruptedTimeSeries(asSeries(input), {
      intervention: "2015-09-01",
      lag: 1,
      ...modelOf(model),
    }),
  200,
);
const spell = whole({
  id: word,
  featured: bool,
  arrested: day,
  until: day,
  released: bool,
  provenance: one("synthetic", "public-record"),
});

function asSeries(input: { dates: string[]; values: number[] }): timeSeries.TimeSeries {
  const { dates: days, values: found } = input;
  return {
    name: "a",
    unit: "stories",
    period: "day",
    dates: days.map((_, i) => dates.isoDay(16_670 + i)),
    values: found,
    below: found.map(() => false),
    incomplete: 0,
    file: "a.csv",
    own: false,
    provenance: ["synthetic"],
  };
}

function modelOf(name: string): { model: timeSeries.InterruptionModel } {
  return { model: name === "pulse and level" ? "pulse and level" : "level and slope" };
}

const prisoners = asMade(data.loadPrisoners());
const reports = asMade(data.loadUrgentActions());
const published = asMade(data.loadPublished());
const evidence = asMade(paper.loadEvidence());
const group = asMade(paper.controlGroup(reports, prisoners));
const controlWomen = fc.subarray([...group.women].map(asMade), { maxLength: 12 });
const reportRows = fc.subarray(reports.rows.slice(0, 30).map(asMade));
const someEvidence = fc.subarray([...evidence.rows].map(asMade)).map((rows) => asMade({ ...evidence, rows }));
const controlGroups = controlWomen.map((rows) => {
  const held = group.prisoners.filter(({ id }) => rows.some((woman) => woman.id === id));
  return asMade({ ...group, women: rows, prisoners: held, complete: held, rows: held });
});
const tableOneRows = controlGroups.map((some) => paper.tableOneData(some));
const tableOneModels = made(tableOneRows, (rows) => paper.tableOneModels(rows), 8);
const comparison = made(tableOneModels, (models) => paper.compareWithPrinted(models, published.table1), 8);

const folder = mkdtempSync(path.join(tmpdir(), "hrd-errors-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const nowhere = args(some({ from: one("nowhere", folder, "package.json", "") }));
const nowhereCoded = args(
  some({ from: one("nowhere", folder, "package.json"), coding: one("strict", "broad", "nowhere", "") }),
);

// A reader's own file.

const line = fc.tuple(
  one("a", "b", "c", ""),
  one("2016-01-01", "2016-02", "someday", ""),
  one("2016-05-01", "2015", "", ""),
  one("yes", "no", "maybe"),
);
const files = fc
  .sample(
    fc.array(
      line.map((cells) => cells.join(",")),
      { maxLength: 6 },
    ),
    { seed: 1, numRuns: 30 },
  )
  .map((lines, i) =>
    written(`rows-${i}.csv`, smallFile(...lines.map((text, at) => text.replace(/^./, (id) => id + at)))),
  );
const goodFiles = [1, 2, 6].map((n) =>
  written(
    `good-${n}.csv`,
    smallFile(
      ...Array.from(
        { length: n },
        (_, i) => `p${i},2016-0${i + 1}-01,${i % 3 === 0 ? "" : "2017-01-01"},${i % 2 === 0 ? "yes" : "no"}`,
      ),
    ),
  ),
);
const campaigns = await Promise.all(goodFiles.map(async (file) => asMade(await ownCampaign.loadCampaign(file, SMALL))));
const campaignData = one(...campaigns);
const analysed = one(
  ...(
    await Promise.all(
      campaigns.map(async (campaign) => {
        const analysis = await ownCampaign.analyseCampaign(campaign).catch(() => null);
        return analysis === null ? [] : [[campaign, asMade(analysis)]];
      }),
    )
  ).flat(),
);

function written(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

// A small multiverse.

const level = whole({ name: one("one", "two", "three"), label: word, reasoning: word });
const choices = fc.array(whole({ name: one("first", "second", "third"), label: word, levels: few(level) }), {
  maxLength: 3,
});
// Women, who are dealt labels one by one.
const ofWomen = coxInput.map((input) => ({ ...input, counts: undefined }));
const smallMultiverse = made(fc.array(ofWomen, { minLength: 4, maxLength: 4 }), (inputs) => designOf(inputs));
const multiverseRun = made(smallMultiverse, (design) => paper.multiverse(design));

function designOf(inputs: readonly survival.CoxInput[]): paper.MultiverseDesign {
  const levels = ["0", "1"].map((name) => ({ name, label: `level ${name}`, reasoning: "" }));
  return {
    choices: ["first", "second"].map((name) => ({ name, label: name, levels })),
    analyse: ({ first, second }) => {
      const input = inputs[2 * Number(first) + Number(second)];
      const n = input.time.length;
      if (n === 0) return { reason: "nobody is left" };
      const rows = Array.from({ length: n }, (_, i) => i);
      return { input, n, women: rows, couldBeTreated: rows.map(() => true), notes: [] };
    },
    term: "featured",
    provenance: ["synthetic"],
  };
}

const selectionDesign = whole(
  {
    proposed: one(2, 5),
    featured: one(1, 2),
    ripe: one(0, 1, 2),
    odds: one(1, 3),
    releasedIfRipe: one(0.5, 0.9),
    releasedOtherwise: one(0.1),
    followUp: one(36),
  },
  { hazardRatio: one(1, 2) },
);

// Beliefs.

function hypotheses(): string[] {
  return ["rain", "sprinkler", "hose"];
}

const priors = whole(Object.fromEntries(hypotheses().map((name) => [name, one(0, 1, 0.2, 3)])));
const judged = whole({
  id: one("wet", "clouds", "noise"),
  label: word,
  likelihoods: whole(Object.fromEntries(hypotheses().map((name) => [name, share]))),
});
const beliefs = made(
  fc.array(fc.array(one(0, 0.01, 0.5, 0.9, 1), { minLength: 3, maxLength: 3 }), { maxLength: 4 }),
  (pieces) =>
    paper.updateBeliefs(
      { rain: 1, sprinkler: 1, hose: 2 },
      pieces.map(([rain, sprinkler, hose], i) => ({
        id: `${i}`,
        label: `piece ${i}`,
        likelihoods: { rain, sprinkler, hose },
      })),
    ),
);

// Tables.

const cell = fc.oneof(word, small, bool, one(null), one({ text: "a", url: "https://a.example/" }), few(word));
const tableRows = few(whole({ name: word, value: cell, provenance: one("synthetic", "own", "nowhere") }));
const tableOptions = some({
  columns: few(
    fc.oneof(
      one("name", "value", "nowhere"),
      whole({ label: word, value: one("name", "value", "nowhere") }, { unit: word, digits: one(0, 2), percent: bool }),
    ),
  ),
  caption: word,
  notes: few(word),
  data: sourced,
});
const made_table = made(fc.tuple(few(whole({ name: word, value: small })), word), ([rows, caption]) =>
  tables.table(rows, { caption }),
);
const regressionTable = made(few(fit, 1), (fits) =>
  tables.regressionTable(fits, { data: { provenance: ["synthetic"] } }),
);

// Figures.

/** Options of a figure: those that it needs, and those that it may have. */
const figure = (
  needed: Record<string, fc.Arbitrary<unknown>> = {},
  optional: Record<string, fc.Arbitrary<unknown>> = {},
): fc.Arbitrary<object> => whole({ data: sourced, title, ...needed }, { subtitle: word, ...optional });
const count2 = fc.integer({ min: 0, max: 20 });
const flowPart = { label: word, count: count2 };
const campaignDays = one({ launch: "2015-09-01", endOfFollowUp: "2018-09-01" });

const verdicts = whole({
  computed: few(
    fc
      .record({ claim: one(1, 7, 99), notebook: word, cellId: word })
      .map((found) => asMade({ verdict: "attainable", basis: "public record", cell: 1, ...found })),
  ),
});

type Entries = Readonly<Record<string, Arguments>>;

const TABLE: Readonly<Record<keyof typeof DOORS, Entries>> = {
  statistics: {
    binomialInterval: args(count, count, confidence),
    chiSquareQuantile: args(share, small, one("lower", "upper", "both")),
    chiSquareUpperTail: args(small, small),
    logChiSquareUpperTail: args(one(0, 1, 2000, -1), small),
    logNormalUpperTail: args(one(-50, 0, 3, 60)),
    logTwoSidedP: args(one(-50, 0, 3, 60)),
    combinations: args(count, count),
    logCombinations: args(count, count),
    holm: args(tests),
    normalCdf: args(small),
    normalQuantile: args(share),
    normalUpperTail: args(small),
    twoSidedP: args(small),
    seededRandom: args(seed, seed),
    studentTQuantile: args(share, small),
    fUpperTail: args(small, small, small),
    studentTTwoSidedP: args(small, small),
    studentTUpperTail: args(small, small),
  },
  dates: {
    addMonths: args(day, one(0, 1, -30, 36)),
    dayNumber: args(day),
    daysInMonth: args(one(2015, 2016), one(1, 2, 12)),
    isoDay: args(one(0, 16_679, -400_000, 1e9)),
    dateInterval: args(
      one(null, dates.partialDate("2015-09")),
      fc.oneof(one(null), whole({ earliest: day, latest: day })),
    ),
    midpoint: args(interval),
    monthsBetween: args(day, day),
    partialDate: args(fc.oneof(day, one("2015", "2015-13", "2015-9-1"))),
    pointOf: args(interval, one("reported", "earliest", "midpoint", "latest")),
  },
  survival: {
    concordance: args(fc.oneof(fit, scored)),
    atTimes: args(curve, values),
    survivalDifferences: args(curve, curve, values, some({ confidence })),
    quantile: args(curve, share),
    kaplanMeier: args(
      outcomeMaybeGroups,
      some({
        confidence,
        interval: one("log", "log-log", "plain", "logit", "arcsin", "none", "no"),
        order: few(one("a", "b")),
        robust: bool,
        stype: one(1, 2, 3),
        ctype: one(1, 2),
        confLower: one("usual", "peto", "modified", "Peto"),
      }),
    ),
    logRank: args(
      groups,
      some({
        rho: one(0, 1, -1),
        weighting: one("gehan", "tarone-ware", "peto-peto", "peto"),
        order: few(one("a", "b")),
      }),
    ),
    logRankTrend: args(groups, some({ rho: one(0, 1), order: few(one("a", "b")), scores: values })),
    pairwiseLogRank: args(groups, some({ rho: one(0, 1), order: few(one("a", "b")) })),
    factor: args(word, some({ reference: word, levels: few(word) })),
    interaction: args(word, word),
    modelFrame: args(
      few(
        whole({
          time: one(1, 2, 3, null),
          event: one(0, 1),
          x: one(1, 2, null),
          country: one("Iran", "Russia", null),
        }),
      ),
      whole(
        { time: one("time"), event: one("event") },
        {
          covariates: few(
            fc.oneof(
              one("x", "country"),
              one(survival.factor("country"), survival.interaction("x", "country")).map(asMade),
            ),
          ),
          strata: one("country"),
          weights: one("x"),
        },
      ).map((specification) => ({ covariates: [], ...specification })),
    ),
    restrictedMean: args(curve, small),
    restrictedMeanDifference: args(curve, curve, small, confidence),
    cumulativeIncidence: args(
      competing,
      some({ confidence, interval: one("log", "plain"), order: few(one("a", "b")), causes: few(cause) }),
    ),
    incidenceAtTimes: args(
      incidences.map(([first]) => asMade(first)),
      values,
    ),
    fineGray: args(fineGrayInput, whole({ cause }, { robust: bool, ridge: one(0.5), maxIterations: one(20) })),
    predictIncidence: args(fineGrayFit, few(fc.record({ x: small, featured: one(0, 1) })), some({ confidence })),
    fineGrayData: args(fineGrayInput, whole({ cause })),
    grayTest: args(competingGroups, some({ rho: one(0, 1), order: few(one("a", "b")) })),
    cox: args(coxInput, coxOptions),
    baselineHazard: args(fit, some({ centered: bool })),
    linearPredictors: args(fit),
    termOf: args(fit, one("x", "featured", "nobody")),
    predictSurvival: args(
      fit,
      few(some({ x: small, featured: one(0, 1), constant: small })),
      some({ confidence, interval: one("log", "log-log", "plain") }),
    ),
    predict: args(
      fit,
      few(
        whole(
          { x: small, featured: one(0, 1), constant: one(3) },
          { time: one(0, 2), entry: one(0, 1), stratum: one("a", 1), offset: small },
        ),
      ),
      some({
        type: one("lp", "risk", "expected", "survival"),
        standardError: bool,
        reference: one("strata", "sample", "zero"),
        collapse: few(one("a", "b")),
      }),
    ),
    adjustedCurves: args(
      fit,
      whole(
        { arms: one({ one: { x: 1 }, none: { x: 0 } }, { one: { featured: 1 } }, {}) },
        { times: values, tau: small, confidence, interval: one("log", "plain") },
      ),
    ),
    compareFits: args(fit, fit),
    jointTest: args(fit, few(one("x", "featured", "constant"))),
    splitAt: args(outcome, values),
    timeTransform: args(
      one("x", ""),
      one((t: number) => t),
      one("t", ""),
    ),
    atEventTimes: args(coxInput, few(fc.constant(squareTime))),
    hazardRatioOverTime: args(
      made(coxInput, (input) => survival.cox(survival.atEventTimes(input, [squareTime]))),
      fc.constant([squareTime]),
      values,
      some({ confidence }),
    ),
    proportionalHazards: args(
      fit,
      some({ transform: one("km", "rank", "identity", "log"), joint: some({ both: few(one("x", "featured")) }) }),
    ),
    influence: args(fit),
    residuals: args(fit, one("martingale", "deviance", "score", "dfbeta", "dfbetas", "schoenfeld", "scaledSchoenfeld")),
    coefficientOverTime: args(
      fit,
      some({ transform: one("km", "rank", "identity", "log"), df: one(1, 2, 4), points: one(1, 5) }),
    ),
    eventsPerCovariate: args(coxInput),
    tiedEvents: args(outcome),
    leaveClusterOut: args(clusteredCox, coxOptions),
    wildScoreTest: args(clusteredCox, one("featured", "x", "y")),
    logMinusLog: args(curve),
    turnbull: args(
      censoredIntervals,
      some({ order: few(one("a", "b")), maxIterations: one(50), tolerance: one(1e-6) }),
    ),
    turnbullAtTimes: args(turnbullCurve, values),
    parametric: args(parametricInput, whole({ distribution: form }, { confidence })),
    flexibleParametric: args(
      parametricInput,
      some({ knots: fc.oneof(one(0, 1, 2), values), scale: one("hazard", "odds", "normal"), confidence }),
    ),
    splitPopulation: args(parametricInput, some({ distribution: form, confidence })),
    smoothCurve: args(smoothFit, some({ covariates: one({}, { x: 1 }), share: one({}) }), values),
    stateOccupation: args(
      states,
      some({ start: one("start", "custody"), confidence, interval: one("log", "plain", "logit") }),
    ),
    occupationAtTimes: args(occupation, values),
    coxByTransition: args(
      states.chain((input) =>
        one({ ...input, covariates: { x: [1, 2, 0, 1, 2, 0, 1, 2] } }, { ...input, covariates: {} }),
      ),
      some({ start: one("start"), ties: one("efron", "breslow") }),
    ),
    restrictedMeanRegression: args(
      fc.oneof(
        clusteredCox,
        coxInput.map(({ time, event, covariates }) => ({ time, event, covariates })),
      ),
      whole({ tau: small }, { errors: one("HC0", "HC3"), confidence }),
    ),
    brier: args(fit, values),
    unoConcordance: args(fit, some({ tau: small })),
    calibration: args(fit, small, some({ groups: one(1, 2, 4), confidence })),
  },
  comparability: {
    balanceTable: args(arms, one("pooled", "treated", "control")),
    biasFactor: args(small, small),
    eValue: args(whole({ hazardRatio: one(0.5, 1, 2), lower: one(0.2, 1), upper: one(1, 4), rare: bool })),
    effectiveSampleSize: args(tests),
    logisticRegression: args(
      arms.map(({ treated, covariates }) => ({ outcome: treated, covariates })),
      some({ maxIterations: one(1, 20), tolerance: one(1e-8) }),
    ),
    standardizedMeanDifference: args(
      values,
      few(bool),
      some({ denominator: one("pooled", "treated"), weights: tests }),
    ),
    propensityScore: args(arms),
    propensityWeights: args(
      tests,
      few(bool),
      whole(
        { estimand: one("ATE", "ATT", "ATC", "overlap") },
        { stabilized: bool, trim: one([0.1, 0.9]), cap: one(5) },
      ),
    ),
    weightedCurves: args(
      groups.map((input) => ({ weights: input.time.map(() => 1), ...input })),
      some({ confidence }),
    ),
  },
  resampling: {
    bootstrap: args(
      count,
      one(
        (rows: ArrayLike<number>) => rows.length,
        (rows: ArrayLike<number>) => rows[0],
      ),
      some({
        replicates: one(0, 1, 20),
        seed,
        confidence,
        cluster: few(word),
        bca: bool,
        failures: one("stop", "leave out"),
      }),
    ),
    bootstrapCox: args(
      coxInput,
      whole(
        { replicates: one(2, 10) },
        { seed, confidence, bca: bool, failures: one("stop", "leave out"), firth: bool },
      ),
    ),
    validateCox: args(
      fc.oneof(
        clusteredCox,
        coxInput.map((input) => ({ ...input, entry: undefined, strata: undefined, offset: undefined })),
      ),
      whole({ time: small, replicates: one(1, 3) }, { seed, failures: one("stop", "leave out"), firth: bool }),
    ),
    bootstrapAdjusted: args(
      coxInput,
      whole(
        { arms: one({ one: { x: 1 }, none: { x: 0 } }, { one: { featured: 1 } }, {}), replicates: one(2, 5) },
        { times: values, tau: small, seed, confidence, failures: one("stop", "leave out"), firth: bool },
      ),
    ),
    bootstrapIntervals: args(small, values, fc.oneof(one(null), values), confidence),
    permutationLogRank: args(groups, whole({ permutations: one(1, 20) }, { seed, exact: bool })),
    permutationTest: args(
      few(one("a", "b")),
      one(
        () => 1,
        () => Number.NaN,
      ),
      whole(
        { permutations: one(1, 20) },
        { seed, exact: bool, alternative: one("greater", "less", "two-sided"), strata: few(word) },
      ),
    ),
    powerBySimulation: args(
      whole(
        {
          n: whole({ control: count, treated: count }),
          controlMedian: one(3),
          hazardRatio: one(0.5, 1),
          followUp: one(6),
        },
        { shape: one(1, 2), accrual: one(2), lossRate: one(0.1) },
      ),
      whole({ simulations: one(1, 10) }, { alpha: one(0.05), rho: one(0, 1), seed, confidence }),
    ),
    schoenfeldPower: args(count, one(0.5, 1, 2), share, share),
    simulateTrial: args(
      whole(
        {
          n: whole({ control: count, treated: count }),
          controlMedian: one(3),
          hazardRatio: one(0.5, 1),
          followUp: one(6),
        },
        { shape: one(1, 2), accrual: one(2), lossRate: one(0.1) },
      ),
      seed,
      count,
    ),
    takeRows: args(values, few(count)),
    bundleWorker: args(one("bundleWorker")),
  },
  imputation: {
    imputeChained: args(
      fc.integer({ min: 0, max: 9 }).chain((n) =>
        fc.record({
          time: list(one(1, 2, 3, 4), n),
          event: list(bool, n),
          covariates: fc.record({ x: list(one(null, 0, 1), n), z: list(one(null, 0, 1, 1), n) }),
        }),
      ),
      whole({ imputations: one(1, 2), iterations: one(1, 2) }, { seed, outcome: bool }),
    ),
    nelsonAalen: args(outcome),
    poolCox: args(few(fit), some({ confidence })),
    poolJointTest: args(few(fit), few(one("x", "featured"))),
    logisticPosterior: args(
      fc
        .integer({ min: 0, max: 9 })
        .chain((n) => fc.record({ outcome: list(one(null, 0, 1), n), covariates: fc.record({ x: list(small, n) }) })),
    ),
    poolRubin: args(values, values, some({ completeDf: small, confidence })),
  },
  "time-series": {
    autocorrelation: args(values, count),
    breuschGodfrey: args(lineFit, count),
    durbinWatson: args(lineFit),
    ljungBox: args(values, count, one(0, 1)),
    halfLifeBootstrap: args(interrupted, whole({ seed, replicates: one(2, 4) }, { blockLength: count, confidence })),
    movingBlocks: args(count, count, one(statistics.seededRandom(1)).map(asMade)),
    changePoints: args(values, some({ penalty: share, changes: count, shortest: one(1, 2, 3) })),
    coefficientTest: args(
      lineFit,
      one(
        [
          [1, 0],
          [0, 1],
        ],
        [[1]],
        [
          [0, 0],
          [0, 0],
        ],
      ),
      confidence,
    ),
    interruptedTimeSeries: args(
      series,
      whole(
        { intervention },
        {
          model: one("level and slope", "pulse and level"),
          weekdays: bool,
          confidence,
          lag: one(0, 1, 3, "automatic"),
        },
      ),
    ),
    interventionTerms: args(interrupted),
    linearRegression: args(values, fc.oneof(one({}), fc.record({ x: values }))),
    ordinaryCovariance: args(lineFit),
    neweyWest: args(lineFit, some({ lag: count, adjust: bool })),
    neweyWestBandwidth: args(lineFit),
    periodsBefore: args(timeSeriesOf, intervention),
    placeboDates: args(
      series,
      whole({ intervention, before: one(3, 4), after: one(3, 4) }, { every: one(1, 2), until: day, weekdays: bool }),
    ),
    simplexLeastSquares: args(values, few(values)),
    syntheticControl: args(
      fc.constant(undefined).chain(() => timeSeriesOf),
      few(timeSeriesOf),
      whole({ intervention }),
    ),
  },
  data: {
    codings: args(),
    findCoding: args(fc.oneof(one("strict", "working-paper", "nowhere"), one(data.codings()[0]).map(asMade))),
    loadFreeThe20: nowhereCoded,
    loadJournalists: nowhere,
    loadLongList: nowhereCoded,
    withJournalists: args(dataset, one(data.loadJournalists()).map(asMade)),
    releaseOutcomes: args(
      dataset,
      whole(
        { clock: one("launch", "arrest") },
        {
          policy: one("reported", "earliest", "midpoint", "latest"),
          followUpMonths: one(0, 1, 36, 40),
          delayedEntry: bool,
          beforeLaunch: one("error", "time-zero", "leave-out"),
        },
      ),
    ),
    loadPublished: nowhere,
    quotation: args(one(published), one("footnote-4", "nowhere")),
    publishedNumber: args(one(published), one("released-within-three-years", "nowhere")),
    campaign: args(),
    projectRoot: args(),
    describeProblem: args(
      whole({
        file: word,
        row: one(null, 1),
        column: one(null, "a"),
        value: word,
        rule: word,
        message: word,
      }),
    ),
    isSynthetic: args(sourced),
    provenancesOf: args(sourced),
    anyConcern: args(
      few(
        fc.record({
          torture: one(true, null),
          legal: one(false, null),
          medical: bool,
          deathPenalty: bool,
          prisonerOfConscience: one(null),
        }),
      ),
    ),
    loadPublicConcerns: nowhere,
    loadPrisoners: nowhereCoded,
    loadUrgentActions: nowhere,
    people: args(reportRows),
    normalisedSpelling: args(word),
    amnestyCode: args(one("Iran", "Nowhere")),
    isIndexOf: args(one(data.parseIndex("EUR 55/019/2014")), one("Azerbaijan", "Nowhere")),
    parseIndex: args(one("EUR 55/019/2014", "EUR 55/019/2014 EUR 46/019/2014", "EUR")),
    parseReportHeader: args(
      one(
        "UA: 257/14 Index: EUR 55/019/2014 Date: 15 October 2014",
        "UA: 257/14 Index: EUR 55/019/2012",
        "UA: 257/14 Index: EUR 55/019/2014 Date: 45 October 2014",
        "UA: 257/14",
      ),
    ),
    parseUrgentAction: args(one("UA 257/14", "UA 257/14 UA 258/14", "UA")),
  },
  attention: {
    loadAttention: args(
      one("data/attention/gdelt-synthetic.csv", "data/attention/trends-weekly-synthetic.csv", "nowhere.csv", "data"),
      some({ belowAs: share }),
    ),
    loadAttentionParquet: args(
      one("data/attention/gdelt-synthetic.csv", "nowhere.parquet", "data"),
      some({ belowAs: share }),
    ),
    parseAttention: args(
      one(
        "date,count,total_count,ratio\n2026-08-10,3,30,0.1\n",
        "date,count,total_count,ratio\n2026-08-10,many,30,0.1\n",
        '{"items":[]}',
        "<html>",
        "Date,Series,Value\n2026-08-10,a,1\n2026-08-12,a,1\n2026-08-13,a,1\n",
      ),
      whole({ file: one("answer.csv") }, { belowAs: share, title }),
    ),
    attentionSeries: args(
      one("media-cloud-synthetic.csv", "trends-weekly-synthetic.csv", "gdelt-synthetic.csv").map((name) =>
        asMade(attention.loadAttention(`data/attention/${name}`)),
      ),
      one(undefined, "count", "nowhere"),
      some({ from: day, to: day, missing: one(0) }),
    ),
    rescaled: args(timeSeriesOf, one(100, -1), one("stories")),
    weekly: args(series, some({ by: one("sum", "mean"), starts: one("Sunday", "Monday") })),
  },
  tables: {
    table: args(tableRows, tableOptions),
    escapeHtml: args(word),
    tableHtml: args(made_table),
    tableText: args(made_table),
    casesTable: args(featuredWomen),
    codingsTable: args(one(data.codings(), []).map(asMade), featuredWomen),
    curveTable: args(curves, values, whole({ data: sourced }, { caption: word, unit: word })),
    logRankTable: args(logRankTest, whole({ data: sourced }, { title, eventLabel: word })),
    pText: args(share),
    significantText: args(small, count),
    journalTable: args(regressionTable),
    regressionLatex: args(regressionTable),
    regressionMarkdown: args(regressionTable),
    regressionTable: args(
      few(fc.oneof(fit, whole({ label: word, fit: fc.oneof(fit, one(null)) }, { remark: word }))),
      whole(
        { data: sourced },
        { caption: word, style: one("coefficients", "hazard ratios"), digits: one(0, 2), order: few(word) },
      ),
    ),
  },
  paper: {
    attainableLogRank: args(
      outcome,
      whole({ free: one(0, 2, 4), releasedAtZero: one(0, 1), below: one(0.05, 0.5), upTo: one(0, 2) }),
    ),
    highestPSinceArrest: args(
      whole(
        {
          known: outcome,
          added: outcome,
          free: one(0, 1, 3),
          releasedAfterLaunch: one([], [3], [3, 5]),
          followUpMonths: one(36),
          longestBefore: one(12),
        },
        { firstBelow: one(0.5), steps: one(0, 5), seed },
      ),
    ),
    attritionStages: args(controlGroups),
    attritionTable: args(controlGroups),
    biasCovariates: args(controlWomen),
    featuredWeights: args(controlWomen),
    reportCountTest: args(controlWomen, some({ permutations: one(9, 0), seed: one(1, -1) })),
    standardizedBias: args(controlWomen, some({ denominator: one("pooled", "treated"), weights: tests })),
    controlGroup: args(
      reportRows.map((rows) => asMade({ ...reports, rows })),
      one(prisoners, asMade({ ...prisoners, rows: [] })),
      some({ from: day, until: day, policy: one("reported", "earliest", "latest") }),
    ),
    observedFor: args(tableOneRows, one("IR-0001", "nobody"), one(12, 0, Number.NaN)),
    tableOneData: args(controlGroups),
    covariatesOf: args(one(1, 2, 3, 4, 5), one("characteristics first", "regions first")),
    besidePrinted: args(comparison, whole({ data: sourced })),
    compareWithPrinted: args(
      fc.oneof(tableOneModels, one([])),
      one(published.table1).map(asMade),
      one(paper.ASSUMED_SIGNS),
    ),
    printedComparisonTable: args(comparison, whole({ data: sourced }, { only: one("differing") })),
    tableOneModels: args(
      tableOneRows,
      some({
        columns: one("characteristics first", "regions first"),
        sample: one("common", "own"),
        cox: coxOptions,
        clusterByCountry: bool,
      }),
    ),
    tableOneFits: args(tableOneRows, some({ sample: one("common", "own"), clusterByCountry: bool })),
    clockedRows: args(
      few(spell),
      whole(
        {
          clock: one(...paper.TIME_ZEROS.map(({ name }) => name)),
          launch: one("2015-09-01"),
          end: one("2018-09-01"),
        },
        { landmark: one("2015-10-01"), earlyReleaseAtLaunch: bool },
      ),
    ),
    featuredRatio: args(
      one(
        asMade(
          paper.clockedRows(paper.prisonerSpells(prisoners), {
            clock: "launch",
            launch: "2015-09-01",
            end: "2018-09-01",
          }),
        ),
      ),
      some({ firth: bool }),
    ),
    headlines: args(),
    headlinesTable: args(few(whole({ about: word, found: word, restsOn: word }))),
    dateBounds: args(
      few(whole({ id: word, earliest: one("2015-09-01"), latest: one("2015-09-03") })),
      one(
        () => 1,
        () => Number.NaN,
      ),
      some({ fixed: few(day), enumerateUpTo: one(0, 10, 100), starts: one(0, 2), seed }),
    ),
    listSpells: args(dataset, some({ policy: one("reported", "earliest", "latest") })),
    prisonerSpells: args(
      one(prisoners, asMade({ ...prisoners, rows: [] })),
      some({ policy: one("reported", "latest") }),
    ),
    campaignChoices: args(),
    tableOneSpecification: args(one(1, 2, 3, 4, 5)),
    campaignMultiverse: nowhere,
    specifications: args(
      choices,
      one(
        () => null,
        () => "none makes sense",
      ),
    ),
    specificationText: args(choices, whole({ first: one("one", "two"), second: one("one") })),
    curveTest: args(
      smallMultiverse,
      whole(
        {
          of: one(
            () => true,
            () => false,
          ),
          permutations: one(1, 5),
        },
        { seed, alpha: one(0.05, 0.5) },
      ),
    ),
    selectedCampaigns: args(selectionDesign, some({ simulations: one(1, 3), seed })),
    designErrors: args(selectionDesign, some({ simulations: one(1, 3), seed, alpha: one(0.05, 0.5) })),
    curveTestTable: args(
      made(smallMultiverse, (design) => ({
        one: paper.curveTest(design, { of: () => true, permutations: 5 }),
      })),
      some({ caption: word, data: sourced }),
    ),
    dealtFits: args(
      smallMultiverse,
      whole({ first: one("0", "1"), second: one("0", "1") }),
      some({ dealings: one(2, 5), seed }),
    ),
    defensible: args(smallMultiverse),
    multiverse: args(smallMultiverse),
    choiceEffects: args(multiverseRun, some({ alpha: share })),
    estimatedResults: args(multiverseRun),
    multiverseSummary: args(multiverseRun, some({ alpha: share })),
    probabilityIfFalse: args(priors, priors, one(...hypotheses())),
    updateBeliefs: args(priors, few(judged), some({ weight: share })),
    equalPriors: args(),
    evidenceTable: args(someEvidence, one(undefined, "Azerbaijan", "nowhere")),
    likelihoodsFromWords: args(
      someEvidence.map(({ rows }) => asMade(rows)),
      one(paper.ILLUSTRATIVE_SCALE),
    ),
    loadEvidence: nowhere,
    readingTable: args(someEvidence),
    secondReaders: args(
      someEvidence.map(({ rows }) => asMade(rows)),
      one(paper.equalPriors()),
      some({ off: share, readers: one(1, 3), seed }),
    ),
    wordScale: args(share),
    hypothesesTable: args(),
    hypothesis: args(one(...paper.HYPOTHESIS_IDS)),
    decibels: args(share, share),
    implicationsTable: args(someEvidence),
    processTracingTest: args(share, share, some({ certain: one(0.9, 1), unique: one(0.1, 0) })),
    beliefSensitivity: args(beliefs),
    claim: args(
      fc.integer({ min: 0, max: 40 }),
      fc.oneof(
        one({}),
        fc.record({ named: small, featured: small, released: small, releasedInArticle: small }),
        one({ descriptions: 2 }),
      ),
      some({ data: sourced }),
    ),
    claimTable: args(one(asMade(paper.claim(12, { descriptions: 2 })))),
    isClaim: args(fc.oneof(one(null, undefined, {}), word)),
    unknowable: args(word),
    ofTheWorld: args(sourced, small, word),
    computedVerdicts: args(one("nowhere", folder, "package.json")),
    claimTexts: args(),
    ledgerCounts: args(one([], paper.ledgerRows({ computed: [] })).map(asMade)),
    ledgerRows: args(verdicts),
    ledgerTable: args(verdicts),
    citationCandidates: args(
      few(
        whole({
          authors: one("Ron et al.", "Nielsen", "Nielson"),
          years: few(one("2001", "2002")),
          place: word,
        }),
      ),
    ),
    compareConclusions: args(
      few(
        whole({
          document: one("working-paper", "article"),
          mechanism: one("shaming"),
          role: one("worked", "premise"),
          printed: word,
          place: word,
        }),
      ),
    ),
    decidedCitations: args(
      whole({
        note: word,
        cited: few(whole({ authors: one("Nielsen", "Nielson"), years: few(one("2001", "2002")), place: word })),
        decided: few(
          whole({
            kind: one("spelling", "year"),
            names: one(["Nielsen", "Nielson"]),
            mismatch: bool,
            reason: word,
            sources: few(word),
          }),
        ),
      }),
    ),
  },
  figures: {
    autocorrelationFigure: args(
      few(whole({ label: word, correlations: made(few(small, 2), (x) => timeSeries.autocorrelation(x)) })),
      figure({ lagLabel: word }),
    ),
    bandFigure: args(
      few(whole({ x: small, estimate: small, lower: small, upper: small })),
      figure(
        { choiceLabel: word, valueLabel: word },
        { reference: small, marks: few(whole({ x: small, label: word })), confidence },
      ),
    ),
    beliefFigure: args(
      beliefs,
      figure({ subtitle: word, names: one({ rain: "Rain", sprinkler: "Sprinkler", hose: "Hose" }) }),
    ),
    biasFigure: args(
      few(whole({ label: word, values: few(small) })),
      figure({ series: few(word) }, { valueLabel: word, negligible: one(0.1) }),
    ),
    countFigure: args(
      few(whole({ label: word, first: count2, second: count2 })),
      figure({ kinds: one(["women", "men"]) }, { countLabel: word }),
    ),
    custodyFigure: args(
      featuredWomen,
      figure({}, { campaign: campaignDays, policy: one("reported", "latest"), from: day }),
    ),
    driftFigure: args(drift, figure({}, { timeLabel: word, rows: few(whole({ group: word, name: word })) })),
    evidenceWeightFigure: args(
      few(whole({ label: word, weight: small })),
      figure({ hypotheses: one(["rain", "hose"]) }),
    ),
    causalGraphFigure: args(
      one({ a: { label: "A", column: 0, row: 0 }, b: { label: "B", column: 1, row: 0, kind: "unseen" } }),
      figure({ arrows: few(one(["a", "b"], ["b", "a"], ["a", "c"])) }),
    ),
    withProvenance: args(one(asMade({ data: [], layout: {}, alt: "Nothing." })), sourced),
    finding: args(fc.tuple(bool, word)),
    flowFigure: args(few(whole({ ...flowPart, leaves: few(whole(flowPart)) })), figure()),
    followUpFigure: args(
      few(
        whole({
          label: word,
          group: word,
          entry: one(0, 1),
          time: one(2, 3),
          outcome: one("released", "died", "censored"),
          lower: one(2),
          upper: one(3),
        }),
      ),
      figure({}, { timeLabel: word }),
    ),
    forestFigure: args(few(whole({ label: word, fit: fc.oneof(fit, one(null)) })), figure({}, { valueLabel: word })),
    incidenceFigure: args(
      incidences,
      figure(
        {},
        {
          timeLabel: word,
          pValues: few(whole({ cause: word, pValue: share })),
          causes: few(word),
          band: bool,
        },
      ),
    ),
    influenceFigure: args(
      few(whole({ x: small, ratio: one(0.5, 1, 2), group: word, name: one(null, "a") })),
      figure({ ratio: one(0.5, 1), valueLabel: word }, { names: count }),
    ),
    interruptedFigure: args(
      interrupted,
      figure({}, { interventionLabel: word, valueLabel: word, unit: word, from: day, to: day, level: small }),
    ),
    intervalFigure: args(
      few(whole({ label: word, estimate: small, lower: small, upper: small })),
      figure(
        { valueLabel: word },
        { percent: bool, digits: one(0, 2), reference: whole({ value: small, label: word }) },
      ),
    ),
    lexisFigure: args(
      few(spell),
      figure({}, { campaign: campaignDays, from: day, months: one(12, 108), example: word }),
    ),
    lineFigure: args(
      few(whole({ label: word, x: values, value: values })),
      figure({ xLabel: word, valueLabel: word }, { unit: word, powers: bool }),
    ),
    logMinusLogFigure: args(few(logMinusLogs), figure({}, { timeLabel: word })),
    overlapFigure: args(
      few(whole({ category: word, value: small, featured: bool })),
      figure({ valueLabel: word }, { order: few(word) }),
    ),
    permutationFigure: args(
      values,
      small,
      figure({}, { statisticLabel: word, tail: one("upper", "two-sided"), pValue: share, bins: one(1, 10) }),
    ),
    predictionFigure: args(
      curves,
      figure({ timeLabel: word }, { survivalLabel: word, until: small, tickEvery: one(1, 6) }),
    ),
    priorNeededFigure: args(few(whole({ label: word, prior: share, needed: fc.oneof(share, one(null)) })), figure()),
    riskTable: args(curves, values),
    seriesFigure: args(
      few(
        fc.integer({ min: 0, max: 6 }).chain((n) =>
          whole(
            {
              label: word,
              kind: one("line", "points", "fit", "counterfactual"),
              dates: one(Array.from({ length: n }, (_, i) => dates.isoDay(16_670 + i))),
              values: list(small, n),
            },
            { lower: list(small, n), upper: list(small, n), below: list(bool, n), breaks: few(day) },
          ),
        ),
      ),
      figure(
        { valueLabel: word },
        { unit: word, marks: few(whole({ date: day }, { label: word })), from: day, to: day, level: small },
      ),
    ),
    shareFigure: args(
      few(whole({ label: word, x: values, share: tests })),
      figure(
        { xLabel: word, shareLabel: word },
        { steps: bool, ticks: values, reference: whole({ share, label: word }) },
      ),
    ),
    specificationCurveFigure: args(
      multiverseRun,
      figure(
        {},
        {
          marked: few(whole({ specification: one({ first: "0", second: "1" }), label: word })),
          markedLabel: word,
          alpha: share,
          columns: one(1, 80),
        },
      ),
    ),
    survivalFigure: args(
      curves,
      figure(
        {},
        {
          timeLabel: word,
          eventLabel: word,
          tickEvery: one(1, 6),
          pValue: share,
          testLabel: word,
          landmark: whole({ time: small, label: word }),
          band: bool,
        },
      ),
    ),
  },
  teaching: {
    check: args(one("00-a", "01-b", "nowhere"), fc.oneof(one(undefined), small, word, bool)),
    isChecked: args(fc.oneof(one(null, undefined, {}), word)),
    exercises: args(),
    findExercise: args(one("00-a", "01-b", "nowhere")),
  },
  notebook: {
    mimeBundle: args(fc.oneof(word, small, one(null, undefined), made_table, one({ data: [], layout: {} }), fit)),
    show: args(fc.oneof(one({ data: [], layout: {} }))),
    progressBar: args(word, whole({ write: one(() => undefined) }, { delay: small })),
  },
  "own-campaign": {
    ceccMapping: args(
      one({ title: "T", treatment: { kind: "none" }, timeZero: "detained", endOfFollowUp: "2020-12-31" }),
    ),
    fileFormat: args(one("id,detained", "id\tdetained", "date of detention;detention status;actual date released")),
    loadCampaign: args(
      one(...files, ...goodFiles, "nowhere.csv", "lib").map((file) => file),
      one(SMALL),
      one({ progress: false }),
    ),
    reportTable: args(
      campaignData.map(({ report }) => asMade(report)),
      some({ data: sourced }),
    ),
    statusTable: args(
      campaignData.map(({ report }) => asMade(report)),
      some({ data: sourced }),
    ),
    analyseCampaign: args(campaignData, whole({ progress: one(false) }, { permutations: one(1, 5), seed })),
    computed: args(
      one(
        () => 1,
        () => survival.logRank({ time: [3], event: [1], group: ["a"] }),
      ),
    ),
    whenComputed: args(
      word,
      one({ computed: false, reason: "none" }, { computed: true, value: 1 }).map(asMade),
      one(() => 1),
    ),
    endsFigure: analysed,
    releaseFigure: analysed,
    spellRows: args(campaignData, some({ most: count, labels: one("ids", "row numbers") })),
    spellsFigure: args(campaignData, some({ most: count, labels: one("ids", "row numbers") })),
    campaignModels: args(campaignData),
  },
};

/** Functions of a door; classes of errors are not. */
function functionsOf(door: object): Map<string, (...given: never[]) => unknown> {
  const found = Object.entries(door).filter(
    ([, value]) => typeof value === "function" && !(value.prototype instanceof Error),
  );
  return new Map(found);
}

/** Places of numbers that are not finite, as "lower", "groups.expected". */
function notFinite(value: unknown, at: readonly string[] = []): string[] {
  if (typeof value === "number" && !Number.isFinite(value))
    return [`${at.join(".")}${Number.isNaN(value) ? " (NaN)" : ""}`];
  if (typeof value !== "object" || value === null) return [];
  if (ArrayBuffer.isView(value)) return Array.from(Object.values(value)).flatMap((one) => notFinite(one, at));
  const indexed = Array.isArray(value);
  return Object.entries(value).flatMap(([key, one]) => notFinite(one, indexed ? at : [...at, key]));
}

async function outcomeOf(called: unknown, given: readonly unknown[]): Promise<unknown> {
  if (typeof called !== "function") throw new Error("not a function");
  return { value: await Reflect.apply(called, undefined, given) };
}

/** What is wrong with how a function answers; null where it holds the rule. */
async function fault(name: string, called: unknown, given: readonly unknown[]): Promise<string | null> {
  let value: unknown;
  try {
    value = await outcomeOf(called, given);
  } catch (error) {
    if (error instanceof data.DataError) return error.message.startsWith("Cannot load ") ? null : error.message;
    if (!(error instanceof statistics.SurvivalError)) return `throws ${String(error)}`;
    return new RegExp(`^${name}[: ]`).test(error.message) ? null : `says "${error.message}"`;
  }
  const open = OPEN[name] ?? [];
  const found = [...new Set(notFinite(value).map((place) => place.replace(/^value\.?/, "")))].filter(
    (place) => !open.includes(place),
  );
  return found.length === 0 ? null : `gives a number that is not finite: ${found.join(", ")}`;
}

for (const [door, entries] of Object.entries(TABLE)) {
  describe(door, () => {
    const functions = functionsOf(Reflect.get(DOORS, door));

    test("each function has an entry, and each entry a function", () => {
      expect(Object.keys(entries).sort()).toEqual([...functions.keys()].sort());
    });

    test.for(Object.entries(entries).filter(([name]) => PENDING[name] === undefined))("%s", async ([name, given]) => {
      const property = fc.asyncProperty(given, async (drawn) => {
        const found = await fault(name, functions.get(name), drawn);
        if (found !== null) throw new Error(`${name} ${found}`);
      });
      // Without arguments there is one case.
      const isOne = fc.sample(given, 1).every((drawn) => drawn.length === 0);
      await fc.assert(property, { numRuns: isOne ? 1 : CASES });
    });
  });
}

/** Functions whose last argument is an object with names of the caller's own, or data. */
const NO_OPTIONS = [
  "linearRegression",
  "compareWithPrinted",
  "specificationText",
  "likelihoodsFromWords",
  "withProvenance",
];

/** A misspelt option would be ignored without a word: it is refused, by the function's own name. */
describe("an option that there is not", () => {
  for (const [door, entries] of Object.entries(TABLE)) {
    const functions = functionsOf(Reflect.get(DOORS, door));
    const withOptions = Object.entries(entries).filter(
      ([name, given]) => !NO_OPTIONS.includes(name) && optionsOf(fc.sample(given, { seed: 5, numRuns: 8 })),
    );
    test.for(withOptions)(`${door}: %s`, async ([name, given]) => {
      for (const drawn of fc.sample(given, { seed: 5, numRuns: 8 })) {
        const last = drawn.at(-1);
        if (!isPlain(last)) continue;
        const called = functions.get(name);
        const works = await outcomeOf(called, drawn).then(
          () => true,
          () => false,
        );
        if (!works) continue;
        const misspelt = [...drawn.slice(0, -1), { ...last, misspelt: 1 }];
        await expect(outcomeOf(called, misspelt), name).rejects.toThrow(new RegExp(`^${name}: .*"misspelt"`));
        return;
      }
    });
  }
});

/** Whether the last of several arguments is an object of options. */
function optionsOf(samples: readonly (readonly unknown[])[]): boolean {
  return samples.some((drawn) => drawn.length > 1 && isPlain(drawn.at(-1)));
}

function isPlain(value: unknown): value is object {
  return (
    typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype && !isAsMade(value)
  );
}

/** Functions that give their rows back, cut into pieces, whatever else a row has. */
const ROWS_BACK = ["splitAt"];

/** A count that is ignored makes of a million stays a single one: it changes what is found, or is refused by name. */
describe("counts of rows", () => {
  for (const [door, entries] of Object.entries(TABLE)) {
    const functions = functionsOf(Reflect.get(DOORS, door));
    const ofOutcomes = Object.entries(entries).filter(
      ([name, given]) => !ROWS_BACK.includes(name) && fc.sample(given, { seed: 5, numRuns: 4 }).some(hasRows),
    );
    test.for(ofOutcomes)(`${door}: %s`, async ([name, given]) => {
      const called = functions.get(name);
      for (const drawn of fc.sample(given, { seed: 5, numRuns: 60 })) {
        if (!hasRows(drawn)) continue;
        const { counts, ...input } = Object(drawn[0]);
        const without = await outcomeOf(called, [input, ...drawn.slice(1)]).catch(() => null);
        if (without === null) continue;
        const rows = rowsIn(input);
        const counted = await outcomeOf(called, [{ ...input, counts: rows.map(() => 3) }, ...drawn.slice(1)]).catch(
          (error) => String(error),
        );
        if (typeof counted === "string") expect(counted, name).toMatch(new RegExp(`${name}: .*counts`));
        else expect(JSON.stringify(counted), name).not.toBe(JSON.stringify(without));
        return;
      }
    });
  }
});

function rowsIn(input: unknown): unknown[] {
  if (!isPlain(input)) return [];
  const rows = Reflect.get(input, "time") ?? Reflect.get(input, "lower");
  return Array.isArray(rows) ? rows : [];
}

/** Whether the first argument has outcomes, row by row. */
function hasRows(drawn: readonly unknown[]): boolean {
  const [input] = drawn;
  return rowsIn(input).length > 0 && isPlain(input) && ("event" in input || "cause" in input || "upper" in input);
}

/** What looks like a vector and is none: a Series of danfo, a Map, a text. */
describe("an object where a list is needed", () => {
  for (const [door, entries] of Object.entries(TABLE)) {
    const functions = functionsOf(Reflect.get(DOORS, door));
    const withLists = Object.entries(entries).filter(([, given]) => listsOf(given).length > 0);
    test.for(withLists)(`${door}: %s`, async ([name, given]) => {
      for (const { drawn, at } of listsOf(given)) {
        for (const other of [{ values: [1, 2] }, new Map([["a", [1]]])]) {
          const found = await fault(name, functions.get(name), replacedAt(drawn, at, other)).catch((error) =>
            String(error),
          );
          if (found !== null) throw new Error(`${name} with ${at.join(".")} as ${String(other)}: ${found}`);
        }
      }
    });
  }
});

type Place = readonly (string | number)[];

/** Arguments that work, and the places of lists in them. */
function listsOf(given: Arguments): { drawn: readonly unknown[]; at: Place }[] {
  const samples = fc.sample(given, { seed: 5, numRuns: 4 });
  return samples.flatMap((drawn) =>
    drawn.flatMap((argument, i) => {
      if (Array.isArray(argument)) return [{ drawn, at: [i] }];
      if (!isPlain(argument)) return [];
      return Object.entries(argument).flatMap(([key, value]) =>
        Array.isArray(value) ? [{ drawn, at: [i, key] }] : [],
      );
    }),
  );
}

function replacedAt(drawn: readonly unknown[], [i, key]: Place, other: unknown): unknown[] {
  return drawn.map((argument, j) => {
    if (j !== i) return argument;
    return key === undefined ? other : { ...Object(argument), [key]: other };
  });
}
