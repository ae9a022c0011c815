import { describe, expect, it } from "vitest";
import { coxBootstrapWork } from "../../lib/resampling/cox-bootstrap-work";
import { bootstrap, bootstrapCox, takeRows } from "../../lib/resampling/index";
import { clusterRows, sampleRows } from "../../lib/resampling/sampling";
import { InvalidInputError } from "../../lib/statistics/index";
import { coxDesign, resampler } from "../../lib/survival/cox/design";
import { cox } from "../../lib/survival/cox/index";
import { expectAllClose, expectClose, readGolden } from "../survival/golden";

const { cluster: golden } = readGolden<{
  cluster: {
    data: { time: number[]; event: number[]; rx: number[]; male: number[]; litter: number[] };
    samples: { counts: number[]; fits: Record<"efron" | "breslow", number[]> }[];
  };
}>("resampling");
const { time, event, rx, litter } = golden.data;

describe("Cox fits to resampled designs", () => {
  it.each(["efron", "breslow"] as const)("agree with coxph on whole litters drawn again, %s", (ties) => {
    const design = coxDesign("test", { time, event, covariates: { rx } });
    for (const { counts, fits } of golden.samples) {
      const ofRows = litter.map((id) => counts[id - 1]);
      const sample = resampler(design)(ofRows);
      expect(sample.counts?.reduce((a, b) => a + b, 0)).toBe(ofRows.reduce((a, b) => a + b, 0));
      const work = coxBootstrapWork({
        kind: "cox bootstrap",
        design: sample,
        plan: { n: design.n, seed: 1, replicates: 0, clusters: leaveNothingOut(design.n) },
        start: new Float64Array(1),
        ties,
        firth: false,
        maxIterations: 20,
        tolerance: 1e-9,
      });
      const values = new Float64Array(1);
      expect(work.run(1, values, 0)).toBeNull();
      expectClose(values[0], fits[ties][0], ties);
    }
  });

  it("are those that cox() gives for the sample's rows, with all that a model may have", async () => {
    const n = 90;
    const rows = Array.from({ length: n }, (_, i) => i);
    const start = rows.map((i) => (i * 7) % 5);
    const columns = {
      time: rows.map((i) => start[i] + 1 + ((i * 37) % 23)),
      event: rows.map((i) => (i % 3 === 0 ? 0 : 1)),
      entry: start,
      weights: rows.map((i) => 1 + (i % 4) / 2),
      strata: rows.map((i) => i % 2),
      offset: rows.map((i) => ((i * 11) % 7) / 10),
    };
    const covariates = { x: rows.map((i) => Math.sin(i)), y: rows.map((i) => 2015 + ((i * i) % 9)) };
    for (const ties of ["efron", "breslow", "exact"] as const) {
      const { weights, ...without } = columns;
      const input = ties === "exact" ? without : { ...without, weights };
      const fast = await bootstrapCox({ ...input, covariates }, { replicates: 19, seed: 3, ties });
      const slow = await bootstrap(
        n,
        (sample) => {
          const take = (values: readonly number[]) => takeRows(values, sample);
          const fit = cox(
            {
              time: take(columns.time),
              event: take(columns.event),
              entry: take(columns.entry),
              weights: ties === "exact" ? undefined : take(weights),
              strata: take(columns.strata),
              offset: take(columns.offset),
              covariates: { x: take(covariates.x), y: take(covariates.y) },
            },
            { ties },
          );
          return Object.fromEntries(fit.terms.map((term) => [term.name, term.coefficient]));
        },
        { replicates: 19, seed: 3 },
      );
      fast.statistics.forEach((statistic, j) => {
        expect(statistic.name).toBe(["x", "y"][j]);
        expectAllClose(statistic.replicates, slow.statistics[j].replicates, `${ties} ${statistic.name}`);
        expectClose(statistic.acceleration, slow.statistics[j].acceleration, "acceleration", 1e-6);
      });
    }
  });

  it("draws whole clusters, and leaves one out at a time for the acceleration", async () => {
    const input = { time, event, covariates: { rx }, cluster: litter };
    const found = await bootstrapCox(input, { replicates: 99, failures: "leave out" });
    expect(found.clusters).toBe(30);
    const fit = cox({ time, event, covariates: { rx } });
    expect(found.statistics[0].estimate).toBe(fit.terms[0].coefficient);
    const jackknife = Array.from({ length: 30 }, (_, k) => {
      const rows = litter.flatMap((id, i) => (id === k + 1 ? [] : [i]));
      const take = (values: readonly number[]) => takeRows(values, rows);
      return cox({ time: take(time), event: take(event), covariates: { rx: take(rx) } }).terms[0].coefficient;
    });
    const mean = jackknife.reduce((a, b) => a + b, 0) / 30;
    const power = (k: number) => jackknife.reduce((s, value) => s + (mean - value) ** k, 0);
    expectClose(found.statistics[0].acceleration, power(3) / (6 * power(2) ** 1.5), "acceleration", 1e-7);
    const plan = {
      n: time.length,
      seed: 1,
      replicates: 1,
      clusters: clusterRows(
        Uint32Array.from(litter, (id) => id - 1),
        new Uint32Array(30).fill(3),
      ),
    };
    const drawn = sampleRows(plan, 0);
    expect(drawn.length).toBe(90);
    for (let k = 0; k < 90; k += 3) expect(new Set([0, 1, 2].map((m) => litter[drawn[k + m]])).size).toBe(1);
  });
});

describe("samples without a finite estimate", () => {
  // One event among the treated: many samples have none.
  const few = {
    time: [1, 3, 5, 7, 9, 11, 2, 4, 6, 8, 10, 12],
    event: [1, 1, 1, 0, 1, 1, 0, 0, 1, 0, 0, 0],
    covariates: { treated: [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1] },
  };

  it("stop with the covariate's name and what to do", async () => {
    await expect(bootstrapCox(few, { replicates: 200 })).rejects.toThrow(
      /bootstrapCox: in bootstrap sample \d+ of 200: no event occurs where "treated" is 1 .*firth.*failures: "leave out"/,
    );
  });

  it("are left out and counted where asked, or have Firth's estimate", async () => {
    const counted = await bootstrapCox(few, { replicates: 200, failures: "leave out" });
    expect(counted.failed.count).toBeGreaterThan(20);
    expect(counted.failed.reason).toContain('"treated"');
    expect(counted.statistics[0].replicates.length).toBe(200 - counted.failed.count);
    expect(counted.statistics[0].replicates.every((value) => Math.abs(value) < 15)).toBe(true);
    // The single event's row left out: no jackknife, so no BCa, and it says so.
    expect(counted.statistics[0].bca).toBeNull();
    expect(counted.statistics[0].refusal).toContain("without unit 8");
    const firth = await bootstrapCox(few, { replicates: 200, firth: true, failures: "leave out" });
    expect(firth.failed.count).toBeLessThan(counted.failed.count / 4);
    expect(firth.statistics[0].bca).not.toBeNull();
  });

  it("a whole without one is refused before anything is drawn", async () => {
    const none = { ...few, event: [1, 1, 1, 0, 1, 1, 0, 0, 0, 0, 0, 0] };
    await expect(bootstrapCox(none)).rejects.toThrow(InvalidInputError);
    await expect(bootstrapCox(none)).rejects.toThrow("the fit to all rows has no estimate to start from");
    await expect(bootstrapCox({ ...few, covariates: { x: few.time.map(() => 1) } })).rejects.toThrow(
      "nothing to bootstrap",
    );
  });
});

/** Clusters of which the one that is left out is empty, so that the work's jackknife unit fits all rows. */
function leaveNothingOut(n: number) {
  return { starts: Uint32Array.from([0, n, n]), members: Uint32Array.from({ length: n }, (_, i) => i) };
}
