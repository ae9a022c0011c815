// Made from data/datapackage.json by `npm run data:generate`. Changes belong there.

import type { PartialDate } from "../dates";
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

/** Form that the release took. Two values stand for no recorded release: not released and no release found. */
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

/** Where this row comes from. Public-record rows rest on the pages listed in the row; synthetic rows are made by a generator and describe nobody; published rows come from the authors of the paper. */
export const PROVENANCE = ["public-record", "synthetic", "published"] as const;
export type Provenance = (typeof PROVENANCE)[number];

/** Country whose authorities held her. */
export const JOURNALIST_COUNTRY = ["Ethiopia"] as const;
export type JournalistCountry = (typeof JOURNALIST_COUNTRY)[number];

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
  "article-released",
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
  /** Place in the campaign's series of twenty; the one that is missing stands for an unnamed prisoner in North Korea. Days 4 to 6 were presented together; their order is that of the page. */
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
  /** Form that the release took. Two values stand for no recorded release: not released and no release found. */
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
  readonly provenance: Provenance;
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
  /** Country whose authorities held her. Not restricted to the twelve target countries. */
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
  /** Form that the release took. Two values stand for no recorded release: not released and no release found. */
  readonly release_kind: ReleaseKind;
  /** Pages that report the detention; empty for synthetic rows. */
  readonly sources_detained: readonly string[];
  /** Pages that report the release; empty for synthetic rows. */
  readonly sources_released: readonly string[];
  /** What sources disagree on and how the row settles it. */
  readonly notes: string | null;
  /** Where this row comes from. Public-record rows rest on the pages listed in the row; synthetic rows are made by a generator and describe nobody; published rows come from the authors of the paper. */
  readonly provenance: Provenance;
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
  /** Form that the release took. Two values stand for no recorded release: not released and no release found. */
  readonly release_kind: ReleaseKind;
  /** Pages that report the detention, separated by space, bar, space. */
  readonly sources_detained: readonly string[];
  /** Pages that report the release, separated by space, bar, space. */
  readonly sources_released: readonly string[];
  /** What sources disagree on and how the row settles it. */
  readonly notes: string | null;
  /** Where this row comes from. Public-record rows rest on the pages listed in the row; synthetic rows are made by a generator and describe nobody; published rows come from the authors of the paper. */
  readonly provenance: Provenance;
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
