import { type CodedLoadOptions, codings, loadLongList } from "../../data";
import { REGION, type Region } from "../../data/schema";
import { CONCERNS, loadPrisoners, loadUrgentActions } from "../../data/urgent-actions";
import { type Provenance, provenancesOf } from "../../files";
import { InvalidInputError } from "../../statistics";
import type { Spell } from "../clocks";
import { listSpells, prisonerSpells } from "../clocks";
import { controlGroup } from "../control-group";
import { adjustsFor, RECENT } from "./campaign-choices";

/** What is known of a woman beside her dates. */
export interface WomanFacts {
  readonly country: string;
  readonly region: Region | null;
  /** Of the arrest, which is known of everybody: of the reports on the featured women nothing is. */
  readonly year: number;
  /** Five concerns, 1, 0 or null where not coded; null where nothing is known of any. */
  readonly characteristics: Readonly<Record<string, 0 | 1 | null>> | null;
}

/** A comparison group under one coding: spells with the facts at the same index. */
export interface CampaignWomen {
  readonly spells: readonly Spell[];
  readonly facts: readonly WomanFacts[];
}

/** All comparison groups under all codings. */
export interface CampaignSources {
  readonly women: (comparison: string, coding: string) => CampaignWomen;
  readonly launch: string;
  readonly end: string;
  readonly provenance: readonly Provenance[];
}

/** Reads the long list and the Urgent Actions under every coding. */
export function campaignSources(options: Pick<CodedLoadOptions, "from"> = {}): CampaignSources {
  const names = codings().map(({ name }) => name);
  const group = controlGroup(loadUrgentActions(options), loadPrisoners(options));
  const known = new Map(group.prisoners.map((woman) => [woman.id, woman]));
  const groups = new Map<string, CampaignWomen>();
  for (const coding of codings()) {
    const list = loadLongList({ ...options, coding });
    const spells = listSpells(list);
    groups.set(`long-list ${coding.name}`, {
      spells,
      facts: list.rows.map(({ country, region }, i) => ({
        country,
        region,
        year: Number(spells[i]?.arrested.slice(0, 4)),
        characteristics: null,
      })),
    });
    const held = prisonerSpells(loadPrisoners({ ...options, coding })).flatMap((spell) => {
      const woman = known.get(spell.id);
      if (woman === undefined) return [];
      const characteristics = Object.fromEntries(
        CONCERNS.map((concern) => [concern, woman[concern] === null ? null : woman[concern] ? 1 : 0] as const),
      );
      const { country, region } = woman;
      const year = Number(spell.arrested.slice(0, 4));
      return [{ spell, facts: { country, region, year, characteristics } }];
    });
    // The recent ones are a part of them, numbered alike, so that a permutation can go through both.
    const prisoners = { spells: held.map(({ spell }) => spell), facts: held.map(({ facts }) => facts) };
    groups.set(`prisoners ${coding.name}`, prisoners);
    groups.set(`recent ${coding.name}`, prisoners);
  }
  return {
    women: (comparison, coding) => {
      const found = groups.get(`${comparison} ${coding}`);
      if (found !== undefined) return found;
      throw new InvalidInputError(
        `campaignMultiverse: there is no group "${comparison}" under the coding "${coding}"; known are long-list, prisoners and recent under ${names.join(", ")}`,
        "specification",
      );
    },
    launch: group.campaign.launch,
    end: group.campaign.endOfFollowUp,
    provenance: provenancesOf([...groups.values()].flatMap(({ spells }) => spells)),
  };
}

/** The columns that an adjustment adds, one value a woman; null where it is not coded. */
export function adjustmentColumns(adjustment: string, facts: readonly WomanFacts[]): Record<string, (number | null)[]> {
  const columns: Record<string, (number | null)[]> = {};
  if (adjustsFor(adjustment, "characteristics")) {
    for (const concern of CONCERNS)
      columns[concern] = facts.map(({ characteristics }) => characteristics?.[concern] ?? null);
  }
  if (adjustsFor(adjustment, "regions")) {
    for (const name of REGION) columns[name] = facts.map(({ region }) => (region === name ? 1 : 0));
  }
  if (adjustsFor(adjustment, "year")) columns.year = facts.map(({ year }) => year);
  return columns;
}

/**
 * Whether a woman is in the sample of a comparison and an adjustment. As in the paper, models with characteristics or regions use the women
 * of whom all characteristics are coded.
 */
export function inSample(comparison: string, adjustment: string, { characteristics, year }: WomanFacts): boolean {
  if (comparison === "recent" && year < RECENT) return false;
  if (adjustment === "none" || adjustment === "year" || characteristics === null) return true;
  return Object.values(characteristics).every((value) => value !== null);
}
