import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The longest first, so that no core waits for it at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const longest = [
      "live",
      "site-pages",
      "site-notebooks",
      "install",
      "browser",
      "save-verify",
      "site-reading",
      "teaching",
      "live-reader",
      "live-hostile",
      "golden",
      "slides",
      "nbconvert",
      "student",
    ];
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = longest.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
      return at < 0 ? longest.length : at;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

/** The checks that need Jupyter, Chromium and R. */
export default defineConfig({
  test: {
    include: ["test/e2e/**/*.test.ts"],
    globalSetup: ["test/e2e/support/rendered.ts"],
    maxWorkers: availableParallelism(),
    sequence: { sequencer: LongestFirst },
    testTimeout: 300_000,
    hookTimeout: 240_000,
    // A page can be slow while another one is being checked beside it.
    expect: { poll: { timeout: 10_000 } },
  },
});
