import { spawnSync } from "node:child_process";
import { type CountsQuestion, type PostgresSource, simulateStays, survivalCounts } from "../../lib/at-scale";
import { startPostgres, type TestServer } from "../../test/e2e/support/postgres";

/** Stays on two servers of PostgreSQL and in one file of DuckDB: `… servers.ts N` prints seconds as JSON. */

const half = Number(process.argv[2]) / 2;
const question: CountsQuestion = {
  dates: { start: "admitted", end: "released", until: "2020-12-31" },
  unit: "months",
  roundTime: 1,
  covariates: ["programme", { column: "age", bins: [40] }],
  strata: "district",
};

async function filled(first: number): Promise<TestServer> {
  const server = await startPostgres();
  // One process a server for one statement, as on machines of their own; two here have the two processors.
  // Neither cleans up in the background while the other is timed.
  server.run(`ALTER SYSTEM SET max_parallel_workers_per_gather = 0; ALTER SYSTEM SET autovacuum = off; SELECT pg_reload_conf();
    CREATE TABLE stays (admitted date, released date, programme integer, age integer, sex text, district text, ending text);`);
  const file = await simulateStays({ first, stays: half, format: "csv" });
  const args = ["-h", "127.0.0.1", "-p", String(server.port), "-U", "owner", "-d", "postgres"];
  const copy = ["-c", `\\copy stays FROM '${file}' WITH (FORMAT csv, HEADER)`, "-c", "VACUUM ANALYZE stays"];
  const { status, stderr } = spawnSync("psql", [...args, ...copy], {
    encoding: "utf8",
    env: { ...process.env, PGPASSWORD: server.password },
  });
  if (status !== 0) throw new Error(stderr);
  server.run("CHECKPOINT");
  process.env.PGPASSWORD = server.password;
  return server;
}

const sourceOf = ({ port, database, user }: TestServer): PostgresSource => ({
  engine: "postgresql",
  host: "127.0.0.1",
  port,
  database,
  user,
  table: "stays",
});

async function timed<T>(work: () => Promise<T>): Promise<{ seconds: number; value: T }> {
  const start = performance.now();
  const value = await work();
  return { seconds: (performance.now() - start) / 1000, value };
}

const medianOf = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

async function main(): Promise<void> {
  const servers = [await filled(0), await filled(half)];
  try {
    const sources = servers.map(sourceOf);
    const asked = [...sources, sources];
    const rounds: number[][] = asked.map(() => []);
    // The first answers fill the caches.
    const value = await survivalCounts(sources, question);
    for (let round = 0; round < 3; round++)
      for (const [at, source] of asked.entries())
        rounds[at]?.push((await timed(() => survivalCounts(source, question))).seconds);
    const [one, other, together] = rounds.map(medianOf);
    const whole = await survivalCounts(await simulateStays({ stays: 2 * half }), question);
    const same = JSON.stringify(value.model) === JSON.stringify(whole.model);
    process.stdout.write(JSON.stringify({ stays: value.report.rows.used, alone: [one, other], together, same }));
  } finally {
    for (const server of servers) server.stop();
  }
}

void main();
