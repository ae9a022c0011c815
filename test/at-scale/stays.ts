import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll } from "vitest";
import { isoDay } from "../../lib/dates";
import { monthCounter } from "../../lib/dates/month-counter";
import { seededRandom } from "../../lib/statistics/random";

/** A made-up stay; null where the file has nothing. */
export interface Stay {
  readonly admitted: string | null;
  readonly released: string | null;
  readonly watched: string;
  readonly age: number | null;
  readonly sex: "f" | "m" | null;
  readonly district: string;
  readonly ending: string | null;
}

/** Stays with everything that a register has: days at the ends of months, leap days, gaps, ends before beginnings. */
export function someStays(n: number, seed = 16): Stay[] {
  const random = seededRandom(seed);
  const rare = (share: number) => random.next() < share;
  return Array.from({ length: n }, () => {
    // Some sixty days, so that patterns repeat; many are the last of a month.
    const first = isoDay(16_435 + 31 * random.integer(12) - random.integer(3));
    const stay = random.integer(25) * 29 + random.integer(3);
    const start = Math.round(Date.parse(first) / 86_400_000);
    const held = rare(0.2);
    return {
      admitted: rare(0.02) ? null : first,
      released: held ? (rare(0.1) ? "9999-12-31" : null) : isoDay(rare(0.03) ? start - 5 : start + stay),
      watched: isoDay(start + random.integer(40) - 20),
      age: rare(0.02) ? null : 18 + random.integer(40),
      sex: rare(0.02) ? null : rare(0.4) ? "f" : "m",
      district: ["North", "South", "O'Higgins"][random.integer(3)],
      ending: held ? null : rare(0.02) ? null : ["released", "removed", "died"][random.integer(3)],
    };
  });
}

/** What survivalCounts() has to find, row by row in TypeScript. */
export function expected(
  stays: readonly Stay[],
  unit: "days" | "months" | "calendar months" | "years",
  until: string,
  delayed = false,
) {
  const between = monthCounter(unit === "years" ? "days" : unit);
  const count = (from: string, to: string) => between(from, to) / (unit === "years" ? 365.2425 : 1);
  const leftOut = new Map<string, number>();
  const patterns = new Map<string, number>();
  for (const stay of stays) {
    const why = reason(stay, until, delayed);
    if (why !== null) leftOut.set(why, (leftOut.get(why) ?? 0) + 1);
    else {
      const { admitted, released, watched, age, sex } = stay;
      const start = admitted ?? "";
      const seen = released !== null && released <= until;
      const first = watched > start ? watched : start;
      const entry = delayed ? [count(start, first)] : [];
      const key = JSON.stringify([count(start, seen ? released : until), ...entry, seen ? 1 : 0, age, sex]);
      patterns.set(key, (patterns.get(key) ?? 0) + 1);
    }
  }
  return { leftOut, patterns };
}

function reason({ admitted, released, watched, age, sex }: Stay, until: string, delayed: boolean): string | null {
  if (admitted === null) return 'no date in "admitted"';
  const end = released !== null && released < "9999" ? released : null;
  if (end !== null && end < admitted) return '"released" lies before "admitted"';
  const last = end !== null && end <= until ? end : until;
  const first = watched > admitted ? watched : admitted;
  if (delayed && last <= first) return "custody or observation ended before observation began, or on that day";
  if (age === null) return 'no value in "age"';
  return sex === null ? 'no value in "sex"' : null;
}

export function csvOf(stays: readonly Stay[]): string {
  const names = ["admitted", "released", "watched", "age", "sex", "district", "ending"] as const;
  const cell = (value: string | number | null) => (value === null ? "" : String(value));
  return `${[names.join(), ...stays.map((stay) => names.map((name) => cell(stay[name])).join())].join("\n")}\n`;
}

/** A folder for the files of a test, which goes with it. */
export function folder(): { readonly path: string; write(name: string, text: string): string } {
  const made = mkdtempSync(path.join(tmpdir(), "at-scale-"));
  afterAll(() => rmSync(made, { recursive: true, force: true }));
  return {
    path: made,
    write: (name, text) => {
      const file = path.join(made, name);
      writeFileSync(file, text);
      return file;
    },
  };
}

/** Runs statements in DuckDB, to make the files of a test. */
export async function inDuckDB(file: string, ...statements: readonly string[]): Promise<void> {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  try {
    for (const sql of statements) await connection.run(sql);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
