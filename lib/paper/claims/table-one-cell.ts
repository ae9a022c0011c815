import { z } from "zod";
import type { Published } from "../../data";

/** Which number of Table 1 a check is about. */
export const tableOneCellSchema = z.strictObject({
  row: z.string().min(1),
  model: z.number().int().min(1).max(4),
  of: z.enum(["coefficient", "standard error"]),
});

/**
 * A number of Table 1 as a check's quantity, place, wording and value. A coefficient whose sign the transcript lost is
 * its magnitude, and the quantity says so.
 *
 * @param where who asks, for the error
 * @throws RangeError where the table has no such row, or the row no coefficient in that model
 */
export function tableOneCell(
  { table1 }: Pick<Published, "table1">,
  where: string,
  { row, model, of }: z.infer<typeof tableOneCellSchema>,
): { quantity: string; place: string; printed: string; value: number } {
  const rows = [
    { ...table1.campaign, signed: true },
    ...[...table1.characteristics, ...table1.regions].map((entry) => ({
      ...entry,
      coefficient: entry.absoluteCoefficient,
      signed: false,
    })),
  ];
  const found = rows.find(({ name }) => name === row);
  const at = found?.models.indexOf(model) ?? -1;
  const value = of === "coefficient" ? found?.coefficient[at] : found?.standardError[at];
  if (found === undefined || value === undefined) {
    const known =
      found === undefined
        ? `rows ${rows.map(({ name }) => name).join(", ")}`
        : `models ${found.models.join(", ")}`;
    throw new RangeError(`${where}: Table 1 has no ${of} of "${row}" in model ${model}; it has ${known}`);
  }
  const magnitude = of === "coefficient" && !found.signed ? "magnitude of the coefficient" : of;
  return {
    quantity: `${row}, model (${model}): ${magnitude}`,
    place: table1.place,
    printed: value.toFixed(3),
    value,
  };
}
