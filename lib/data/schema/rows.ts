// Made from data/datapackage.json by `npm run data:generate`. Changes belong there.

import type { PartialDate } from "../../dates";
import { PROVENANCE, type RowProvenance } from "../../files";
import type { CheckedRow } from "./checked-row";

/** Country whose authorities held her, by the names that the paper uses in its Figure 3. Its region follows from the package's `regions`. */
export const COUNTRY = [
  "Azerbaijan",
  "China",
  "Egypt",
  "Eritrea",
  "Ethiopia",
  "Iran",
  "Myanmar",
  "Russia",
  "Syria",
  "Uzbekistan",
  "Venezuela",
  "Vietnam",
] as const;
export type Country = (typeof COUNTRY)[number];

/** Form that the release took. Three values stand for no recorded release: not released, no release reported and no release found. */
export const RELEASE_KIND = [
  "bail",
  "sentence suspended",
  "sentence served",
  "early release",
  "medical parole",
  "charges dropped",
  "pardon",
  "exchange",
  "exile",
  "house arrest lifted",
  "conditional release before launch",
  "mass release",
  "kind not found",
  "not released",
  "no release reported",
  "no release found",
] as const;
export type ReleaseKind = (typeof RELEASE_KIND)[number];

/** How firmly the record dates the release. */
export const RELEASE_EVIDENCE = ["dated", "bounded", "undated", "none"] as const;
export type ReleaseEvidence = (typeof RELEASE_EVIDENCE)[number];

/** What the sources say of her custody on the last day of follow-up. */
export const STATUS_AT_END = [
  "out of custody",
  "out of custody, restricted",
  "out of custody, abroad",
  "no longer held by that country",
  "reported out of custody",
  "not reported free",
  "not established",
] as const;
export type StatusAtEnd = (typeof STATUS_AT_END)[number];

/** Country whose authorities held her. */
export const JOURNALIST_COUNTRY = ["Ethiopia"] as const;
export type JournalistCountry = (typeof JOURNALIST_COUNTRY)[number];

/** Rule: yes where a page found says that Amnesty International holds her, or those accused with her, to be prisoners of conscience or likely to be, or demands her immediate and unconditional release as it does for these. Another organisation's word does not count. */
export const PUBLIC_CONCERN = ["yes", "unknown", "none found"] as const;
export type PublicConcern = (typeof PUBLIC_CONCERN)[number];

/** Whether the report opens a case, adds to it or closes it. */
export const REPORT_KIND = ["urgent action", "further information", "outcome"] as const;
export type ReportKind = (typeof REPORT_KIND)[number];

/** Target country that the report is about, by the names that the paper uses. The thirteenth, North Korea, is in no figure of the paper and in none of its regions. */
export const TARGET_COUNTRY = [
  "Azerbaijan",
  "China",
  "Egypt",
  "Eritrea",
  "Ethiopia",
  "Iran",
  "Myanmar",
  "North Korea",
  "Russia",
  "Syria",
  "Uzbekistan",
  "Venezuela",
  "Vietnam",
] as const;
export type TargetCountry = (typeof TARGET_COUNTRY)[number];

/** Sex of the person as coded from the report; empty where the report does not tell. */
export const SEX = ["female", "male"] as const;
export type Sex = (typeof SEX)[number];

/** Whether the report calls the person a prisoner of conscience. Where it is not coded, the cell is empty. */
export const YES_NO = ["yes", "no"] as const;
export type YesNo = (typeof YES_NO)[number];

/** The paper's two criteria for a prisoner: a reported arrest, detention or disappearance, and at least two months of it. */
export const CUSTODY = ["no detention reported", "under two months", "two months or more"] as const;
export type Custody = (typeof CUSTODY)[number];

/** How sure the coder is of the outcome. The paper collected this and did not use it. Empty for the women of the public record: what the authors coded is not known. */
export const CERTAINTY = ["certain", "probable", "uncertain"] as const;
export type Certainty = (typeof CERTAINTY)[number];

/** Country that the row is about, or the campaign as a whole. */
export const EVIDENCE_COUNTRY = ["Azerbaijan", "Uzbekistan", "campaign"] as const;
export type EvidenceCountry = (typeof EVIDENCE_COUNTRY)[number];

/** How far the hypothesis leads one to expect what the row states. A judgement of this project, not public record: readers set their own. */
export const EXPECTATION = ["expected", "possible", "unexpected"] as const;
export type Expectation = (typeof EXPECTATION)[number];

/** Region of a target country, as footnote 6 of the working paper groups them. */
export const REGION = ["Asia", "Eurasia", "Africa", "Middle East", "Americas"] as const;
export type Region = (typeof REGION)[number];

/** Named codings of the unclear cases, from the lowest count of releases to the highest. */
export const CODING_NAME = ["strict", "working-paper", "published-article", "broad"] as const;
export type CodingName = (typeof CODING_NAME)[number];

/** Identifiers of the printed numbers in data/published.json. */
export const PUBLISHED_ID = [
  "featured-women",
  "proposed-women",
  "target-states",
  "released-within-three-years",
  "named-women",
  "symbolic-prisoners",
  "control-period-introduction",
  "prisoners-china-section-4",
  "prisoners-egypt",
  "prisoners-north-korea",
  "women-percent-china",
  "prisoners-china",
  "lawyers-targeted",
  "lawyers-detained",
  "featured-from-china",
  "target-countries-listed",
  "feature-days",
  "interviews",
  "long-list-proposed",
  "long-list-featured",
  "long-list-not-featured",
  "journalists-left-out",
  "journalists-released",
  "follow-up-years",
  "launch-month",
  "log-rank-p",
  "log-rank-confidence",
  "log-rank-p-with-journalists",
  "figure-1-axis",
  "urgent-actions",
  "urgent-action-period",
  "urgent-action-names",
  "urgent-action-women",
  "figure-2-axis",
  "iran-percent",
  "iran-featured",
  "minimum-detention",
  "hazard-ratio-range",
  "table-1-significance",
  "rate-ratio-in-words",
  "article-featured-women",
] as const;
export type PublishedId = (typeof PUBLISHED_ID)[number];

/** The nineteen featured women: a row of data/freethe20.csv. */
export interface FreeThe20Row {
  /** Lower-case name in ASCII letters; codings refer to it. */
  readonly id: string;
  /** Name as most English sources spell it. */
  readonly name: string;
  /** Other spellings and scripts of her name, separated by space, bar, space. */
  readonly alternative_names: readonly string[];
  /** Country whose authorities held her, by the names that the paper uses in its Figure 3. Its region follows from the package's `regions`. */
  readonly country: Country;
  /** Place in the campaign's series of twenty, and not a date; the one that is missing stands for an unnamed prisoner in North Korea. Days 4 to 6 were presented together; their order is that of the page. */
  readonly feature_day: number;
  /** Occupation or public role before detention. */
  readonly occupation: string;
  /** First day of the detention, as precisely as sources report it: year, month or day. */
  readonly detained: PartialDate;
  /** First possible day of detention, where sources disagree or bound it. Filled together with detained_latest; then the two replace what the precision of `detained` allows. */
  readonly detained_earliest: string | null;
  /** Last possible day of detention; see detained_earliest. */
  readonly detained_latest: string | null;
  /** Day of the first release from this detention, as precisely as sources report it. Empty where none is reported or it is only bounded. */
  readonly released: PartialDate | null;
  /** First possible day of release, where sources disagree or only bound it. Filled together with released_latest; then the two replace what the precision of `released` allows. */
  readonly released_earliest: string | null;
  /** Last possible day of release; see released_earliest. */
  readonly released_latest: string | null;
  /** Form that the release took. Three values stand for no recorded release: not released, no release reported and no release found. */
  readonly release_kind: ReleaseKind;
  /** How firmly the record dates the release. */
  readonly release_evidence: ReleaseEvidence;
  /** Pages that report the detention, separated by space, bar, space. */
  readonly sources_detained: readonly string[];
  /** Pages that report the release or bound it; where none is reported, the latest pages on her custody. */
  readonly sources_released: readonly string[];
  /** What the sources say of her custody on the last day of follow-up. */
  readonly status_at_end: StatusAtEnd;
  /** What sources disagree on and how the row settles it. */
  readonly notes: string | null;
  /** Where this row comes from. Public-record rows rest on the pages listed in the row; synthetic rows are made by a generator and describe nobody; published rows come from the authors of the paper. */
  readonly provenance: RowProvenance;
}

/** Gives a checked row of data/freethe20.csv its type. */
export function freeThe20Row(row: CheckedRow): FreeThe20Row {
  return {
    id: row.text("id"),
    name: row.text("name"),
    alternative_names: row.list("alternative_names"),
    country: row.oneOf("country", COUNTRY),
    feature_day: row.integer("feature_day"),
    occupation: row.text("occupation"),
    detained: row.partialDate("detained"),
    detained_earliest: row.optionalText("detained_earliest"),
    detained_latest: row.optionalText("detained_latest"),
    released: row.optionalPartialDate("released"),
    released_earliest: row.optionalText("released_earliest"),
    released_latest: row.optionalText("released_latest"),
    release_kind: row.oneOf("release_kind", RELEASE_KIND),
    release_evidence: row.oneOf("release_evidence", RELEASE_EVIDENCE),
    sources_detained: row.list("sources_detained"),
    sources_released: row.list("sources_released"),
    status_at_end: row.oneOf("status_at_end", STATUS_AT_END),
    notes: row.optionalText("notes"),
    provenance: row.oneOf("provenance", PROVENANCE),
  };
}

/** The eighteen women who were proposed and not featured: a row of data/long_list.csv. */
export interface LongListRow {
  /** LL-01 onwards in the synthetic file. */
  readonly id: string;
  /** Empty in the synthetic file, which names nobody. A file with real rows may fill it. */
  readonly name: string | null;
  /** Country whose authorities held her. Not restricted to the thirteen target countries. */
  readonly country: string;
  /** First day of the detention, as precisely as sources report it: year, month or day. */
  readonly detained: PartialDate;
  /** First possible day of detention, where sources disagree or bound it. Filled together with detained_latest; then the two replace what the precision of `detained` allows. */
  readonly detained_earliest: string | null;
  /** Last possible day of detention; see detained_earliest. */
  readonly detained_latest: string | null;
  /** Day of the first release from this detention, as precisely as sources report it. Empty where none is reported or it is only bounded. */
  readonly released: PartialDate | null;
  /** First possible day of release, where sources disagree or only bound it. Filled together with released_latest; then the two replace what the precision of `released` allows. */
  readonly released_earliest: string | null;
  /** Last possible day of release; see released_earliest. */
  readonly released_latest: string | null;
  /** Last day on which she is known to be held, where nothing is known of her until the end of follow-up: her time is censored on it. Empty where she was released or followed to the end. In the synthetic rows it honours the censoring marks of the paper's Figure 1. */
  readonly observed_until: string | null;
  /** Form that the release took. Three values stand for no recorded release: not released, no release reported and no release found. */
  readonly release_kind: ReleaseKind;
  /** Pages that report the detention; empty for synthetic rows. */
  readonly sources_detained: readonly string[];
  /** Pages that report the release; empty for synthetic rows. */
  readonly sources_released: readonly string[];
  /** What sources disagree on and how the row settles it. */
  readonly notes: string | null;
  /** Where this row comes from. Public-record rows rest on the pages listed in the row; synthetic rows are made by a generator and describe nobody; published rows come from the authors of the paper. */
  readonly provenance: RowProvenance;
}

/** Gives a checked row of data/long_list.csv its type. */
export function longListRow(row: CheckedRow): LongListRow {
  return {
    id: row.text("id"),
    name: row.optionalText("name"),
    country: row.text("country"),
    detained: row.partialDate("detained"),
    detained_earliest: row.optionalText("detained_earliest"),
    detained_latest: row.optionalText("detained_latest"),
    released: row.optionalPartialDate("released"),
    released_earliest: row.optionalText("released_earliest"),
    released_latest: row.optionalText("released_latest"),
    observed_until: row.optionalText("observed_until"),
    release_kind: row.oneOf("release_kind", RELEASE_KIND),
    sources_detained: row.list("sources_detained"),
    sources_released: row.list("sources_released"),
    notes: row.optionalText("notes"),
    provenance: row.oneOf("provenance", PROVENANCE),
  };
}

/** The three journalists of footnote 4: a row of data/journalists.csv. */
export interface JournalistRow {
  /** Lower-case name in ASCII letters. */
  readonly id: string;
  /** Name as most English sources spell it. */
  readonly name: string;
  /** Other spellings and scripts of her name, separated by space, bar, space. */
  readonly alternative_names: readonly string[];
  /** Country whose authorities held her. */
  readonly country: JournalistCountry;
  /** Occupation before detention. */
  readonly occupation: string;
  /** First day of the detention, as precisely as sources report it: year, month or day. */
  readonly detained: PartialDate;
  /** First possible day of detention, where sources disagree or bound it. Filled together with detained_latest; then the two replace what the precision of `detained` allows. */
  readonly detained_earliest: string | null;
  /** Last possible day of detention; see detained_earliest. */
  readonly detained_latest: string | null;
  /** Day of the release, as precisely as sources report it. */
  readonly released: PartialDate;
  /** First possible day of release, where sources disagree or only bound it. Filled together with released_latest; then the two replace what the precision of `released` allows. */
  readonly released_earliest: string | null;
  /** Last possible day of release; see released_earliest. */
  readonly released_latest: string | null;
  /** Form that the release took. Three values stand for no recorded release: not released, no release reported and no release found. */
  readonly release_kind: ReleaseKind;
  /** Pages that report the detention, separated by space, bar, space. */
  readonly sources_detained: readonly string[];
  /** Pages that report the release, separated by space, bar, space. */
  readonly sources_released: readonly string[];
  /** What sources disagree on and how the row settles it. */
  readonly notes: string | null;
  /** Where this row comes from. Public-record rows rest on the pages listed in the row; synthetic rows are made by a generator and describe nobody; published rows come from the authors of the paper. */
  readonly provenance: RowProvenance;
}

/** Gives a checked row of data/journalists.csv its type. */
export function journalistRow(row: CheckedRow): JournalistRow {
  return {
    id: row.text("id"),
    name: row.text("name"),
    alternative_names: row.list("alternative_names"),
    country: row.oneOf("country", JOURNALIST_COUNTRY),
    occupation: row.text("occupation"),
    detained: row.partialDate("detained"),
    detained_earliest: row.optionalText("detained_earliest"),
    detained_latest: row.optionalText("detained_latest"),
    released: row.partialDate("released"),
    released_earliest: row.optionalText("released_earliest"),
    released_latest: row.optionalText("released_latest"),
    release_kind: row.oneOf("release_kind", RELEASE_KIND),
    sources_detained: row.list("sources_detained"),
    sources_released: row.list("sources_released"),
    notes: row.optionalText("notes"),
    provenance: row.oneOf("provenance", PROVENANCE),
  };
}

/** Concerns published about the nineteen featured women: a row of data/freethe20_concerns.csv. */
export interface FreeThe20ConcernsRow {
  /** Identifier of the woman in freethe20.csv. */
  readonly id: string;
  /** Rule: yes where a page found says that Amnesty International holds her, or those accused with her, to be prisoners of conscience or likely to be, or demands her immediate and unconditional release as it does for these. Another organisation's word does not count. */
  readonly prisoner_of_conscience: PublicConcern;
  /** Rule: yes where a page found states or alleges that police, guards or staff tortured, beat or ill-treated her, or the people with whom she was arrested; a denial does not undo it. A forced confession alone counts as a legal concern. */
  readonly torture: PublicConcern;
  /** Rule: yes where a page found states a death sentence, a charge that carries one, or the fear of one. All pages of this file and of freethe20.csv were read for it. A capital case of a woman with this much publicity would be stated, so "none found" is read as no by both readings of this file; that is a judgement. */
  readonly death_penalty: PublicConcern;
  /** Rule: yes where a page found states detention without charge or warrant, charges or a trial that it calls unfair or political, or no access to lawyers, observers or courts. */
  readonly legal: PublicConcern;
  /** Rule: yes where a page found states a concern for her health or medical care in custody, a hunger strike included. */
  readonly medical: PublicConcern;
  /** Page that the coding of prisoner_of_conscience rests on. */
  readonly source_prisoner_of_conscience: readonly string[];
  /** Page that the coding of torture rests on. */
  readonly source_torture: readonly string[];
  /** Page that the coding of legal rests on. */
  readonly source_legal: readonly string[];
  /** Page that the coding of medical rests on. */
  readonly source_medical: readonly string[];
  /** Where this row comes from. Public-record rows rest on the pages listed in the row; synthetic rows are made by a generator and describe nobody; published rows come from the authors of the paper. */
  readonly provenance: RowProvenance;
}

/** Gives a checked row of data/freethe20_concerns.csv its type. */
export function freeThe20ConcernsRow(row: CheckedRow): FreeThe20ConcernsRow {
  return {
    id: row.text("id"),
    prisoner_of_conscience: row.oneOf("prisoner_of_conscience", PUBLIC_CONCERN),
    torture: row.oneOf("torture", PUBLIC_CONCERN),
    death_penalty: row.oneOf("death_penalty", PUBLIC_CONCERN),
    legal: row.oneOf("legal", PUBLIC_CONCERN),
    medical: row.oneOf("medical", PUBLIC_CONCERN),
    source_prisoner_of_conscience: row.list("source_prisoner_of_conscience"),
    source_torture: row.list("source_torture"),
    source_legal: row.list("source_legal"),
    source_medical: row.list("source_medical"),
    provenance: row.oneOf("provenance", PROVENANCE),
  };
}

/** People named in Amnesty International's Urgent Actions: a row of data/urgent_actions.csv. */
export interface UrgentActionRow {
  /** Amnesty International's number of the document: series and country code, serial, year, as in MDE 13/045/2015. */
  readonly index: string;
  /** Number of the case that the report belongs to, as in UA 123/15; further reports keep the number of the first. */
  readonly ua: string;
  /** Whether the report opens a case, adds to it or closes it. */
  readonly kind: ReportKind;
  /** Day of the report. */
  readonly date: string;
  /** Target country that the report is about, by the names that the paper uses. The thirteenth, North Korea, is in no figure of the paper and in none of its regions. */
  readonly country: TargetCountry;
  /** Identifier of the person: IR-0042 and the like in the synthetic rows, which name nobody. A file with real rows may hold names. */
  readonly person: string;
  /** Sex of the person as coded from the report; empty where the report does not tell. */
  readonly sex: Sex | null;
  /** Whether the report calls the person a prisoner of conscience. Where it is not coded, the cell is empty. */
  readonly prisoner_of_conscience: YesNo | null;
  /** Whether the report reports torture or ill-treatment, or fears it. Where it is not coded, the cell is empty. */
  readonly torture: YesNo | null;
  /** Whether the report reports a death sentence or fears one. Where it is not coded, the cell is empty. */
  readonly death_penalty: YesNo | null;
  /** Whether the report reports unfair or missing legal proceedings. Where it is not coded, the cell is empty. */
  readonly legal: YesNo | null;
  /** Whether the report reports concerns for health or medical care. Where it is not coded, the cell is empty. */
  readonly medical: YesNo | null;
  /** Pages on which the report was seen, separated by space, bar, space; empty in synthetic rows. */
  readonly sources: readonly string[];
  /** Where this row comes from. Public-record rows rest on the pages listed in the row; synthetic rows are made by a generator and describe nobody; published rows come from the authors of the paper. */
  readonly provenance: RowProvenance;
}

/** Gives a checked row of data/urgent_actions.csv its type. */
export function urgentActionRow(row: CheckedRow): UrgentActionRow {
  return {
    index: row.text("index"),
    ua: row.text("ua"),
    kind: row.oneOf("kind", REPORT_KIND),
    date: row.text("date"),
    country: row.oneOf("country", TARGET_COUNTRY),
    person: row.text("person"),
    sex: row.optionalOneOf("sex", SEX),
    prisoner_of_conscience: row.optionalOneOf("prisoner_of_conscience", YES_NO),
    torture: row.optionalOneOf("torture", YES_NO),
    death_penalty: row.optionalOneOf("death_penalty", YES_NO),
    legal: row.optionalOneOf("legal", YES_NO),
    medical: row.optionalOneOf("medical", YES_NO),
    sources: row.list("sources"),
    provenance: row.oneOf("provenance", PROVENANCE),
  };
}

/** Detention and release of the women named in Urgent Actions: a row of data/prisoners.csv. */
export interface PrisonerRow {
  /** Identifier as in urgent_actions.csv, or in freethe20.csv. */
  readonly person: string;
  /** Country whose authorities held her, by the names that the paper uses. */
  readonly country: TargetCountry;
  /** Whether she is one of the named women of the campaign. */
  readonly featured: YesNo;
  /** The paper's two criteria for a prisoner: a reported arrest, detention or disappearance, and at least two months of it. */
  readonly custody: Custody;
  /** First day of the detention, as precisely as sources report it: year, month or day. Empty where none is reported. */
  readonly detained: PartialDate | null;
  /** First possible day of detention, where sources disagree or bound it. Filled together with detained_latest; then the two replace what the precision of `detained` allows. */
  readonly detained_earliest: string | null;
  /** Last possible day of detention; see detained_earliest. */
  readonly detained_latest: string | null;
  /** Day of the first release from this detention, as precisely as sources report it. Empty where none is reported or it is only bounded. */
  readonly released: PartialDate | null;
  /** First possible day of release, where sources disagree or only bound it. Filled together with released_latest; then the two replace what the precision of `released` allows. */
  readonly released_earliest: string | null;
  /** Last possible day of release; see released_earliest. */
  readonly released_latest: string | null;
  /** Last day on which she is taken to be held and at risk of release; required where she was held for two months or more and no release was found. Of a woman of the public record it is an assumption, as the notes say. */
  readonly observed_until: string | null;
  /** How sure the coder is of the outcome. The paper collected this and did not use it. Empty for the women of the public record: what the authors coded is not known. */
  readonly certainty: Certainty | null;
  /** What sources disagree on and how the row settles it. */
  readonly notes: string | null;
  /** Where this row comes from. Public-record rows rest on the pages listed in the row; synthetic rows are made by a generator and describe nobody; published rows come from the authors of the paper. */
  readonly provenance: RowProvenance;
}

/** Gives a checked row of data/prisoners.csv its type. */
export function prisonerRow(row: CheckedRow): PrisonerRow {
  return {
    person: row.text("person"),
    country: row.oneOf("country", TARGET_COUNTRY),
    featured: row.oneOf("featured", YES_NO),
    custody: row.oneOf("custody", CUSTODY),
    detained: row.optionalPartialDate("detained"),
    detained_earliest: row.optionalText("detained_earliest"),
    detained_latest: row.optionalText("detained_latest"),
    released: row.optionalPartialDate("released"),
    released_earliest: row.optionalText("released_earliest"),
    released_latest: row.optionalText("released_latest"),
    observed_until: row.optionalText("observed_until"),
    certainty: row.optionalOneOf("certainty", CERTAINTY),
    notes: row.optionalText("notes"),
    provenance: row.oneOf("provenance", PROVENANCE),
  };
}

/** Spellings of one person, merged by decision: a row of data/same_person.csv. */
export interface SamePersonRow {
  /** A spelling as it stands in the column person. */
  readonly spelling: string;
  /** The spelling that it is replaced by. */
  readonly person: string;
}

/** Gives a checked row of data/same_person.csv its type. */
export function samePersonRow(row: CheckedRow): SamePersonRow {
  return {
    spelling: row.text("spelling"),
    person: row.text("person"),
  };
}

/** Public facts that bear on how the campaign worked: a row of data/evidence.csv. */
export interface EvidenceRow {
  /** Country (az, uz) or campaign (us) and a word for the row. */
  readonly id: string;
  /** Country that the row is about, or the campaign as a whole. */
  readonly country: EvidenceCountry;
  /** Day of what the row states, as precisely as sources report it: year, month or day; of a count over several years the day of the count. Empty where it is only bounded. */
  readonly date: PartialDate | null;
  /** First possible day, where sources disagree or only bound it. Filled together with date_latest. */
  readonly date_earliest: string | null;
  /** Last possible day; see date_earliest. */
  readonly date_latest: string | null;
  /** A few words for tables and figures. */
  readonly title: string;
  /** What the sources state, in this project's words, without conclusions. */
  readonly statement: string;
  /** Pages that state it, separated by space, bar, space; of a book the reference. */
  readonly sources: readonly string[];
  /** How far the hypothesis leads one to expect what the row states. A judgement of this project, not public record: readers set their own. */
  readonly shaming: Expectation;
  /** How far the hypothesis leads one to expect what the row states. A judgement of this project, not public record: readers set their own. */
  readonly third_parties: Expectation;
  /** How far the hypothesis leads one to expect what the row states. A judgement of this project, not public record: readers set their own. */
  readonly deadlock: Expectation;
  /** How far the hypothesis leads one to expect what the row states. A judgement of this project, not public record: readers set their own. */
  readonly inducements: Expectation;
  /** How far the hypothesis leads one to expect what the row states. A judgement of this project, not public record: readers set their own. */
  readonly other_causes: Expectation;
  /** Why the five words were chosen. A judgement, like them. */
  readonly reading: string;
  /** Where this row comes from. Public-record rows rest on the pages listed in the row; synthetic rows are made by a generator and describe nobody; published rows come from the authors of the paper. */
  readonly provenance: RowProvenance;
}

/** Gives a checked row of data/evidence.csv its type. */
export function evidenceRow(row: CheckedRow): EvidenceRow {
  return {
    id: row.text("id"),
    country: row.oneOf("country", EVIDENCE_COUNTRY),
    date: row.optionalPartialDate("date"),
    date_earliest: row.optionalText("date_earliest"),
    date_latest: row.optionalText("date_latest"),
    title: row.text("title"),
    statement: row.text("statement"),
    sources: row.list("sources"),
    shaming: row.oneOf("shaming", EXPECTATION),
    third_parties: row.oneOf("third_parties", EXPECTATION),
    deadlock: row.oneOf("deadlock", EXPECTATION),
    inducements: row.oneOf("inducements", EXPECTATION),
    other_causes: row.oneOf("other_causes", EXPECTATION),
    reading: row.text("reading"),
    provenance: row.oneOf("provenance", PROVENANCE),
  };
}
