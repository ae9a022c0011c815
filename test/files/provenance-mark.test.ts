import { expect, test } from "vitest";
import { beliefFigure } from "../../lib/figures";
import { type Provenance, provenanceMark } from "../../lib/files";
import { updateBeliefs } from "../../lib/paper/mechanisms";
import { table, tableText } from "../../lib/tables";

test.each<[readonly Provenance[], string | null]>([
  [["public-record"], null],
  [[], null],
  [["synthetic"], "SYNTHETIC DATA"],
  [["public-record", "synthetic"], "PARTLY SYNTHETIC DATA"],
  [["judgement"], "JUDGEMENTS"],
  [["judgement", "public-record"], "JUDGEMENTS"],
  [["synthetic", "judgement"], "SYNTHETIC DATA · JUDGEMENTS"],
])("%j bears the mark %j", (provenance, mark) => {
  expect(provenanceMark({ provenance })).toBe(mark);
  const text = tableText(table([{ a: 1 }], { caption: "One", data: { provenance } }));
  expect(text.startsWith(mark === null ? "One" : `${mark}: One`)).toBe(true);
});

test("a figure of beliefs says that it shows judgements, and not that they are from the public record", () => {
  const beliefs = updateBeliefs({ rain: 1, hose: 1 }, [
    { id: "wet", label: "Wet", likelihoods: { rain: 0.9, hose: 0.5 } },
  ]);
  const names = { rain: "Rain", hose: "Hose" };
  const { alt, layout } = beliefFigure(beliefs, {
    title: "B",
    subtitle: "judged",
    names,
    data: { provenance: ["public-record", "judgement"] },
  });
  expect(alt).toContain("Judgements are shown, not data. What they are about is from the public record.");
  expect(alt).not.toContain("The data are from the public record");
  expect(JSON.stringify(layout)).toContain("<b>JUDGEMENTS</b>");
});
