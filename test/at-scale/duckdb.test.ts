import { appendFileSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { type CountsQuestion, countsTable, explainCounts, survivalCounts } from "../../lib/at-scale";
import { cox, cumulativeIncidence, kaplanMeier } from "../../lib/survival";
import { tableText } from "../../lib/tables";
import { csvOf, expected, folder, inDuckDB, type Stay, someStays } from "./stays";

const files = folder();
const stays = someStays(6000);
const csv = files.write("stays.csv", csvOf(stays));
const UNTIL = "2016-06-30";
const dates = { start: "admitted", end: "released", until: UNTIL } as const;
const question: CountsQuestion = { dates, covariates: ["age", "sex"], unit: "calendar months" };

/** Patterns as expected() has them. */
function patternsOf({ outcome, columns }: Awaited<ReturnType<typeof survivalCounts>>): Map<string, number> {
  const { time, event, entry, counts } = outcome;
  return new Map(
    counts.map((count, i) => {
      const entered = entry === undefined ? [] : [entry[i]];
      return [JSON.stringify([time[i], ...entered, event[i], columns.age[i], columns.sex[i]]), count];
    }),
  );
}

const sorted = (counts: Iterable<readonly [string, number]>) => [...counts].sort(([a], [b]) => (a < b ? -1 : 1));

describe("dates become times in the engine, to the bit as in TypeScript", () => {
  for (const unit of ["days", "months", "calendar months", "years"] as const)
    for (const delayed of [false, true])
      test(`${unit}${delayed ? ", with delayed entry" : ""}`, async () => {
        const asked = { ...question, unit, dates: delayed ? { ...dates, entry: "watched" } : dates };
        const found = await survivalCounts(csv, asked);
        const { patterns, leftOut } = expected(stays, unit, UNTIL, delayed);
        expect(sorted(patternsOf(found))).toEqual(sorted(patterns));
        expect(sorted(found.report.leftOut.map(({ what, count }) => [what, count]))).toEqual(sorted(leftOut));
        const all = [...patterns.values(), ...leftOut.values()].reduce((sum, count) => sum + count, 0);
        expect(all).toBe(stays.length);
        expect(found.report.rows.used + found.report.rows.leftOut).toBe(stays.length);
      });

  test("without an end of follow-up a row needs an end", async () => {
    const { report } = await survivalCounts(csv, { dates: { start: "admitted", end: "released" } });
    const lacking = stays.filter(
      ({ admitted, released }) => admitted !== null && (released === null || released > "9999"),
    );
    const what = 'no date in "released", and no end of follow-up';
    expect(report.leftOut.find((one) => one.what === what)?.count).toBe(lacking.length);
  });

  test("one day for all on which observation began", async () => {
    const observedFrom = "2015-07-01";
    const watched = (stay: Stay) => ({ ...stay, watched: observedFrom });
    const found = await survivalCounts(csv, { ...question, unit: "days", dates: { ...dates, observedFrom } });
    expect(sorted(patternsOf(found))).toEqual(sorted(expected(stays.map(watched), "days", UNTIL, true).patterns));
  });
});

describe("where rows are", () => {
  const answer = async (source: Parameters<typeof survivalCounts>[0]) => {
    const { report: _, ...found } = await survivalCounts(source, question);
    return found;
  };

  test("Parquet, JSON, a database, a folder and a pattern give what CSV gives", async () => {
    const whole = await answer(csv);
    const parts = path.join(files.path, "parts");
    mkdirSync(parts);
    const from = `SELECT * FROM read_csv('${csv}')`;
    await inDuckDB(
      path.join(files.path, "stays.duckdb"),
      `CREATE TABLE "my stays" AS ${from}`,
      `COPY (${from}) TO '${path.join(files.path, "stays.parquet")}'`,
      `COPY (${from}) TO '${path.join(files.path, "stays.json")}'`,
      `COPY (${from} WHERE age < 40) TO '${path.join(parts, "young.parquet")}'`,
      `COPY (${from} WHERE age >= 40 OR age IS NULL) TO '${path.join(parts, "old.parquet")}'`,
    );
    expect(await answer(path.join(files.path, "stays.parquet"))).toEqual(whole);
    expect(await answer(path.join(files.path, "stays.json"))).toEqual(whole);
    expect(await answer(parts)).toEqual(whole);
    expect(await answer(path.join(parts, "*.parquet"))).toEqual(whole);
    const database = { engine: "duckdb", path: path.join(files.path, "stays.duckdb"), table: "my stays" } as const;
    expect(await answer(database)).toEqual(whole);
    expect(await answer([path.join(parts, "young.parquet"), path.join(parts, "old.parquet")])).toEqual(whole);
  });

  test("the same twice, byte for byte, whatever order the engine's threads answer in", async () => {
    const [one, other] = [await survivalCounts(csv, question), await survivalCounts(csv, question)];
    expect(JSON.stringify(one)).toBe(JSON.stringify(other));
  });

  test("no file, a folder of several kinds, an ending that is not known, a database without a table", async () => {
    await expect(survivalCounts("nothing.csv", question)).rejects.toThrow(/nothing\.csv: no such file; looked for/);
    await expect(survivalCounts(path.join(files.path, "*.tsv"), question)).rejects.toThrow(/no such file/);
    files.write("notes.xlsx", "");
    await expect(survivalCounts(path.join(files.path, "notes.xlsx"), question)).rejects.toThrow(/ending/);
    await expect(survivalCounts(files.path, question)).rejects.toThrow(/is a folder with files that end in .*\.csv/);
    const database = path.join(files.path, "empty.duckdb");
    await inDuckDB(database, "CREATE TABLE a (b INTEGER)");
    await expect(survivalCounts(database, question)).rejects.toThrow(/say which of its tables/);
    const none = { engine: "duckdb", path: database, table: "stays" } as const;
    await expect(survivalCounts(none, question)).rejects.toThrow(/stays/);
  });

  test("nothing is left behind in the temporary folder", async () => {
    const before = process.env.TMPDIR;
    const own = path.join(files.path, "temporary");
    mkdirSync(own);
    process.env.TMPDIR = own;
    try {
      await survivalCounts(csv, question);
      await survivalCounts("nothing.csv", question).catch(() => {});
      await survivalCounts(csv, { ...question, covariates: ["none"] }).catch(() => {});
      expect(readdirSync(own)).toEqual([]);
    } finally {
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
    }
  });
});

describe("what ended a stay", () => {
  test("a column of 0 and 1, of truth values, or the values that are the event", async () => {
    const file = files.write(
      "events.csv",
      "t,e,b,why\n1,1,true,released\n2,0,false,held\n2,1,true,died\n3,1,true,released\n",
    );
    const time = { time: "t" } as const;
    expect((await survivalCounts(file, { ...time, event: "e" })).outcome).toEqual({
      time: [1, 2, 2, 3],
      event: [1, 0, 1, 1],
      counts: [1, 1, 1, 1],
    });
    expect((await survivalCounts(file, { ...time, event: "b" })).outcome.event).toEqual([1, 0, 1, 1]);
    const { outcome } = await survivalCounts(file, { ...time, event: { column: "why", is: ["released"] } });
    expect(outcome).toEqual({ time: [1, 2, 3], event: [1, 0, 1], counts: [1, 2, 1] });
  });

  test("causes, with those that mean that nothing did", async () => {
    const found = await survivalCounts(csv, { dates, cause: { column: "ending", censored: ["removed"] } });
    const { competing } = found;
    expect(new Set(competing?.cause)).toEqual(new Set(["censored", "died", "released"]));
    const used = stays.filter(
      ({ admitted, released }) => admitted !== null && (released === null || released >= admitted),
    );
    const died = used.filter(({ ending, released }) => ending === "died" && (released ?? "9") <= UNTIL).length;
    const counted = competing?.counts.reduce((sum, count, i) => sum + (competing.cause[i] === "died" ? count : 0), 0);
    expect(counted).toBe(died);
    // A cause is asked only of those whose end was seen.
    expect(found.report.leftOut.find(({ what }) => what === 'no value in "ending"')?.count).toBe(
      used.filter(({ ending, released }) => ending === null && (released ?? "9") <= UNTIL).length,
    );
  });

  test("an event that is neither 0 nor 1 is an error", async () => {
    const file = files.write("twos.csv", "t,e\n1,1\n2,2\n3,2\n");
    await expect(survivalCounts(file, { time: "t", event: "e" })).rejects.toThrow(
      /"e" is neither 0 nor 1 in 2 rows; an event is 1 and none is 0/,
    );
  });
});

describe("numbers that are rounded or binned", () => {
  const file = files.write(
    "numbers.csv",
    `t,e,x\n${Array.from({ length: 1000 }, (_, i) => `${(i % 97) / 7},${i % 2},${(i * 37) % 101}`).join("\n")}\n`,
  );

  test("say what is lost", async () => {
    const { report, columns } = await survivalCounts(file, {
      time: "t",
      event: "e",
      covariates: [
        { column: "x", name: "tens", round: 10 },
        { column: "x", name: "bins", bins: [20, 50] },
      ],
      roundTime: 1,
    });
    const xs = Array.from({ length: 1000 }, (_, i) => (i * 37) % 101);
    const variance = (values: readonly number[]) => {
      const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
      return values.reduce((sum, x) => sum + (x - mean) ** 2, 0);
    };
    const inside = (group: (x: number) => number) =>
      [...new Set(xs.map(group))].reduce((sum, one) => sum + variance(xs.filter((x) => group(x) === one)), 0);
    const [time, tens, bins] = report.rounding;
    expect(time.rule).toBe("up to the next multiple of 1");
    expect(tens.lost).toBeCloseTo(inside((x) => Math.floor(x / 10 + 0.5)) / variance(xs), 5);
    expect(bins.lost).toBeCloseTo(inside((x) => (x < 20 ? 0 : x < 50 ? 1 : 2)) / variance(xs), 5);
    expect(new Set(columns.bins)).toEqual(new Set(["below 20", "20 to below 50", "50 and above"]));
    expect(tableText(countsTable(report))).toContain("bins: into 3 intervals with limits 20, 50; ");
  });

  test("times go up, entries down, and a time on the line stays", async () => {
    const times = files.write("times.csv", "a,t,e\n0.2,0.3,1\n1.1,1.1,1\n0.5,1.01,0\n");
    const { outcome, report } = await survivalCounts(times, { time: "t", entry: "a", event: "e", roundTime: 0.1 });
    expect(outcome.time).toEqual([0.30000000000000004, 1.1]);
    expect(outcome.entry).toEqual([0.2, 0.5]);
    expect(report.leftOut).toEqual([{ what: "observation ended before it began, or then", count: 1 }]);
  });
});

describe("categories, strata and clusters are ready for a model", () => {
  test("levels beside their first, strata combined", async () => {
    const { model } = await survivalCounts(csv, {
      ...question,
      strata: ["district", "sex"],
      cluster: "district",
      covariates: ["age", "ending"],
    });
    expect(model.order).toEqual(["age", "ending=released", "ending=removed"]);
    expect(new Set(Array.from(model.strata ?? []))).toContain("O'Higgins, f");
    expect(model.cluster).toHaveLength(model.counts.length);
  });

  test("only some rows", async () => {
    const { report } = await survivalCounts(csv, { dates, only: { district: ["O'Higgins"], sex: ["f", "m"] } });
    expect(report.rows.used + report.rows.leftOut).toBe(
      stays.filter(({ district, sex }) => district === "O'Higgins" && sex !== null).length,
    );
  });

  test("what is computed from counts is what is computed from rows", async () => {
    const found = await survivalCounts(csv, { dates, covariates: ["age"] });
    const copies = found.outcome.counts.flatMap((count, i) => Array.from({ length: count }, () => i));
    const at = <T>(values: ArrayLike<T>) => copies.map((i) => values[i]);
    const rows = { time: at(found.outcome.time), event: at(found.outcome.event) };
    expect(kaplanMeier(found.outcome)[0].survival.length).toBe(kaplanMeier(rows)[0].survival.length);
    kaplanMeier(found.outcome)[0].survival.forEach((value, i) => {
      expect(value).toBeCloseTo(kaplanMeier(rows)[0].survival[i], 12);
    });
    const fit = cox(found.model);
    const [term] = fit.terms;
    const [byRow] = cox({ ...rows, covariates: { age: at(found.columns.age).map(Number) } }).terms;
    expect(term.coefficient).toBeCloseTo(byRow.coefficient, 12);
    expect(term.standardError).toBeCloseTo(byRow.standardError, 12);
    const ended = await survivalCounts(csv, { dates, cause: { column: "ending" } });
    const { competing } = ended;
    if (competing === null) throw new Error("causes were asked for");
    const each = competing.counts.flatMap((count, i) => Array.from({ length: count }, () => i));
    const [incidence] = cumulativeIncidence(competing);
    const [incidenceByRow] = cumulativeIncidence({
      time: each.map((i) => competing.time[i]),
      cause: each.map((i) => competing.cause[i]),
    });
    for (const [k, { incidence: found, standardError }] of incidence.causes.entries()) {
      expect(found.at(-1)).toBeCloseTo(incidenceByRow.causes[k].incidence.at(-1) ?? 0, 12);
      expect(standardError.at(-1)).toBeCloseTo(incidenceByRow.causes[k].standardError.at(-1) ?? 0, 12);
    }
  });
});

describe("what cannot be read has a clear error and no half result", () => {
  test("a column that is not there, with the nearest one", async () => {
    const asked = { ...question, covariates: ["agee", "sex"], strata: "distrikt" };
    await expect(survivalCounts(csv, asked)).rejects.toThrow(
      /covariates\[0\] names it, and there is no such column, did you mean "age"\?[\s\S]*strata names it, [\s\S]*"district"/,
    );
  });

  test("text where numbers are needed, with the values to blame", async () => {
    const file = files.write("text.csv", "t,e,age\n1,1,30\n2,1,about forty\n3,0,31\nsoon,0,31\n");
    await expect(survivalCounts(file, { time: "t", event: "e" })).rejects.toThrow(
      /column t: holds texts \(VARCHAR\), such as "soon"; for time numbers are needed/,
    );
    const rounded = { time: "t", event: "e", covariates: [{ column: "age", round: 5 }] };
    await expect(survivalCounts(file, rounded)).rejects.toThrow(/text\.csv/);
  });

  test("text far down in a column of numbers, with its row", async () => {
    const rows = Array.from({ length: 60_000 }, (_, i) => `${i % 50},1,${i === 59_000 ? "about forty" : 30}`);
    const file = files.write("long.csv", `t,e,age\n${rows.join("\n")}\n`);
    await expect(survivalCounts(file, { time: "t", event: "e", covariates: ["age"] })).rejects.toThrow(
      /long\.csv row 59002, column age: "about forty" is no number, and the rows before it have numbers there/,
    );
  });

  test("a date of no known form", async () => {
    const file = files.write("dates.csv", "a,b\n03/04/2015,04/05/2016\n05/04/2015,06/05/2016\n");
    await expect(survivalCounts(file, { dates: { start: "a", end: "b" } })).rejects.toThrow(
      /column a: holds texts \(VARCHAR\), such as "03\/04\/2015"[\s\S]*; for dates.start a column of dates/,
    );
    const source = { engine: "duckdb", path: file, dateFormat: "%d/%m/%Y" } as const;
    const { outcome } = await survivalCounts(source, { dates: { start: "a", end: "b" } });
    expect(outcome).toEqual({ time: [397], event: [1], counts: [2] });
  });

  test("a billion patterns", async () => {
    const database = path.join(files.path, "billion.duckdb");
    await inDuckDB(database, "CREATE VIEW stays AS SELECT range AS t, 1 AS e, range % 7 AS x FROM range(1000000000)");
    const source = { engine: "duckdb", path: database, table: "stays" } as const;
    await expect(survivalCounts(source, { time: "t", event: "e", covariates: ["x"] })).rejects.toThrow(
      /about [\d,]+ patterns are to be expected \(100,000 among the first 100,000 rows\), and more than 2,000,000 rows[\s\S]*comes from time \(100,000 values\), x \(7 values\)/,
    );
  });

  test("patterns that are many only behind the first rows", async () => {
    const database = path.join(files.path, "behind.duckdb");
    await inDuckDB(
      database,
      "CREATE TABLE stays AS SELECT greatest(range - 200000, 1) AS t, 1 AS e FROM range(250000)",
    );
    const source = { engine: "duckdb", path: database, table: "stays", threads: 1 } as const;
    await expect(
      survivalCounts(source, { time: "t", event: "e", mostPatterns: 10_000, mostRows: 10_000 }),
    ).rejects.toThrow(/has more than 10,000 patterns, though its first 100,000 rows have 1 patterns only/);
  });

  test("nearly as many patterns as rows: rows are brought one by one, and say the same", async () => {
    const file = files.write(
      "continuous.csv",
      `t,e\n${Array.from({ length: 3000 }, (_, i) => `${(i * 7919) % 3001}.5,${i % 3 === 0 ? 1 : 0}`).join("\n")}\n`,
    );
    const asked = { time: "t", event: "e" };
    const rows = await survivalCounts(file, { ...asked, mostPatterns: 100 });
    const { report: grouped, ...counts } = await survivalCounts(file, asked);
    expect([rows.report.sources[0].way, grouped.sources[0].way]).toEqual(["rows", "counts"]);
    expect(rows.outcome).toEqual(counts.outcome);
  });

  test("a file that changes while it is read", async () => {
    const file = files.write("growing.csv", csvOf(someStays(20_000)));
    const reading = survivalCounts(file, question);
    const growing = setInterval(() => appendFileSync(file, "2015-01-01,2015-02-01,2015-01-01,30,f,North,died\n"), 1);
    await expect(reading.finally(() => clearInterval(growing))).rejects.toThrow(/changed while it was read/);
  });

  test("names that are SQL are names", async () => {
    const robert = "Robert'); DROP TABLE stays;--";
    const quotes = 'a"b';
    const database = path.join(files.path, "robert.duckdb");
    const name = (text: string) => `"${text.replaceAll('"', '""')}"`;
    await inDuckDB(
      database,
      "CREATE TABLE stays (t INTEGER)",
      `CREATE TABLE ${name(robert)} (${name(quotes)} INTEGER, ${name(robert)} VARCHAR, e INTEGER)`,
      `INSERT INTO ${name(robert)} VALUES (1, 'x', 1), (2, 'Robert''); DROP TABLE stays;--', 1)`,
    );
    const before = readFileSync(database);
    const source = { engine: "duckdb", path: database, table: robert } as const;
    const found = await survivalCounts(source, {
      time: quotes,
      event: "e",
      covariates: [robert],
      only: { [robert]: [robert, "x"] },
    });
    expect(found.outcome.time).toEqual([1, 2]);
    expect(found.model.order).toEqual([`${robert}=x`]);
    await expect(survivalCounts({ ...source, table: `${robert}"` }, { time: "t", event: "e" })).rejects.toThrow(
      /Robert/,
    );
    expect(readFileSync(database).equals(before)).toBe(true);
  });
});

test("explainCounts shows the statement and the engine's plan", async () => {
  const [plan] = await explainCounts(csv, question);
  expect(plan).toMatchObject({ engine: "DuckDB", way: "counts", lookedAt: stays.length, exact: true });
  expect(plan.sql).toMatch(/^SELECT [\s\S]*COUNT\(\*\)[\s\S]*GROUP BY "left_out", "time_whole"/);
  expect(plan.sql).not.toContain(UNTIL);
  expect(plan.parameters).toContain(UNTIL);
  expect(plan.enginePlan.join("\n")).toContain("HASH_GROUP_BY");
});

test("a question that contradicts itself", async () => {
  const refused = (asked: object, message: RegExp) => expect(survivalCounts(csv, asked)).rejects.toThrow(message);
  await refused({}, /either time .* or dates/);
  await refused({ dates, time: "age" }, /either time .* or dates/);
  await refused({ time: "age" }, /event .* or cause is needed/);
  await refused({ dates, event: "e", cause: { column: "ending" } }, /one of them is needed/);
  await refused({ dates, unit: "weeks" }, /unit is "weeks"; one of days, months, calendar months, years/);
  await refused({ dates: { ...dates, until: "2015-02-30" } }, /dates\.until is "2015-02-30"; a day as YYYY-MM-DD/);
  await refused({ dates, covariates: ["age", { column: "sex", name: "age" }] }, /"age" is there twice/);
  await refused({ dates, covariates: [{ column: "age", bins: [20, 10] }] }, /increasing limits/);
  await refused({ dates, covariate: ["age"] }, /has the field "covariate"/);
});
