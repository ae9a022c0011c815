import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** What takes half a minute and more; a folder before each name, since some names are there twice. */
const LONGEST = [
  "kernel/kernel",
  "picture/picture",
  "notebooks/runner",
  "kernel/cells",
  "notebooks/other-data",
  "notebooks/committed",
  "verify/verify",
  "kernel/thread",
  "new/new",
  "live/checker",
  "kernel/edited-cox",
  "start/start",
  "notebooks/student",
  "data/check",
];

/** They begin first, so that no core waits for one at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = LONGEST.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
      return at < 0 ? LONGEST.length : at;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

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
    sequence: { sequencer: LongestFirst },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
