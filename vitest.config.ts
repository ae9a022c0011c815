import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** The checks that need Node only. The time zone is deliberately not UTC: no result may depend on it. */
export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/e2e/**", "node_modules/**"],
    env: { TZ: "America/Caracas", LC_ALL: "C" },
    // Files share their worker, which loads the library once instead of a hundred times: a test leaves behind no
    // environment variable, working directory or global of its own.
    isolate: false,
    // As many files at a time as there are cores; vitest itself leaves one idle, which is half of a small machine.
    maxWorkers: availableParallelism(),
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
