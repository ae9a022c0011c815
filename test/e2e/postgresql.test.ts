import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type CountsQuestion, explainCounts, type PostgresSource, survivalCounts } from "../../lib/at-scale";
import { cox } from "../../lib/survival";
import { csvOf, expected, folder, inDuckDB, type Stay, someStays } from "../at-scale/stays";
import { inBackground, startPostgres, type TestServer } from "./support/postgres";

const files = folder();
const stays = someStays(3000);
const csv = files.write("stays.csv", csvOf(stays));
const UNTIL = "2016-06-30";
const dates = { start: "admitted", end: "released", until: UNTIL } as const;
const question: CountsQuestion = { dates, covariates: ["age", "sex"], unit: "calendar months" };

const quoted = (value: string | number | null) =>
  value === null ? "NULL" : typeof value === "number" ? String(value) : `'${value.replaceAll("'", "''")}'`;
const TABLE = "(admitted date, released date, watched date, age integer, sex varchar(1), district text, ending text)";
const inserted = (rows: readonly Stay[], table: string) =>
  `INSERT INTO ${table} VALUES ${rows
    .map(
      (row) =>
        `(${[row.admitted, row.released, row.watched, row.age, row.sex, row.district, row.ending].map(quoted).join()})`,
    )
    .join(",\n")};`;

let north: TestServer;
let south: TestServer;
const sourceOf = ({ port, database, user }: TestServer, table = "stays"): PostgresSource => ({
  engine: "postgresql",
  host: "127.0.0.1",
  port,
  database,
  user,
  table,
});

beforeAll(async () => {
  [north, south] = await Promise.all([startPostgres(), startPostgres()]);
  const isNorth = ({ district }: Stay) => district === "North";
  north.run(`CREATE TABLE stays ${TABLE}; ${inserted(stays.filter(isNorth), "stays")}
             CREATE TABLE every_stay ${TABLE}; ${inserted(stays, "every_stay")}`);
  south.run(
    `CREATE TABLE stays ${TABLE}; ${inserted(
      stays.filter((stay) => stay.district === "South"),
      "stays",
    )}`,
  );
  process.env.PGPASSWORD = north.password;
});
afterAll(() => {
  delete process.env.PGPASSWORD;
  north.stop();
  south.stop();
});

/** Everything but the report, which names the sources. */
async function answer(source: Parameters<typeof survivalCounts>[0], asked: CountsQuestion = question) {
  const { report, ...found } = await survivalCounts(source, asked);
  return { ...found, leftOut: report.leftOut, assumed: report.assumed, rows: report.rows, rounding: report.rounding };
}

describe("PostgreSQL answers what DuckDB does", () => {
  for (const unit of ["days", "months", "calendar months", "years"] as const)
    test(unit, async () => {
      const asked = { ...question, unit, dates: { ...dates, entry: "watched" } };
      const found = await answer(sourceOf(north, "every_stay"), asked);
      expect(found).toEqual(await answer(csv, asked));
      const { leftOut } = expected(stays, unit, UNTIL, true);
      expect(new Map(found.leftOut.map(({ what, count }) => [what, count]))).toEqual(leftOut);
    });

  test("rounding, bins, causes, strata, a choice of rows", async () => {
    const asked: CountsQuestion = {
      dates,
      unit: "months",
      roundTime: 1,
      cause: { column: "ending", censored: ["removed"] },
      covariates: [
        { column: "age", round: 5 },
        { column: "age", name: "band", bins: [25, 40] },
      ],
      strata: ["district", "sex"],
      only: { district: ["North", "O'Higgins"] },
    };
    expect(await answer(sourceOf(north, "every_stay"), asked)).toEqual(await answer(csv, asked));
  });

  test("types of its own: truth values, numeric, moments with a zone, an enumeration, a domain, days without end", async () => {
    north.run(`CREATE TYPE end_kind AS ENUM ('free', 'held');
      CREATE DOMAIN years AS numeric(5,1);
      CREATE VIEW typed AS SELECT TIMESTAMPTZ '2015-03-01 23:30:00+00' AS a,
        CASE WHEN i = 2 THEN DATE 'infinity' WHEN i = 3 THEN DATE '-infinity' ELSE DATE '2015-03-11' END AS b,
        i % 2 = 0 AS even, CAST(i + 0.5 AS years) AS x, CAST('free' AS end_kind) AS k, 'NaN'::float8 AS n
        FROM generate_series(1, 4) AS i;`);
    const found = await survivalCounts(sourceOf(north, "typed"), {
      dates: { start: "a", end: "b", until: "2016-03-01" },
      covariates: ["even", "x", "k"],
    });
    expect(found.outcome).toEqual({ time: [10, 10, 366], event: [1, 1, 0], counts: [1, 1, 1] });
    expect(found.columns).toEqual({ even: [0, 1, 1], x: [1.5, 4.5, 2.5], k: ["free", "free", "free"] });
    expect(found.report.leftOut).toEqual([{ what: '"b" is no day of the years 1000 to 9999', count: 1 }]);
    expect(found.report.assumed[0].what).toMatch(/^an end in the year 9999 or later is none that was seen/);
    const nan = { time: "n", event: { column: "k", is: ["free"] } } as const;
    expect((await survivalCounts(sourceOf(north, "typed"), nan)).report.leftOut).toEqual([
      { what: '"n" is not a finite number', count: 4 },
    ]);
  });
});

describe("several engines at once", () => {
  test("two servers and a file of DuckDB give the model of one table", async () => {
    const rest = path.join(files.path, "rest.duckdb");
    await inDuckDB(rest, `CREATE TABLE stays AS SELECT * FROM read_csv('${csv}') WHERE district = 'O''Higgins'`);
    const parts = [sourceOf(north), sourceOf(south), { engine: "duckdb", path: rest, table: "stays" } as const];
    const [apart, together] = [await answer(parts), await answer(csv)];
    expect(apart).toEqual(together);
    expect(cox(apart.model).terms).toEqual(cox(together.model).terms);
  });

  test("one that fails leaves no half result", async () => {
    const gone = { ...sourceOf(south), port: 9 };
    await expect(survivalCounts([sourceOf(north), gone], question)).rejects.toThrow(/the server cannot be reached/);
  });

  test("partitions on another server (postgres_fdw): exact, and the plan shows what travels", async () => {
    south.run(`CREATE TABLE south_part ${TABLE}; ${inserted(stays.slice(0, 1500), "south_part")} ANALYZE south_part;`);
    north.run(`CREATE EXTENSION postgres_fdw;
      CREATE SERVER south FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '127.0.0.1', port '${south.port}', dbname 'postgres');
      CREATE USER MAPPING FOR owner SERVER south OPTIONS (user 'owner', password '${south.password}');
      CREATE TABLE parted (part integer, LIKE every_stay) PARTITION BY LIST (part);
      CREATE TABLE parted_north PARTITION OF parted FOR VALUES IN (1);
      ALTER TABLE parted DETACH PARTITION parted_north;
      ALTER TABLE parted ATTACH PARTITION parted_north FOR VALUES IN (1);`);
    south.run(`CREATE VIEW parted_south AS SELECT 2 AS part, * FROM south_part;`);
    north.run(`CREATE FOREIGN TABLE parted_south PARTITION OF parted FOR VALUES IN (2) SERVER south;
      INSERT INTO parted_north SELECT 1, * FROM every_stay; DELETE FROM parted_north;`);
    north.run(
      inserted(stays.slice(1500), "every_part").replace(
        "INSERT INTO every_part",
        `CREATE TABLE every_part ${TABLE}; INSERT INTO every_part`,
      ),
    );
    north.run("INSERT INTO parted_north SELECT 1, * FROM every_part; ANALYZE parted_north;");
    const source = sourceOf(north, "parted");
    expect(await answer(source)).toEqual(await answer(csv));
    const [{ enginePlan }] = await explainCounts(source, question);
    const plan = enginePlan.join("\n");
    expect(plan).toContain("Foreign Scan on public.parted_south");
    // The rows travel, and are grouped where the question was put: postgres_fdw sends no grouping of a part of the groups.
    expect(plan).not.toMatch(/Remote SQL:.*GROUP BY/);
  });
});

describe("what goes wrong has a clear error, and nothing is written", () => {
  let before = "";
  const state = () =>
    north.run(
      "SELECT relname, pg_relation_filenode(oid), pg_relation_size(oid) FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY relname; SELECT n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_user_tables ORDER BY relname;",
    );
  beforeAll(() => {
    north.run(`CREATE VIEW endless AS SELECT generate_series(1, 1000000000) AS t, 1 AS e;
      CREATE VIEW slow AS SELECT generate_series(1, 1000000000) % 10 AS t, 1 AS e;
      CREATE TABLE written (t integer);
      CREATE FUNCTION writes() RETURNS integer LANGUAGE plpgsql AS $$ BEGIN INSERT INTO written VALUES (1); RETURN 1; END $$;
      CREATE VIEW writing AS SELECT writes() AS t, 1 AS e;
      CREATE TABLE words AS SELECT 'about forty' AS age, 1 AS t, 1 AS e;
      CREATE TABLE "Robert'); DROP TABLE stays;--" AS SELECT 1 AS "t""", 1 AS e, 'x'' OR 1=1' AS "Robert');";`);
    before = state();
  });
  afterEach(() => expect(state()).toBe(before));

  const timed = { time: "t", event: "e" } as const;

  test("a wrong password, which is not printed", async () => {
    process.env.PGPASSWORD = "a wrong one";
    try {
      const error = await survivalCounts(sourceOf(north), question).catch(String);
      expect(error).toMatch(/the server refuses this user or password; .* PGPASSWORD or ~\/\.pgpass/);
      expect(error).not.toContain("a wrong one");
    } finally {
      process.env.PGPASSWORD = north.password;
    }
  });

  test("a password from a file of passwords", async () => {
    const file = files.write("pgpass", `127.0.0.1:${north.port}:*:owner:${north.password}\n`);
    const { chmodSync } = await import("node:fs");
    chmodSync(file, 0o600);
    delete process.env.PGPASSWORD;
    process.env.PGPASSFILE = file;
    try {
      expect((await survivalCounts(sourceOf(north), question)).report.rows.used).toBeGreaterThan(0);
    } finally {
      delete process.env.PGPASSFILE;
      process.env.PGPASSWORD = north.password;
    }
  });

  test("no such database, table or column", async () => {
    await expect(survivalCounts({ ...sourceOf(north), database: "none" }, question)).rejects.toThrow(
      /no such database/,
    );
    await expect(survivalCounts(sourceOf(north, "none"), question)).rejects.toThrow(/no such table or view/);
    await expect(survivalCounts(sourceOf(north), { ...question, covariates: ["agee"] })).rejects.toThrow(
      /there is no such column, did you mean "age"\?/,
    );
  });

  test("text in a column of numbers", async () => {
    const asked = { ...timed, covariates: [{ column: "age", round: 5 }] };
    await expect(survivalCounts(sourceOf(north, "words"), asked)).rejects.toThrow(
      /column age: holds texts \(text\), such as "about forty"; .* numbers are needed/,
    );
  });

  test("a billion patterns", async () => {
    const source = { ...sourceOf(north, "endless"), timeoutSeconds: 120 };
    await expect(survivalCounts(source, timed)).rejects.toThrow(
      /patterns are to be expected .* more than 2,000,000 rows/,
    );
  });

  test("a statement that takes too long", async () => {
    const source = { ...sourceOf(north, "slow"), timeoutSeconds: 2 };
    await expect(survivalCounts(source, timed)).rejects.toThrow(/took longer than timeoutSeconds and was ended/);
  });

  test("reading that would write", async () => {
    await expect(survivalCounts(sourceOf(north, "writing"), timed)).rejects.toThrow(/reading it would write/);
    expect(north.run("SELECT COUNT(*) FROM written")).toBe("0\n");
  });

  test("names and values that are SQL", async () => {
    const source = sourceOf(north, "Robert'); DROP TABLE stays;--");
    const asked = {
      time: 't"',
      event: "e",
      covariates: ["Robert');"],
      only: { "Robert');": ["x' OR 1=1", "'; DROP TABLE stays;--"] },
    };
    const found = await survivalCounts(source, asked);
    expect(found.columns).toEqual({ "Robert');": ["x' OR 1=1"] });
    const [{ sql }] = await explainCounts(source, asked);
    expect(sql).not.toContain("OR 1=1");
  });
});

test("a table that changes while it is read is read as it was", async () => {
  north.run("CREATE TABLE growing AS SELECT i % 50 AS t, 1 AS e FROM generate_series(1, 400000) AS i");
  let writing = true;
  const writer = (async () => {
    while (writing) await inBackground(north, "INSERT INTO growing SELECT 1, 1 FROM generate_series(1, 1000)");
  })();
  const { report } = await survivalCounts(sourceOf(north, "growing"), { time: "t", event: "e" });
  writing = false;
  await writer;
  // Whole insertions, those that were there when the transaction began.
  expect((report.rows.used - 400_000) % 1000).toBe(0);
  expect(report.rows.used).toBeLessThan(Number(north.run("SELECT COUNT(*) FROM growing")));
});

test("a server that is killed while it answers", async () => {
  const doomed = await startPostgres();
  try {
    doomed.run("CREATE VIEW slow AS SELECT generate_series(1, 1000000000) % 10 AS t, 1 AS e");
    const reading = survivalCounts(sourceOf(doomed, "slow"), { time: "t", event: "e" });
    setTimeout(() => doomed.kill(), 3000);
    await expect(reading).rejects.toThrow(/the server cannot be reached, or went away before it had answered/);
  } finally {
    doomed.stop();
  }
});
