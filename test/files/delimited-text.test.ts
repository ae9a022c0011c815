import { describe, expect, it } from "vitest";
import { decodeUtf8 } from "../../lib/files/decode";
import { splitTable } from "../../lib/files/delimited-text";
import { toText } from "../data/support";
import { fc } from "../support/property";

describe("splitTable", () => {
  it("gives back any cells that were written as a table", () => {
    const cell = fc.string({ unit: "grapheme" }).filter((text) => !text.includes("\0"));
    const table = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(table, fc.constantFrom([",", "csv"], ["\t", "tab"]), (rows, [delimiter, ending]) => {
        const text = toText([["a", "b"], ...rows], delimiter);
        const bytes = new TextEncoder().encode(text);
        const read = splitTable(decodeUtf8(bytes, "x"), `x.${ending}`, ["a", "b"]);
        expect(read.rows).toEqual(rows);
      }),
    );
  });
});
