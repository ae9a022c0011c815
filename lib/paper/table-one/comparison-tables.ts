import type { Sourced } from "../../files";
import { type Table, table } from "../../tables";
import { fixed, pretty } from "../../tables/regression/inner";
import { MODEL_NUMBERS, type ModelNumber } from "./columns";
import type { PrintedComparison, PrintedNumber } from "./compare";

const text = (value: number | null | undefined, digits: number): string =>
  value == null ? "–" : pretty(fixed(value, digits));

/** Both numbers of a row in a model. */
function pair({ numbers }: PrintedComparison, row: string, model: ModelNumber) {
  const find = (of: PrintedNumber["of"]) =>
    numbers.find((number) => number.row === row && number.model === model && number.of === of);
  return { coefficient: find("coefficient"), standardError: find("standard error") };
}

const rowsOf = ({ numbers }: PrintedComparison): string[] => [...new Set(numbers.map(({ row }) => row))];

/**
 * Table 1 twice in one: each cell has the printed number on the left and the computed one on the right, with an equals
 * sign where they agree to the printed digit and ≠ where they do not.
 *
 * @param comparison of compareWithPrinted()
 * @param options `data`: what the models were fitted to
 * @example show(besidePrinted(compareWithPrinted(models, loadPublished().table1), { data: group }))
 */
export function besidePrinted(comparison: PrintedComparison, options: { readonly data: Sourced }): Table {
  const beside = (number: PrintedNumber | undefined): string => {
    if (number === undefined) return "";
    const sign = number.agrees === null ? "?" : number.agrees ? "=" : "≠";
    return `${text(number.printed, 3)} ${sign} ${text(number.computed, 3)}`;
  };
  const rows = rowsOf(comparison).map((row) => [
    row,
    ...MODEL_NUMBERS.map((model) => {
      const { coefficient, standardError } = pair(comparison, row, model);
      return coefficient === undefined ? "" : [beside(coefficient), `(${beside(standardError)})`];
    }),
  ]);
  const observations = comparison.observations.map(
    ({ printed, computed }) => `${printed} ${printed === computed ? "=" : "≠"} ${computed}`,
  );
  return table([...rows, ["Observations", ...observations]], {
    caption: "Table 1: printed on the left, computed on the right",
    data: options.data,
    notes: notesOf(comparison),
    columns: ["", ...MODEL_NUMBERS.map((model) => `(${model})`)].map((label, at) => ({
      label,
      value: (row) => row[at] ?? "",
      align: at === 0 ? "left" : "right",
    })),
  });
}

/**
 * One line for each coefficient of Table 1: printed, computed and difference of coefficient and standard error, with a
 * mark where the printed digit is missed.
 *
 * @param comparison of compareWithPrinted()
 * @param options `data`: what the models were fitted to; `only: "differing"` leaves out the lines that agree
 * @example show(printedComparisonTable(comparison, { data: group, only: "differing" }))
 */
export function printedComparisonTable(
  comparison: PrintedComparison,
  options: { readonly data: Sourced; readonly only?: "differing" },
): Table {
  const lines = rowsOf(comparison).flatMap((row) =>
    MODEL_NUMBERS.flatMap((model) => {
      const { coefficient, standardError } = pair(comparison, row, model);
      return coefficient === undefined || standardError === undefined
        ? []
        : [{ row, model, coefficient, standardError }];
    }),
  );
  const shown = options.only === "differing" ? lines.filter((line) => markOf(line) !== "") : lines;
  return table(shown, {
    caption:
      options.only === "differing"
        ? `Table 1: ${shown.length} of ${lines.length} cells that miss a printed digit`
        : "Table 1, number by number",
    data: options.data,
    notes: notesOf(comparison),
    columns: [
      { label: "Row", value: "row" },
      { label: "Model", value: (line) => `(${line.model})` },
      { label: "b printed", value: (line) => text(line.coefficient.printed, 3), align: "right" },
      { label: "b computed", value: (line) => text(line.coefficient.computed, 5), align: "right" },
      { label: "difference", value: (line) => text(line.coefficient.difference, 5), align: "right" },
      { label: "s.e. printed", value: (line) => text(line.standardError.printed, 3), align: "right" },
      { label: "s.e. computed", value: (line) => text(line.standardError.computed, 5), align: "right" },
      { label: "difference", value: (line) => text(line.standardError.difference, 5), align: "right" },
      { label: "Differs in", value: markOf },
    ],
  });
}

function markOf(line: {
  readonly coefficient: PrintedNumber;
  readonly standardError: PrintedNumber;
}): string {
  if (line.coefficient.agrees === null) return "not computed";
  const differing = [line.coefficient, line.standardError].filter(({ agrees }) => agrees === false);
  return differing.map(({ of }) => `≠ ${of}`).join(", ");
}

function notesOf({ agreeing, compared, numbers, signs, columns, furthest }: PrintedComparison): string[] {
  return [
    `${agreeing} of ${numbers.length} numbers agree to the printed digit${compared < numbers.length ? `; ${numbers.length - compared} have no computed twin` : ""}.`,
    ...(furthest === null
      ? []
      : [
          `Largest difference: ${pretty(fixed(furthest.difference ?? 0, 5))}, ${furthest.of} of ${furthest.row} in model (${furthest.model}).`,
        ]),
    `Magnitudes are compared: signs other than the campaign's are lost in print and follow the pattern "${signs.name}"; columns are read "${columns}".`,
  ];
}
