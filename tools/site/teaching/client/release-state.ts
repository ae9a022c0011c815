import { CLOCKS, codingOf, countedBy, type ReleaseChoice, type ReleaseData } from "./release-model";

/**
 * The control's choice as words of an address: `?coding=strict&months=24&clock=arrest`, and
 * `?coding=own&counted=liu-xia,matlyuba-kamilova` for a coding that has no name. What is not said is as in Figure 1; what
 * cannot be is not heard.
 */

/** The words of an address that the control reads and writes. */
export const RELEASE_WORDS = ["coding", "counted", "months", "clock"] as const;

export type ReleaseWords = Readonly<Record<(typeof RELEASE_WORDS)[number], string | null>>;

type State = Required<Pick<ReleaseChoice, "clock" | "followUpMonths" | "counted">>;

/** What an address says. */
export function stateOf(data: ReleaseData, words: ReleaseWords): State {
  const longest = data.list.campaign.followUpMonths;
  const months = /^\d{1,3}$/.test(words.months ?? "") ? Number(words.months) : longest;
  const clock = CLOCKS.find(({ name }) => name === words.clock)?.name ?? "launch";
  return {
    clock,
    followUpMonths: months >= 1 && months <= longest ? months : longest,
    counted: countedOf(data, words),
  };
}

function countedOf(data: ReleaseData, { coding, counted }: ReleaseWords): ReadonlySet<string> {
  if (coding === "own" && counted !== null) {
    const known = new Set(data.unclear.map(({ id }) => id));
    return new Set(counted.split(",").filter((id) => known.has(id)));
  }
  const named = data.codings.some(({ name }) => name === coding);
  return countedBy(data, named && coding !== null ? coding : data.list.coding.name);
}

/** How an address says it; null for what is as in Figure 1. */
export function wordsOf(data: ReleaseData, { clock, followUpMonths, counted }: State): ReleaseWords {
  const coding = codingOf(data, counted);
  const ids = data.unclear.map(({ id }) => id).filter((id) => counted.has(id));
  return {
    coding: coding === null ? "own" : coding.name === data.list.coding.name ? null : coding.name,
    counted: coding === null ? ids.join(",") : null,
    months: followUpMonths === data.list.campaign.followUpMonths ? null : String(followUpMonths),
    clock: clock === "launch" ? null : clock,
  };
}
