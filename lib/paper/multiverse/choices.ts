import { InvalidInputError } from "../../statistics";
import { lengthOf } from "../../statistics/inner";
/** One way to decide a choice. */
export interface Level {
  readonly name: string;
  /** A few words, for figures and tables. */
  readonly label: string;
  /** Why somebody might decide so. */
  readonly reasoning: string;
  /** It is known to find an effect where there is none. It is run because somebody used it; no share and no test counts it. */
  readonly wrong?: true;
}

/** Something that an analyst has to decide, with all ways to decide it that can be defended. */
export interface Choice {
  readonly name: string;
  /** A few words, for figures and tables. */
  readonly label: string;
  readonly levels: readonly Level[];
}

/** One decision for each choice, by the names of choice and level. */
export type Specification = Readonly<Record<string, string>>;

/** Combinations of choices that make no sense together, with how many there are. */
export interface Excluded {
  readonly reason: string;
  readonly count: number;
}

/**
 * All combinations of choices, the last changing fastest, without those that make no sense together.
 *
 * @param choices with distinct names, and distinct names of levels within each
 * @param exclude why a combination makes no sense, or null where it does
 * @param called the function that an error names
 * @returns the combinations, and those left out by reason
 * @throws InvalidInputError where a choice has no level, or a name is there twice
 * @example
 * const level = (name: string) => ({ name, label: name, reasoning: "" });
 * specifications([{ name: "ties", label: "Ties", levels: [level("efron"), level("breslow")] }]).kept.length // 2
 */
export function specifications(
  choices: readonly Choice[],
  exclude: (specification: Specification) => string | null = () => null,
  called = "specifications",
): { readonly kept: readonly Specification[]; readonly excluded: readonly Excluded[] } {
  lengthOf("specifications", "choices", choices);
  checkChoices(choices, called);
  let all: Specification[] = [{}];
  for (const { name, levels } of choices) {
    all = all.flatMap((some) => levels.map((level) => ({ ...some, [name]: level.name })));
  }
  const counts = new Map<string, number>();
  const kept = all.filter((specification) => {
    const reason = exclude(specification);
    if (reason !== null) counts.set(reason, (counts.get(reason) ?? 0) + 1);
    return reason === null;
  });
  return { kept, excluded: Array.from(counts, ([reason, count]) => ({ reason, count })) };
}

/** A multiverse before or after it was run. */
interface WithChoices {
  readonly choices: readonly Choice[];
  readonly results?: readonly { readonly specification: Specification }[];
}

/**
 * A multiverse, or its results, without the levels that are known to be wrong: shares and tests are of what can be defended
 * (Del Giudice and Gangestad 2021, Advances in Methods and Practices in Psychological Science 4:1).
 *
 * @param of a design, or the run of one
 * @throws InvalidInputError where a choice would have no level left
 * @example multiverseSummary(defensible(multiverse(campaignMultiverse())))
 */
export function defensible<Of extends WithChoices>(of: Of): Of {
  const choices = of.choices.map((choice) => ({
    ...choice,
    levels: choice.levels.filter(({ wrong }) => wrong !== true),
  }));
  checkChoices(choices, "defensible");
  const kept = ({ specification }: { specification: Specification }): boolean =>
    choices.every(({ name, levels }) => levels.some((level) => level.name === specification[name]));
  return { ...of, choices, ...(of.results !== undefined && { results: of.results.filter(kept) }) };
}

function checkChoices(choices: readonly Choice[], called: string): void {
  const unique = (what: string, names: readonly string[]): void => {
    const twice = names.find((name, i) => names.indexOf(name) !== i);
    if (twice !== undefined) throw new InvalidInputError(`${called}: ${what} "${twice}" is there twice`, "choices");
  };
  unique(
    "the choice",
    choices.map(({ name }) => name),
  );
  for (const { name, levels } of choices) {
    if (levels.length === 0)
      throw new InvalidInputError(`${called}: the choice "${name}" has no level; at least one is needed`, "choices");
    unique(
      `in the choice "${name}" the level`,
      levels.map((level) => level.name),
    );
  }
}

/**
 * A specification in words, such as "long list, since launch, Efron".
 *
 * @throws InvalidInputError where it names a level that the choice does not have
 * @example specificationText(choices, result.specification)
 */
export function specificationText(choices: readonly Choice[], specification: Specification): string {
  lengthOf("specificationText", "choices", choices);
  return choices.map((choice) => levelOf(choice, specification).label).join(", ");
}

/** The level that a specification has of a choice. */
export function levelOf(choice: Choice, specification: Specification): Level {
  const name = specification[choice.name];
  const level = choice.levels.find((candidate) => candidate.name === name);
  if (level !== undefined) return level;
  throw new InvalidInputError(
    `specificationText: a specification has "${String(name)}" for "${choice.name}", which has ${choice.levels.map((candidate) => candidate.name).join(", ")}`,
    "specification",
  );
}
