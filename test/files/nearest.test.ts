import { describe, expect, it } from "vitest";
import { didYouMean, nearest } from "../../lib/files/nearest";

describe("nearest", () => {
  it.each([
    ["releasd", "released"],
    ["relesaed", "released"],
    ["Released", "released"],
    ["realeased_kind", "release_kind"],
    ["age", null],
    ["", null],
  ])("%j is nearest to %j", (text, expected) => {
    expect(nearest(text, ["detained", "released", "release_kind"])).toBe(expected);
  });

  it("suggests nothing where nothing is near", () => {
    expect(didYouMean("age", ["released"])).toBe("");
    expect(didYouMean("releasd", ["released"])).toBe(', did you mean "released"?');
  });
});
