import { expect, test } from "vitest";
import { isoDay } from "../../lib/dates";
import { analyseCampaign, loadCampaign } from "../../lib/own-campaign";
import { likeRows } from "../../lib/own-campaign/like-rows";
import { seededRandom } from "../../lib/statistics/random";
import { cox, cumulativeIncidence, grayTest, kaplanMeier, logRank } from "../../lib/survival";
import { expectSame } from "../survival/counted";
import { SMALL, written } from "./support";

const random = seededRandom(16);
const wait = (days: number) => 1 + Math.floor(-Math.log(1 - random.next()) * days);
const lines = Array.from({ length: 12_000 }, (_, i) => {
  const [released, died] = [wait(300), wait(2000)];
  const detained = 16_700 + 9 * random.integer(4);
  const end = detained + Math.min(released, died);
  const [free, dead] = released < died ? [isoDay(end), ""] : ["", isoDay(end)];
  return `p${i},${isoDay(detained)},${free},${dead},${random.next() < 0.4 ? "yes" : "no"}`;
});
const text = `id,detained,released,died,featured\n${lines.join("\n")}\n`;
const mapping = { ...SMALL, unit: "months", columns: { ...SMALL.columns, died: "died" } } as const;

test.each([
  ["from the detention on", mapping],
  ["from a day on", { ...mapping, observedFrom: "2015-10-20" }],
])("a long file has its like rows counted, and the numbers of all its rows, %s", async (_, by) => {
  const data = await loadCampaign(written("long.csv", text), by, { progress: false });
  const like = likeRows(data);
  expect(like.counts?.reduce((sum, count) => sum + count, 0)).toBe(data.n);
  expect(like.time.length).toBeLessThan(data.n / 2);
  const found = await analyseCampaign(data, { progress: false, permutations: 99 });
  const { time, event, group, cause, entry, treated } = data;
  const outcome = { time, event, group, ...(entry && { entry }) };
  const order = data.groups;
  expectSame(found.curves, kaplanMeier(outcome, { order }), "curves");
  expectSame(found.logRank, { computed: true, value: logRank(outcome) }, "log-rank");
  const ends = { time, cause, group, ...(entry && { entry }) };
  expect(found.competing.computed).toBe(true);
  if (!found.competing.computed) return;
  expectSame(found.competing.value.incidence, cumulativeIncidence(ends, { order }), "incidence");
  // Gray's test takes no entry.
  if (entry === undefined) expectSame(found.competing.value.gray, { computed: true, value: grayTest(ends) }, "Gray");
  const [{ fit, n, events }] = found.models;
  const whole = cox({ time, event, covariates: { treated: treated ?? [] }, ...(entry && { entry }) });
  expect([n, events]).toEqual([whole.n, whole.events]);
  expect(fit?.n).toBe(whole.n);
  expectSame(fit?.terms[0].coefficient, whole.terms[0].coefficient, "coefficient");
  expectSame(fit?.terms[0].standardError, whole.terms[0].standardError, "error");
});

test("a short file is left as it is", async () => {
  const data = await loadCampaign(written("short.csv", text.split("\n").slice(0, 100).join("\n")), mapping);
  expect(likeRows(data)).toBe(data);
});
