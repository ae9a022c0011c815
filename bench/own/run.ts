import { analyseCampaign, endsFigure, loadCampaign, releaseFigure, spellsFigure } from "../../lib/own-campaign";

/** Loads and analyses one file: `node tools/launch.mjs bench/own/run.ts FILE` prints processor seconds and peak memory as JSON. */

const [file = ""] = process.argv.slice(2);
const laps: Record<string, number> = {};
let begin = process.cpuUsage();
let clock = performance.now();
/** Seconds of the processor, all threads together, and of the clock on the wall. */
const lap = (name: string): void => {
  const { user, system } = process.cpuUsage(begin);
  laps[name] = (user + system) / 1e6;
  laps[`${name}Wall`] = (performance.now() - clock) / 1000;
  begin = process.cpuUsage();
  clock = performance.now();
};

async function main(): Promise<void> {
  const quiet = { progress: false };
  const mapping = {
    title: "Measured",
    dateFormat: "%Y-%m-%d",
    timeZero: "detained",
    endOfFollowUp: "2020-08-26",
    columns: {
      id: "id",
      detained: "detained",
      released: "released",
      died: "died",
      covariates: ["age", "sex"],
    },
    treatment: { kind: "column", column: "appeal", treated: ["yes"], control: ["no"] },
  } as const;
  begin = process.cpuUsage();
  clock = performance.now();
  const data = await loadCampaign(file, mapping, quiet);
  lap("load");
  const loaded = process.memoryUsage().rss;
  const analysis = await analyseCampaign(data, quiet);
  lap("analyse");
  const figures = [releaseFigure(data, analysis), endsFigure(data, analysis), spellsFigure(data)];
  lap("figures");
  const characters = Math.max(...figures.map((figure) => JSON.stringify(figure).length));
  const peak = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(
    JSON.stringify({ n: data.n, ...laps, loaded: loaded / 2 ** 20, peak, figure: characters / 1024 }),
  );
}

void main();
