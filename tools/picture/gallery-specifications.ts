import { type Figure, specificationCurveFigure } from "../../lib/figures";
import type { Choice } from "../../lib/paper/multiverse";
import { seededRandom } from "../../lib/statistics";

const choice = (name: string, label: string, levels: readonly string[]): Choice => ({
  name,
  label,
  levels: levels.map((level) => ({ name: level, label: level, reasoning: "" })),
});

/** Some hundred made-up specifications, four of them marked, three of which stand close together. */
export function specifications(): Figure {
  const random = seededRandom(3);
  const choices = [
    choice("clock", "Clock", ["since arrest", "since launch", "calendar"]),
    choice("adjusted", "Adjustment", ["none", "regions", "regions and concerns"]),
    choice("coding", "Coding", ["strict", "working paper", "broad"]),
    ...["one", "two", "three", "four"].map((name) => choice(name, `Choice ${name}`, ["yes", "no"])),
  ];
  const all = choices.reduce<Readonly<Record<string, string>>[]>(
    (rows, { name, levels }) => rows.flatMap((row) => levels.map((level) => ({ ...row, [name]: level.name }))),
    [{}],
  );
  const results = all.map((specification, index) => {
    const shift = specification.clock === "since arrest" ? 0.5 : 0;
    const [estimate, standardError] = [0.3 + shift + 0.5 * random.normal(), 0.25 + 0.2 * random.next()];
    const [lower, upper] = [estimate - 2 * standardError, estimate + 2 * standardError];
    const pValue = Math.min(1, Math.exp(-((estimate / standardError) ** 2) / 2));
    const counts = { n: 150, events: 60, treatedEvents: 16, notes: [], reason: null };
    return { index, specification, ...counts, estimate, standardError, lower, upper, pValue };
  });
  const byEstimate = [...results].sort((a, b) => a.estimate - b.estimate);
  const marked = [160, 200, 205, 220].map((at, i) => ({
    specification: byEstimate[at].specification,
    label: `(${i + 1})`,
  }));
  const run = { choices, results, excluded: [], term: "featured", provenance: ["synthetic"] as const };
  return specificationCurveFigure(run, { data: { provenance: "synthetic" }, marked, markedLabel: "the paper's" });
}
