import { spawn, spawnSync } from "node:child_process";
import { chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { findPostgres } from "../../../tools/start/e2e/needs";
import { thisMachine } from "../../../tools/start/machine";

/** A server of Debian's PostgreSQL in a folder of its own, on a free port of this machine only. */
export interface TestServer {
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  /** Runs statements of psql as the owner of the server. */
  run(sql: string): string;
  /** Ends it at once, as if the machine had failed. */
  kill(): void;
  stop(): void;
}

/** PostgreSQL refuses to run as root; Debian's package has a user for it. */
function asServer(program: string, args: readonly string[], input = ""): string {
  const isRoot = process.getuid?.() === 0;
  const [command, all] = isRoot ? ["runuser", ["-u", "postgres", "--", program, ...args]] : [program, [...args]];
  const { status, stdout, stderr } = spawnSync(command, all, { encoding: "utf8", input, cwd: "/" });
  if (status !== 0) throw new Error(`${path.basename(program)}: ${stderr || stdout}`);
  return stdout;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

export async function startPostgres(password = "s3cret of the test"): Promise<TestServer> {
  const bin = await findPostgres(thisMachine());
  if (bin === null) throw new Error("PostgreSQL is not here; npm run test:e2e installs it from Debian's packages");
  const program = (name: string) => path.join(bin, name);
  const folder = mkdtempSync(path.join(tmpdir(), "test-postgres-"));
  const secret = path.join(folder, "password");
  writeFileSync(secret, password, { mode: 0o600 });
  if (process.getuid?.() === 0) {
    const id = (flag: string) => Number(spawnSync("id", [flag, "postgres"], { encoding: "utf8" }).stdout);
    for (const one of [folder, secret]) chownSync(one, id("-u"), id("-g"));
  }
  const data = path.join(folder, "data");
  const port = await freePort();
  asServer(program("initdb"), [
    "-D",
    data,
    "-U",
    "owner",
    "-A",
    "scram-sha-256",
    `--pwfile=${secret}`,
    "-E",
    "UTF8",
    "--no-sync",
  ]);
  const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder} -c fsync=off`;
  asServer(program("pg_ctl"), ["-D", data, "-l", path.join(folder, "log"), "-o", settings, "-w", "start"]);
  const pid = Number(readFileSync(path.join(data, "postmaster.pid"), "utf8").split("\n")[0]);
  const run = (sql: string): string => {
    const { status, stdout, stderr } = spawnSync(
      program("psql"),
      ["-h", "127.0.0.1", "-p", String(port), "-U", "owner", "-d", "postgres", "-v", "ON_ERROR_STOP=1", "-At"],
      { encoding: "utf8", input: sql, env: { ...process.env, PGPASSWORD: password } },
    );
    if (status !== 0) throw new Error(stderr);
    return stdout;
  };
  const kill = () => process.kill(pid, "SIGQUIT");
  const stop = () => {
    try {
      asServer(program("pg_ctl"), ["-D", data, "-m", "immediate", "-w", "stop"]);
    } catch {
      // It was killed before.
    }
    rmSync(folder, { recursive: true, force: true });
  };
  return { port, database: "postgres", user: "owner", password, run, kill, stop };
}

/** Runs statements of psql beside what the test does. */
export async function inBackground({ port, password }: TestServer, sql: string): Promise<void> {
  const bin = (await findPostgres(thisMachine())) ?? "";
  const psql = spawn(
    path.join(bin, "psql"),
    ["-h", "127.0.0.1", "-p", String(port), "-U", "owner", "-d", "postgres", "-c", sql],
    {
      env: { ...process.env, PGPASSWORD: password },
      stdio: "ignore",
    },
  );
  await new Promise<void>((resolve) => psql.on("exit", () => resolve()));
}
