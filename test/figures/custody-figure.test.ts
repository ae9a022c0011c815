import { describe, expect, test } from "vitest";
import { loadFreeThe20, loadLongList } from "../../lib/data";
import { campaign } from "../../lib/data/schema";
import { dateInterval, partialDate } from "../../lib/dates";
import { type CustodyRow, custodyFigure } from "../../lib/figures";
import { PUBLIC, parts, visible } from "./support";

const OPTIONS = { data: PUBLIC, title: "Custody", campaign: campaign() };

/** A woman held since March 2014 who was released on a day of May 2016, unless said otherwise. */
function woman(changes: Partial<CustodyRow> = {}): CustodyRow {
  const released = partialDate("2016-05-25");
  return {
    label: "A",
    country: "B",
    detention: dateInterval(partialDate("2014-03-10"), null),
    released,
    released_earliest: null,
    released_latest: null,
    releaseInterval: dateInterval(released, null),
    release_kind: "pardon",
    counted: true,
    provenance: "public-record",
    ...changes,
  };
}

const HELD = { released: null, releaseInterval: null, counted: false, release_kind: "not released" } as const;

/** From and to of the bars of a trace, by row. */
function bars(figure: ReturnType<typeof custodyFigure>, name: string): (string | number | null | undefined)[][] {
  const trace = parts(figure).traces.find((one) => one.name === name);
  return (trace?.y ?? []).flatMap((row, index) =>
    index % 3 === 0 ? [[row, trace?.x[index], trace?.x[index + 1]]] : [],
  );
}

describe("the nineteen women", () => {
  const women = loadFreeThe20();
  const figure = custodyFigure(women.rows, { data: women, title: "Nineteen women" });
  const { traces, layout, annotations, shapes } = parts(figure);

  test("have a row each, labelled on both sides at the same height", () => {
    expect(layout.yaxis?.ticktext).toHaveLength(19);
    expect(layout.yaxis2?.tickvals).toEqual(layout.yaxis?.tickvals);
    expect(layout.yaxis2?.range).toEqual(layout.yaxis?.range);
    const names = (layout.yaxis?.ticktext ?? []).map(visible);
    for (const { label, country } of women.rows) expect(names).toContain(`${label} ${country}`);
    expect(layout.yaxis?.automargin).toBe(true);
  });

  test("stand in the order of their releases, those without one last", () => {
    const names = (layout.yaxis?.ticktext ?? []).map(visible);
    expect(names[0]).toBe("María Lourdes Afiuni Venezuela");
    expect(names.slice(-2)).toEqual(["Aster Yohannes Eritrea", "Matlyuba Kamilova Uzbekistan"]);
  });

  test("have their kind of release and its date beside the row", () => {
    const labels = (layout.yaxis2?.ticktext ?? []).map(visible);
    expect(labels[0]).toBe("◆ conditional release 14 Jun 2013, not counted");
    expect(labels).toContain("▲ exchange 25 May 2016");
    expect(labels).toContain("✚ kind not found Sep 2015–Oct 2016");
    expect(labels).toContain("no release found no date");
  });

  test("the launch and the end of follow-up are labelled lines", () => {
    expect(shapes.map((one) => [one.x0, one.x1])).toEqual([
      ["2015-09-01", "2015-09-01"],
      ["2018-09-01", "2018-09-01"],
    ]);
    expect(annotations.map((one) => visible(one.text))).toEqual(["Launch 1 Sep 2015", "End of follow-up 1 Sep 2018"]);
  });

  test("a woman who left custody before the launch is not drawn as held after it", () => {
    const row = bars(figure, "in custody").filter(([at]) => at === 0);
    expect(row).toEqual([[0, "2009-12-10", "2013-06-14"]]);
  });

  test("nothing is synthetic, and nothing is drawn in blocks", () => {
    expect(JSON.stringify(figure)).not.toMatch(/synthetic/i);
    expect(traces.some((trace) => trace.line?.dash === "dot")).toBe(false);
  });

  test("the text names each woman and what is known of her", () => {
    expect(figure.alt).toContain("16 of 19 count as released.");
    expect(figure.alt).toContain("Nadiya Savchenko (Russia): detained 17 Jun 2014, released 25 May 2016, exchange.");
    expect(figure.alt).toContain("María Lourdes Afiuni (Venezuela): detained 10 Dec 2009, released 14 Jun 2013");
    expect(figure.alt).toContain("(not counted)");
  });
});

describe("the long list", () => {
  const women = loadLongList();
  const figure = custodyFigure(women.rows, { data: women, title: "Long list" });
  const { layout, annotations } = parts(figure);

  test("real people stand first; synthetic ones are named so and drawn in blocks", () => {
    const names = (layout.yaxis?.ticktext ?? []).map(visible);
    expect(names.map((name) => name.includes("(synthetic)"))).toEqual([
      ...Array(19).fill(false),
      ...Array(18).fill(true),
    ]);
    const blocks = parts(figure).traces.filter((trace) => trace.line?.dash === "dot");
    expect(blocks.map((trace) => trace.name)).toEqual(["possibly in custody (synthetic)", "in custody (synthetic)"]);
    for (const trace of blocks) {
      for (const row of trace.y) if (row !== null) expect(Number(row)).toBeGreaterThanOrEqual(19);
    }
    expect(annotations.map((one) => visible(one.text))).toContain("PARTLY SYNTHETIC DATA");
  });

  test("its text counts and does not name: a table does that better", () => {
    expect(figure.alt).toContain("37 women");
    expect(figure.alt).not.toContain("Savchenko");
  });
});

describe("what is not known to the day", () => {
  test("is drawn lighter between its bounds, with a hollow mark at the policy's day", () => {
    const row = woman({
      released: null,
      released_earliest: "2016-01-01",
      released_latest: "2016-12-31",
      releaseInterval: null,
    });
    const mark = (policy: "earliest" | "latest") =>
      parts(custodyFigure([row], { ...OPTIONS, policy })).traces.find((trace) => trace.name === "release");
    expect(bars(custodyFigure([row], OPTIONS), "possibly in custody")).toEqual([[0, "2016-01-01", "2016-12-31"]]);
    expect(bars(custodyFigure([row], OPTIONS), "in custody")).toEqual([[0, "2014-03-10", "2016-01-01"]]);
    expect(mark("earliest")?.x).toEqual(["2016-01-01"]);
    expect(mark("latest")?.x).toEqual(["2016-12-31"]);
    expect(mark("latest")?.marker?.symbol).toEqual(["circle-open"]);
  });

  test("a known day has a filled mark", () => {
    const mark = parts(custodyFigure([woman()], OPTIONS)).traces.find((trace) => trace.name === "release");
    expect(mark?.marker?.symbol).toEqual(["circle"]);
    expect(mark?.x).toEqual(["2016-05-25"]);
  });

  test.each(["no release found", "no release reported"])(
    "%s: possibly in custody after the launch, and an arrow",
    (release_kind) => {
      const figure = custodyFigure([woman({ ...HELD, release_kind })], OPTIONS);
      expect(figure.alt).toContain(`detained 10 Mar 2014, ${release_kind}.`);
      expect(bars(figure, "in custody")).toEqual([[0, "2014-03-10", "2015-09-01"]]);
      expect(bars(figure, "possibly in custody")).toEqual([[0, "2015-09-01", "2018-09-01"]]);
      expect(parts(figure).traces.find((trace) => trace.name === "no release on record by the end")?.x).toEqual([
        "2018-09-01",
      ]);
    },
  );

  test("a release that only the coding supposes is called so", () => {
    const supposed = dateInterval(null, { earliest: "2016-01-01", latest: "2018-09-01" });
    const figure = custodyFigure([woman({ ...HELD, counted: true, releaseInterval: supposed })], OPTIONS);
    expect(parts(figure).layout.yaxis2?.ticktext?.map(visible)).toEqual(["✚ release supposed Jan 2016–Sep 2018"]);
    expect(figure.alt).toContain("release supposed");
  });
});

test("a detention from before the axis begins has an arrow and its year", () => {
  const early = woman({ detention: dateInterval(partialDate("2003-12-11"), null) });
  const arrow = parts(custodyFigure([early], OPTIONS)).traces.find((trace) => trace.name === "held since before");
  expect(arrow?.text).toEqual(["since 2003"]);
  expect(arrow?.x).toEqual(["2009-09-01"]);
});

test("text from data is shown letter for letter, in labels and when pointed at", () => {
  const hostile = woman({
    label: "<script>alert(1)</script>",
    country: '<a href="x">y</a> & $z$',
    release_kind: "<i>kind</i>",
  });
  const figure = custodyFigure([hostile], OPTIONS);
  const text = JSON.stringify({ data: figure.data, layout: figure.layout });
  expect(text).not.toMatch(/<script|<a |<i>|\$z\$/);
  expect(visible(parts(figure).layout.yaxis?.ticktext?.[0] ?? "")).toBe(
    '<script>alert(1)</script> <a href="x">y</a> & $z$',
  );
  const hover = parts(figure).traces.find((trace) => trace.name === "release")?.hovertext?.[0] ?? "";
  expect(visible(hover)).toContain("detained 10 Mar 2014 released 25 May 2016");
});

test("bad input", () => {
  expect(() => custodyFigure([], OPTIONS)).toThrow("needs at least one row");
  expect(() => custodyFigure([woman()], { ...OPTIONS, from: "2016-01-01" })).toThrow(
    "the axis starts on 2016-01-01, not before the launch on 2015-09-01",
  );
});
