import type { Engine } from "./engine";
import { Gathered } from "./gather";
import { type CountsPlan, checkFaults, checkPatterns, planOf } from "./plan";
import { type Asked, type CountsQuestion, checkQuestion } from "./question";
import { type Answer, result, type SurvivalCounts } from "./result";
import { type CountsSource, openSource } from "./source";

/**
 * Stays as counts by (entry, time, event, pattern of covariates), made where the data are: one statement of plain SQL, whose
 * answer is all that any exact estimate of this library needs. What takes `counts` then takes the time of a table of patterns,
 * however many rows stand behind it.
 *
 * Dates become days, months or years in the engine, by the rules of lib/dates. A row without a value in a column that is asked
 * for, or whose interval is impossible, is left out, counted and named in `report`; nothing else disappears. Several sources
 * give what one table of all their rows would: institutions that may not share rows fit one exact model, and only counts
 * travel. Nothing is written anywhere: files are opened for reading, and PostgreSQL in a transaction that can only read.
 *
 * @param source a path (CSV, Parquet, JSON, a folder or pattern of them), a table of a .duckdb file, of PostgreSQL or of Trino;
 *   or several of these, which may be of different kinds
 * @param question which columns are what; see {@link CountsQuestion}
 * @returns patterns with their counts, ready for kaplanMeier(), logRank(), cumulativeIncidence() and cox(), and a report
 * @throws DataError where a source cannot be read, lacks a column, has text where a number is needed, has too many patterns,
 *   or changed meanwhile; there is no half result
 * @throws {InvalidInputError} if the question contradicts itself
 * @example
 * const stays = await survivalCounts("stays/*.parquet", {
 *   dates: { start: "admitted", end: "released", until: "2024-12-31" }, covariates: ["age", "sex"],
 * });
 * kaplanMeier(stays.outcome);
 * cox(stays.model)
 */
export async function survivalCounts(
  source: CountsSource | readonly CountsSource[],
  question: CountsQuestion,
): Promise<SurvivalCounts> {
  const asked = checkQuestion("survivalCounts", question);
  const sources = isList(source) ? source : [source];
  // Engines of several servers work at the same time; all must have answered before anything is made of it.
  const answers = await allOrFirstFault(sources.map((one) => answer("survivalCounts", one, asked)));
  const [{ statement }] = answers;
  const gathered = new Gathered(statement);
  for (const { gathered: one, plan } of answers) gathered.add(one, plan.source);
  return result(asked, statement, gathered.merged(), answers);
}

/**
 * What survivalCounts() would ask, without asking it: the statement for each source with its parameters, whether rows would be
 * grouped, and how the engine would go about it in its own words (EXPLAIN).
 *
 * @throws as survivalCounts()
 * @example (await explainCounts("stays/*.parquet", question))[0].sql
 */
export async function explainCounts(
  source: CountsSource | readonly CountsSource[],
  question: CountsQuestion,
): Promise<readonly (CountsPlan & { readonly enginePlan: readonly string[] })[]> {
  const asked = checkQuestion("explainCounts", question);
  return allOrFirstFault(
    (isList(source) ? source : [source]).map((one) =>
      opened("explainCounts", one, async (engine) => {
        const { plan, statement } = await planOf(asked, engine);
        return { ...plan, enginePlan: await engine.plan(statement) };
      }),
    ),
  );
}

const isList = (source: CountsSource | readonly CountsSource[]): source is readonly CountsSource[] =>
  Array.isArray(source);

/** Waits for all, so that no connection is left open, and then throws the first fault. */
async function allOrFirstFault<T>(work: readonly Promise<T>[]): Promise<T[]> {
  const settled = await Promise.allSettled(work);
  return settled.map((one) => {
    if (one.status === "rejected") throw one.reason;
    return one.value;
  });
}

async function opened<T>(action: string, source: CountsSource, work: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = await openSource(action, source);
  try {
    return await work(engine);
  } finally {
    await engine.close();
  }
}

function answer(action: string, source: CountsSource, asked: Asked): Promise<Answer> {
  return opened(action, source, async (engine) => {
    const { plan, statement } = await planOf(asked, engine);
    const gathered = new Gathered(statement);
    const reader = gathered.reader(statement);
    await engine.rows(statement, reader.take);
    await engine.unchanged();
    checkPatterns(asked, engine, plan, gathered.patterns);
    const done = reader.done();
    checkFaults(engine, statement, new Map(done.leftOut.map(({ what, count }) => [what, count])));
    return { plan, statement, gathered, ...done };
  });
}
