import { defineConfig } from "vitest/config";

/** The checks that need Jupyter, Chromium and R: one file after the other, they share the machine's ports and cores. */
export default defineConfig({
  test: {
    include: ["test/e2e/**/*.test.ts"],
    fileParallelism: false,
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
});
