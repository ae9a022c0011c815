import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { explainCounts, survivalCounts } from "../../lib/at-scale";

/**
 * Trino's client against an exchange that was written by the protocol's documentation (trino.io, "Trino client REST API"): a
 * statement is posted, the answer comes in pages, and each names the next. No server of Trino has been asked.
 */

interface Page {
  readonly data?: readonly (readonly (string | number | null)[])[];
  readonly error?: { readonly message: string; readonly errorName: string };
}

const asked: { sql: string; user: string; catalog: string; session: string }[] = [];
let pages: (sql: string) => readonly Page[] = () => [];
let server: Server;
let address = "";

beforeAll(async () => {
  const waiting = new Map<string, Page[]>();
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (piece) => {
      body += piece;
    });
    request.on("end", () => {
      const id = request.method === "POST" ? `q${asked.length}` : (request.url?.split("/").pop() ?? "");
      if (request.method === "POST") {
        const header = (name: string) => String(request.headers[name] ?? "");
        asked.push({
          sql: body,
          user: header("x-trino-user"),
          catalog: `${header("x-trino-catalog")}.${header("x-trino-schema")}`,
          session: header("x-trino-session"),
        });
        waiting.set(id, [{}, ...pages(body)]);
      }
      const [page, ...rest] = waiting.get(id) ?? [];
      waiting.set(id, rest);
      response.setHeader("content-type", "application/json");
      const next = rest.length === 0 ? {} : { nextUri: `${address}/v1/statement/executing/${id}` };
      response.end(
        JSON.stringify({ id, infoUri: `${address}/ui/${id}`, stats: { state: "RUNNING" }, ...next, ...page }),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  address = `http://127.0.0.1:${port}`;
});
afterAll(() => server.close());

const source = () =>
  ({ engine: "trino", server: address, catalog: "lake", schema: "custody", table: 'st"ays', user: "ada" }) as const;
const question = {
  dates: { start: "admitted", end: "released", until: "2024-12-31" },
  unit: "months",
  covariates: ["age"],
  only: { district: ["O'Higgins"] },
} as const;
const COLUMNS = [
  ["admitted", "date", "", ""],
  ["released", "timestamp(3)", "", ""],
  ["age", "integer", "", ""],
  ["district", "varchar(40)", "", ""],
];

describe("Trino, by a written exchange", () => {
  test("groups arrive page by page and become counts", async () => {
    pages = (sql) => {
      if (sql.startsWith("SHOW COLUMNS")) return [{}, { data: COLUMNS }];
      if (sql.includes('"patterns"')) return [{}, { data: [[5000, 3, 1, 0, 3, 2, 2]] }];
      return [
        {},
        { data: [[null, 60, 1, 30, 2000, 0, 0]] },
        {
          data: [
            [null, 30, 0, 40, 1000, 1000, 0],
            [null, 60, 1, 20, 1500, 0, 0],
            [1, null, null, null, 500, 0, 0],
          ],
        },
      ];
    };
    asked.length = 0;
    const found = await survivalCounts(source(), question);
    const month = 30.436875;
    expect(found.outcome).toEqual({
      time: [30 / month, 60 / month, 60 / month],
      event: [0, 1, 1],
      counts: [1000, 1500, 2000],
    });
    expect(found.columns).toEqual({ age: [40, 20, 30] });
    expect(found.report.leftOut).toEqual([{ what: 'no date in "admitted"', count: 500 }]);
    expect(found.report.notes).toEqual(["released: the time of day behind the date is not used"]);
    expect(asked.map(({ user, catalog }) => [user, catalog])).toEqual(asked.map(() => ["ada", "lake.custody"]));
    expect(asked[0].session).toContain("query_max_run_time=600s");
  });

  test("the statement has its values as literals and its names in quotation marks", async () => {
    pages = (sql) =>
      sql.startsWith("SHOW COLUMNS")
        ? [{ data: COLUMNS }]
        : sql.startsWith("EXPLAIN")
          ? [{ data: [["Fragment 0"]] }]
          : [{ data: [[5000, 3, 1, 0, 3, 2, 2]] }];
    const [plan] = await explainCounts(source(), question);
    expect(plan.sql).toContain(`FROM "lake"."custody"."st""ays"\n`);
    expect(plan.sql).toContain(`"district" IN ('O''Higgins')`);
    expect(plan.sql).toContain(`date_diff('day', "start", "last")`);
    expect(plan.sql).toContain("CAST('2024-12-31' AS DATE)");
    expect(plan.enginePlan).toEqual(["Fragment 0"]);
  });

  test("an error in the midst of an answer, and a server that is not there", async () => {
    pages = (sql) => {
      if (sql.startsWith("SHOW COLUMNS")) return [{ data: COLUMNS }];
      if (sql.includes('"patterns"')) return [{ data: [[5000, 3, 1, 0, 3, 2, 2]] }];
      return [
        { data: [[null, 60, 1, 30, 2000, 0, 0]] },
        { error: { message: "Query exceeded maximum time limit of 10.00m", errorName: "EXCEEDED_TIME_LIMIT" } },
      ];
    };
    await expect(survivalCounts(source(), question)).rejects.toThrow(/Trino says: Query exceeded maximum time limit/);
    pages = () => [
      { error: { message: "line 1:15: Table 'lake.custody.stays' does not exist", errorName: "TABLE_NOT_FOUND" } },
    ];
    await expect(survivalCounts(source(), question)).rejects.toThrow(/does not exist \(TABLE_NOT_FOUND\)/);
    const gone = { ...source(), server: "http://127.0.0.1:9" };
    await expect(survivalCounts(gone, question)).rejects.toThrow(
      /Trino table .* the server cannot be reached or refuses/,
    );
  });
});
