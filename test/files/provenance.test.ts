import { describe, expect, it } from "vitest";
import type { Sourced } from "../../lib/files";
import { isSynthetic, provenancesOf } from "../../lib/files";

describe("provenance", () => {
  it("of rows and results is distinct and in a fixed order", () => {
    const rows = [{ provenance: "synthetic" }, { provenance: "public-record" }, { provenance: "synthetic" }] as const;
    expect(provenancesOf(rows)).toEqual(["public-record", "synthetic"]);
    expect(provenancesOf({ provenance: "published" })).toEqual(["published"]);
    expect(provenancesOf({ provenance: ["published", "synthetic"] })).toEqual(["synthetic", "published"]);
    expect(provenancesOf([])).toEqual([]);
  });

  it("is synthetic as soon as one row is", () => {
    const cases: [Sourced, boolean][] = [
      [[{ provenance: "public-record" }, { provenance: "synthetic" }], true],
      [{ provenance: ["public-record", "published"] }, false],
    ];
    for (const [sourced, synthetic] of cases) expect(isSynthetic(sourced)).toBe(synthetic);
  });
});
