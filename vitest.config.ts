import { defineConfig } from "vitest/config";

/** The checks that need Node only. The time zone is deliberately not UTC: no result may depend on it. */
export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/e2e/**", "node_modules/**"],
    env: { TZ: "America/Caracas", LC_ALL: "C" },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
