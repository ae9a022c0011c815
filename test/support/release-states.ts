import { kaplanMeier, loadLongList, logRank, releaseOutcomes } from "../../lib";
import { codings, type Outcomes } from "../../lib/data";
import { formatP } from "../../lib/figures/label";
import { seededRandom } from "../../lib/statistics";
import type { ReleaseChoice, ReleaseData } from "../../tools/site/teaching/client/release-model";

/** Random states of the control of follow-up, coding and clock, and what the library says to each, from the files. */

export type ReleaseState = Required<Pick<ReleaseChoice, "clock" | "followUpMonths" | "counted">>;

/** The same states on every run. */
export function randomStates(data: ReleaseData, count: number): ReleaseState[] {
  const random = seededRandom(20150901);
  return Array.from({ length: count }, () => ({
    clock: (["launch", "arrest", "arrest-all"] as const)[random.integer(3)] ?? "launch",
    followUpMonths: 1 + random.integer(36),
    counted: new Set(data.unclear.map(({ id }) => id).filter(() => random.integer(2) === 1)),
  }));
}

/** What the library computes for a state: not from the page's data, but from the project's files. */
export function fromTheLibrary(data: ReleaseData, { clock, followUpMonths, counted }: ReleaseState) {
  const [first] = codings();
  if (first === undefined) throw new Error("no codings");
  const decisions = data.unclear.map(({ id }) => {
    const wanted = counted.has(id) ? "released" : "not released";
    const decision = codings()
      .flatMap((coding) => coding.decisions)
      .find((one) => one.id === id && one.outcome === wanted);
    if (decision === undefined) throw new Error(`no coding has ${id} ${wanted}`);
    return decision;
  });
  const women = loadLongList({ coding: { ...first, name: "test", title: "test", decisions } });
  const options =
    clock === "launch"
      ? ({ clock } as const)
      : clock === "arrest"
        ? ({ clock, beforeLaunch: "leave-out" } as const)
        : ({ clock: "arrest", delayedEntry: false } as const);
  const outcomes = releaseOutcomes(women, { ...options, followUpMonths });
  const released = (label: string): string => {
    const own = outcomes.event.filter((_, i) => outcomes.group[i] === label);
    return `${own.filter(Boolean).length} of ${own.length}`;
  };
  const curves = kaplanMeier(outcomes, { order: ["short list", "long list"] });
  const pValue = comparable(outcomes) ? logRank(outcomes).pValue : null;
  const said = pValue === null ? "No log-rank test: nobody" : `Log-rank test: ${formatP(pValue)}.`;
  const numbers = `${released("short list")} featured and ${released("long list")} synthetic women released. ${said}`;
  return { pValue, curves, numbers, months: `${followUpMonths} month`, leftOut: outcomes.leftOut.length };
}

/** Whether somebody is released while women of both lists are at risk. */
function comparable({ time, event, entry, group }: Outcomes): boolean {
  return time.some((at, k) => {
    const atRisk = group.filter((_, i) => Number(time[i]) >= at && Number(entry?.[i] ?? 0) < at);
    return event[k] && new Set(atRisk).size === 2;
  });
}
