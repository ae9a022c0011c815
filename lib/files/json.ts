import type { z } from "zod";
import { DataError, type Problem, refuse } from "./problem";

/**
 * Parses JSON and checks its shape; every fault becomes a {@link Problem} whose column is the path
 * inside the document.
 *
 * @throws DataError with all of them.
 * @example parseJson('{"rows": 19}', z.object({ rows: z.number() }), "counts.json").rows // 19
 */
export function parseJson<S extends z.ZodType>(text: string, schema: S, file: string): z.output<S> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw refuse(file, "json", `is not JSON: ${cause}`);
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new DataError(
    result.error.issues.map(({ path, message }): Problem => {
      const column = path.map(String).join(".");
      return { file, row: null, column: column === "" ? null : column, value: null, rule: "schema", message };
    }),
  );
}
