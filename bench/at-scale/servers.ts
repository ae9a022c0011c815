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
  server.run(`ALTER SYSTEM SET max_parallel_workers_per_gather = 0; SELECT pg_reload_conf();
    CREATE TABLE stays (admitted date, released date, programme integer, age integer, sex text, district text, ending text);`);
  const file = await simulateStays({ first, stays: half, format: "csv" });
  const args = ["-h", "127.0.0.1", "-p", String(server.port), "-U", "owner", "-d", "postgres"];
  const copy = ["-c", `\\copy stays FROM '${file}' WITH (FORMAT csv, HEADER)`, "-c", "VACUUM ANALYZE stays"];
  const { status, stderr } = spawnSync("psql", [...args, ...copy], {
    encoding: "utf8",
    env: { ...process.env, PGPASSWORD: server.password },
  });
  if (status !== 0) throw new Error(stderr);
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

async function main(): Promise<void> {
  const servers = [await filled(0), await filled(half)];
  try {
    const sources = servers.map(sourceOf);
    const alone: number[] = [];
    // The first answer fills the caches.
    for (const source of sources) await survivalCounts(source, question);
    for (const source of sources) alone.push((await timed(() => survivalCounts(source, question))).seconds);
    const { seconds, value } = await timed(() => survivalCounts(sources, question));
    const whole = await survivalCounts(await simulateStays({ stays: 2 * half }), question);
    const same = JSON.stringify(value.model) === JSON.stringify(whole.model);
    process.stdout.write(JSON.stringify({ stays: value.report.rows.used, alone, together: seconds, same }));
  } finally {
    for (const server of servers) server.stop();
  }
}

void main();
