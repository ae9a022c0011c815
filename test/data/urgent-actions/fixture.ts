import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { emptyFolder, toText } from "../support";

export const REPORT_COLUMNS = [
  "index",
  "ua",
  "kind",
  "date",
  "country",
  "person",
  "sex",
  "prisoner_of_conscience",
  "torture",
  "death_penalty",
  "legal",
  "medical",
  "sources",
  "provenance",
] as const;
export const PRISONER_COLUMNS = [
  "person",
  "country",
  "featured",
  "custody",
  "detained",
  "detained_earliest",
  "detained_latest",
  "released",
  "released_earliest",
  "released_latest",
  "observed_until",
  "certainty",
  "notes",
  "provenance",
] as const;

export type ReportCells = Partial<Record<(typeof REPORT_COLUMNS)[number], string>>;
export type PrisonerCells = Partial<Record<(typeof PRISONER_COLUMNS)[number], string>>;

const REPORT: ReportCells = {
  index: "MDE 13/001/2010",
  ua: "UA 001/10",
  kind: "urgent action",
  date: "2010-03-01",
  country: "Iran",
  sex: "female",
  prisoner_of_conscience: "no",
  torture: "no",
  death_penalty: "no",
  legal: "yes",
  medical: "no",
  provenance: "synthetic",
};
const PRISONER: PrisonerCells = {
  country: "Iran",
  featured: "no",
  custody: "two months or more",
  detained: "2010-02-01",
  released: "2011-02-01",
  certainty: "certain",
  provenance: "synthetic",
};

/**
 * Twelve rows about seven people: a woman with two reports; a featured one; one held for three weeks; one not detained;
 * one with a concern that is not coded; a man; somebody whose sex is not coded, and one report of 1999.
 */
export const REPORTS: readonly ReportCells[] = [
  { person: "IR-0001", torture: "" },
  {
    person: "IR-0001",
    index: "MDE 13/009/2010",
    kind: "further information",
    date: "2010-09-01",
    torture: "yes",
  },
  {
    person: "IR-0002",
    index: "MDE 13/009/2010",
    kind: "further information",
    date: "2010-09-01",
    sex: "male",
  },
  {
    person: "wang-yu",
    index: "ASA 17/2111/2015",
    ua: "UA 150/15",
    date: "2015-07-20",
    country: "China",
    provenance: "published",
  },
  { person: "CN-0001", index: "ASA 17/003/2003", ua: "UA 010/03", date: "2003-01-10", country: "China" },
  { person: "SY-0001", index: "MDE 24/003/2012", ua: "UA 055/12", date: "2012-04-10", country: "Syria" },
  {
    person: "SY-0002",
    index: "MDE 24/003/2012",
    ua: "UA 055/12",
    date: "2012-04-10",
    country: "Syria",
    medical: "",
  },
  {
    person: "KP-0001",
    index: "ASA 24/001/2011",
    ua: "UA 060/11",
    date: "2011-04-10",
    country: "North Korea",
  },
  {
    person: "RU-0001",
    index: "EUR 46/001/2009",
    ua: "UA 070/09",
    date: "2009-04-10",
    country: "Russia",
    sex: "",
  },
  { person: "VN-0001", index: "ASA 41/001/1999", ua: "UA 080/99", date: "1999-04-10", country: "Vietnam" },
  { person: "VN-0002", index: "ASA 41/2360/2015", ua: "UA 090/15", date: "2015-09-02", country: "Vietnam" },
  { person: "EG-0001", index: "MDE 12/001/2014", ua: "UA 071/14", date: "2014-01-10", country: "Egypt" },
].map((row) => ({ ua: row.index === "MDE 13/009/2010" ? "UA 001/10" : REPORT.ua, ...row }));

export const PRISONERS: readonly PrisonerCells[] = [
  { person: "IR-0001" },
  {
    person: "wang-yu",
    country: "China",
    featured: "yes",
    detained: "2015-07-09",
    released: "2016-08-01",
    released_earliest: "2016-07-22",
    released_latest: "2016-08-01",
    provenance: "public-record",
  },
  {
    person: "CN-0001",
    country: "China",
    custody: "under two months",
    detained: "2003-01-01",
    released: "2003-01-22",
  },
  {
    person: "SY-0001",
    country: "Syria",
    custody: "no detention reported",
    detained: "",
    released: "",
    certainty: "",
  },
  { person: "SY-0002", country: "Syria", detained: "2012-04", released: "", observed_until: "2014-01-31" },
  { person: "KP-0001", country: "North Korea", detained: "2011-01-15", released: "2012-07-15" },
  { person: "VN-0002", country: "Vietnam" },
];

/** A folder with the two files, cells of some rows changed (by index from 0), and perhaps same_person.csv. */
export function folderOf(
  changes: {
    readonly reports?: readonly ReportCells[];
    readonly prisoners?: readonly PrisonerCells[];
    readonly samePerson?: string;
  } = {},
): string {
  const folder = emptyFolder();
  const reports = (changes.reports ?? REPORTS).map((row) =>
    REPORT_COLUMNS.map((name) => row[name] ?? REPORT[name] ?? ""),
  );
  const prisoners = (changes.prisoners ?? PRISONERS).map((row) =>
    PRISONER_COLUMNS.map((name) => row[name] ?? PRISONER[name] ?? ""),
  );
  writeFileSync(join(folder, "urgent_actions.csv"), toText([REPORT_COLUMNS, ...reports]));
  writeFileSync(join(folder, "prisoners.csv"), toText([PRISONER_COLUMNS, ...prisoners]));
  if (changes.samePerson !== undefined) writeFileSync(join(folder, "same_person.csv"), changes.samePerson);
  return folder;
}

/** The rows with one of them changed. */
export function changed<T>(rows: readonly T[], at: number, change: Partial<T>): T[] {
  return rows.map((row, i) => (i === at ? { ...row, ...change } : row));
}
