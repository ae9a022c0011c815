import type { Woman } from "../../data";
import type { CodedDataset } from "../../data/schema";
import type { Prisoners } from "../../data/urgent-actions";
import { type DateInterval, type DatePolicy, pointOf } from "../../dates";
import type { Provenance } from "../../files";
import { calledAs, checkFields } from "../../statistics/inner";

/** A woman's time in custody as days of the calendar, before any clock is chosen. */
export interface Spell {
  readonly id: string;
  readonly featured: boolean;
  /** ISO day on which the detention began. */
  readonly arrested: string;
  /** ISO day of the release, else the last on which she is known to be held. */
  readonly until: string;
  /** Whether the spell ended with a release that counts under the coding. */
  readonly released: boolean;
  readonly provenance: Provenance;
}

/**
 * Spells of the women of a list, from arrest to release or to the end of follow-up.
 *
 * One wants them where the same dates are to be counted on several clocks: a spell knows days, {@link clockedRows} makes
 * months of them.
 *
 * @param data women under a coding, from loadFreeThe20() or loadLongList()
 * @param options `policy`: how an interval of dates becomes a day; "reported" unless told
 * @returns one spell a woman, in the order of the rows
 * @throws {InvalidInputError} for an unknown policy
 * @example listSpells(loadLongList()).filter((spell) => spell.released).length // 19
 */
export function listSpells(data: CodedDataset<Woman>, options: { readonly policy?: DatePolicy } = {}): Spell[] {
  checkFields("listSpells", "options", options, ["policy"]);
  const { policy = "reported" } = options;
  return data.rows.map((woman) => ({
    id: woman.id,
    featured: woman.featured,
    ...daysOf(
      "listSpells",
      woman.detention,
      woman.releaseInterval ?? woman.observed_until ?? data.campaign.endOfFollowUp,
      policy,
    ),
    provenance: woman.provenance,
  }));
}

/**
 * Spells of the women named in Urgent Actions who were held for two months or more, from arrest to release or to the last
 * day on which they are known to be held.
 *
 * @param prisoners of loadPrisoners(), under any coding
 * @param options `policy`: how an interval of dates becomes a day; "reported" unless told
 * @returns one spell a woman, in the order of the file
 * @throws {InvalidInputError} for an unknown policy
 * @example prisonerSpells(loadPrisoners()).length // 251
 */
export function prisonerSpells(prisoners: Prisoners, options: { readonly policy?: DatePolicy } = {}): Spell[] {
  checkFields("prisonerSpells", "options", options, ["policy"]);
  const { policy = "reported" } = options;
  return prisoners.rows.flatMap((woman) => {
    if (woman.custody !== "two months or more" || woman.detention === null) return [];
    const last = woman.observedUntil ?? prisoners.campaign.endOfFollowUp;
    return [
      {
        id: woman.person,
        featured: woman.featured,
        ...daysOf("prisonerSpells", woman.detention, woman.releaseInterval ?? last, policy),
        provenance: woman.provenance,
      },
    ];
  });
}

/** A spell to a release, of which an interval is known, or to the last day of observation. */
function daysOf(
  called: string,
  detention: DateInterval,
  end: DateInterval | string,
  policy: DatePolicy,
): Pick<Spell, "arrested" | "until" | "released"> {
  const released = typeof end !== "string";
  return calledAs(called, () => ({
    arrested: pointOf(detention, policy),
    until: released ? pointOf(end, policy) : end,
    released,
  }));
}
