import { campaign } from "../../lib/data/schema/project";
import { dayNumber, isoDay } from "../../lib/dates";
import { exp, pow, square } from "../../lib/statistics/elementary";
import { type RandomSource, seededRandom } from "../../lib/statistics/random";

/**
 * Synthetic series of public attention in the formats of four services. The authors' series are not public. What the paper
 * says of them, and what is assumed here:
 *
 * - Coverage and searches of the featured women increased at the launch: section V.
 * - No sustained public attention after September 2015: abstract. So what is added at the launch decays, and adds nothing
 *   in the end. That it decays by halves, and how fast, is assumed: 5 to 9 days.
 * - Heights, levels, days of the week, noise that lasts some days, a few unrelated events: assumed.
 * - Series stand for topics, for the featured women as one, and for the eighteen women of the synthetic long list. No series
 *   is about a woman by name.
 *
 * Names of series say "[synthetic]" where the format has names. Nothing was fitted to a result: the numbers were chosen
 * once, and the seed is the day of the launch.
 */
export interface AttentionAssumptions {
  readonly seed: number;
  /** Days until half of what the launch added is gone. */
  readonly halfLife: { readonly coverage: number; readonly searches: number; readonly views: number };
  /** What the launch adds at first, in multiples of the usual level. */
  readonly rise: { readonly coverage: number; readonly searches: number; readonly views: number };
  /** What it adds for good, in the same multiples: nothing. */
  readonly lasting: number;
}

export const ATTENTION: AttentionAssumptions = {
  seed: 20150901,
  halfLife: { coverage: 9, searches: 5, views: 6 },
  rise: { coverage: 7, searches: 2.5, views: 2.5 },
  lasting: 0,
};

/** The eighteen women of the synthetic long list. */
const DONORS = 18;

/** The text of each file in data/attention, by name. The same assumptions give the same text to the byte. */
export function attentionFiles(assumptions: AttentionAssumptions = ATTENTION): Record<string, string> {
  return {
    "trends-weekly-synthetic.csv": trends(assumptions),
    "media-cloud-synthetic.csv": mediaCloud(assumptions),
    "pageviews-synthetic.csv": pageviews(assumptions),
    "pageviews-api-synthetic.json": pageviewsApi(assumptions),
    "gdelt-synthetic.csv": gdelt(assumptions),
  };
}

const days = (from: string, to: string): number[] =>
  Array.from({ length: dayNumber(to) - dayNumber(from) + 1 }, (_, i) => dayNumber(from) + i);

/** What the launch adds on a day, as a multiple of the usual level. */
type Added = (day: number, rise: number, halfLife: number, lasting: number) => number;

function addedFrom(launch: number): Added {
  return (day, rise, halfLife, lasting) => (day < launch ? 0 : rise * pow(2, -(day - launch) / halfLife) + lasting);
}

/** Noise around 0 in which a day is like the day before. */
function memory(random: RandomSource, n: number, carried: number, spread: number): number[] {
  let state = random.normal() * spread;
  const fresh = spread * Math.sqrt(1 - square(carried));
  return Array.from({ length: n }, () => {
    const now = state;
    state = carried * state + fresh * random.normal();
    return now;
  });
}

/** Unrelated events: each raises attention for some days. */
function events(random: RandomSource, list: readonly number[], count: number, height: number): number[] {
  const starts = Array.from({ length: count }, () => list[random.integer(list.length)]);
  return list.map((day) =>
    starts.reduce(
      (sum, start, k) => sum + (day >= start ? (height * (1 + (k % 3))) / 3 : 0) * pow(2, -(day - start) / 2),
      0,
    ),
  );
}

/** News is written on working days. 1970-01-01 was a Thursday. */
const weekday = (day: number): number => [1, 1, 0.65, 0.55, 0.95, 1.05, 1.05][day % 7];

/** A Poisson count; large means by the normal distribution. */
function poisson(random: RandomSource, mean: number): number {
  if (mean > 60) return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.normal()));
  const limit = exp(-mean);
  let count = 0;
  for (let product = random.next(); product > limit; product *= random.next()) count++;
  return count;
}

/** Google Trends, five years by weeks: a hashtag that nobody had searched for, and a topic that is always there. */
function trends({ seed, halfLife, rise, lasting }: AttentionAssumptions): string {
  const launch = dayNumber(campaign().launch);
  const added = addedFrom(launch);
  const random = seededRandom(seed, 1);
  const weeks = days("2013-09-01", "2018-08-26").filter((day) => (day + 4) % 7 === 0);
  const all = weeks.flatMap((week) => [0, 1, 2, 3, 4, 5, 6].map((k) => week + k));
  const noise = memory(random, weeks.length, 0.5, 0.16);
  const others = events(random, all, 14, 0.8);
  const mean = (week: number, of: (at: number, day: number) => number): number =>
    [0, 1, 2, 3, 4, 5, 6].reduce((sum, k) => sum + of(week * 7 + k, weeks[week] + k), 0) / 7;
  const topic = weeks.map((_, w) =>
    mean(w, (at, day) => (1 + added(day, rise.searches, halfLife.searches, lasting) + others[at]) * exp(noise[w])),
  );
  const hashtag = weeks.map(
    (_, w) => mean(w, (_at, day) => added(day, 14, halfLife.searches, 0)) * exp(0.3 * noise[w]),
  );
  const highest = Math.max(...topic, ...hashtag);
  const lines = weeks.map((week, w) => {
    // A few searches now and then, below what is shown.
    const stray = week >= launch && random.next() < 0.12 ? 0.004 * highest : 0;
    const shown = (value: number): string => {
      const index = (100 * value) / highest;
      return index >= 0.5 ? String(Math.round(index)) : index > 0.05 ? "<1" : "0";
    };
    return `${isoDay(week)},${shown(hashtag[w] + stray)},${shown(topic[w])}`;
  });
  const header = "Week,freethe20 [synthetic]: (Worldwide),women political prisoners [synthetic]: (Worldwide)";
  return `Category: All categories\n\n${header}\n${lines.join("\n")}\n`;
}

/** Media Cloud, three years by days: stories that mention the women, of all stories. */
function mediaCloud({ seed, halfLife, rise, lasting }: AttentionAssumptions): string {
  const added = addedFrom(dayNumber(campaign().launch));
  const random = seededRandom(seed, 2);
  const list = days("2014-09-01", "2017-08-31");
  const noise = memory(random, list.length, 0.5, 0.2);
  const totalNoise = memory(random, list.length, 0.9, 0.06);
  const others = events(random, list, 9, 2.5);
  const lines = list.map((day, i) => {
    const level = 4 * (1 + added(day, rise.coverage, halfLife.coverage, lasting) + others[i]);
    const total = Math.round(31_000 * weekday(day) * exp(totalNoise[i]));
    const count = poisson(random, level * weekday(day) * exp(noise[i]));
    return `${isoDay(day)},${count},${total},${Number((count / total).toPrecision(6))}`;
  });
  return `date,count,total_count,ratio\n${lines.join("\n")}\n`;
}

/** The Pageviews tool, a year by days from the first that exists: an average of articles, and eighteen others. */
function pageviews({ seed, halfLife, rise, lasting }: AttentionAssumptions): string {
  const added = addedFrom(dayNumber(campaign().launch));
  const random = seededRandom(seed, 3);
  const list = days("2015-07-01", "2016-06-30");
  const world = memory(random, list.length, 0.8, 0.18);
  const region = memory(random, list.length, 0.85, 0.2);
  const views = (level: number, share: number, jumps: number, at: (day: number) => number): number[] => {
    const own = memory(random, list.length, 0.5, 0.12);
    const jumped = events(random, list, jumps, 1.2);
    return list.map((day, i) => {
      const usual = level * exp(share * world[i] + (1 - share) * region[i] + own[i]);
      return poisson(random, usual * (1 + jumped[i] + at(day)));
    });
  };
  const featured = views(42, 0.6, 0, (day) => added(day, rise.views, halfLife.views, lasting));
  const others = Array.from({ length: DONORS }, (_, k) => {
    const level = 12 + 72 * random.next();
    return views(level, random.next() * 1.2, k % 3, () => 0);
  });
  const names = [
    "Featured women (average) [synthetic]",
    ...others.map((_, k) => `LL-${String(k + 1).padStart(2, "0")} [synthetic]`),
  ];
  const lines = list.map((day, i) => [isoDay(day), featured[i], ...others.map((values) => values[i])].join(","));
  return `Date,${names.join(",")}\n${lines.join("\n")}\n`;
}

/** The REST API: views of an article that few read; days without any are left out, as the service does. */
function pageviewsApi({ seed, halfLife }: AttentionAssumptions): string {
  const added = addedFrom(dayNumber(campaign().launch));
  const random = seededRandom(seed, 4);
  const items = days("2015-07-01", "2016-06-30").flatMap((day) => {
    const views = poisson(random, 1.6 + added(day, 60, halfLife.views, 0));
    if (views === 0) return [];
    const timestamp = `${isoDay(day).replaceAll("-", "")}00`;
    const article = "Synthetic_article_on_the_campaign";
    return [
      {
        project: "en.wikipedia",
        article,
        granularity: "daily",
        timestamp,
        access: "all-access",
        agent: "user",
        views,
      },
    ];
  });
  return `${JSON.stringify({ items })}\n`;
}

/** GDELT's DOC 2.0 timeline: it begins in 2017, so there is no time before the launch. */
function gdelt({ seed }: AttentionAssumptions): string {
  const random = seededRandom(seed, 5);
  const list = days("2017-01-01", "2017-06-30");
  const noise = memory(random, list.length, 0.6, 0.3);
  const lines = list.flatMap((day, i) => {
    const total = Math.round(160_000 * weekday(day) * exp(0.1 * noise[i]));
    const count = poisson(random, 9 * weekday(day) * exp(noise[i]));
    return [`${isoDay(day)},Article Count,${count}`, `${isoDay(day)},Total Monitored Articles,${total}`];
  });
  return `\uFEFFDate,Series,Value\n${lines.join("\n")}\n`;
}
