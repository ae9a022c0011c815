import { loadFreeThe20 } from "../../lib/data/index";
import {
  CONCERNS,
  loadPrisoners,
  loadPublicConcerns,
  loadUrgentActions,
} from "../../lib/data/urgent-actions";
import { controlGroup } from "../../lib/paper/control-group";

/** What a check of a file finds: a line on what it holds, and what is wrong with it. */
interface Found {
  readonly summary: string;
  readonly problems: string[];
}

/** The concerns of the featured women: public record, one row for each. */
export function checkConcerns(from: string): Found {
  const { rows } = loadPublicConcerns({ from });
  const women = loadFreeThe20({ from }).rows.map((woman) => woman.id);
  const ids = rows.map((row) => row.id);
  const problems = [
    ...rows
      .filter((row) => row.provenance !== "public-record")
      .map((row) => `${row.id} has the provenance ${row.provenance}; rows of this file are public-record`),
    ...women.filter((id) => !ids.includes(id)).map((id) => `has no row for ${id}`),
    ...ids.filter((id) => !women.includes(id)).map((id) => `${id} is not among the featured women`),
  ];
  return { summary: `${rows.length} rows, public-record`, problems };
}

/** Invented people have identifiers, and what is public about a featured woman is not changed by a made-up report. */
export function checkReports(from: string): Found {
  const reports = loadUrgentActions({ from });
  const concerns = new Map(loadPublicConcerns({ from }).rows.map((row) => [row.id, row]));
  const problems = reports.rows.flatMap((row) => {
    const published = concerns.get(row.person);
    const at = `row ${row.row}, ${row.person}`;
    const found: string[] = [];
    if (published === undefined && !/^[A-Z]{2}-\d{4}$/.test(row.person)) {
      found.push(`${at}: people who were not featured have identifiers such as IR-0042`);
    }
    if (published === undefined && row.provenance !== "synthetic") {
      found.push(
        `${at}: has the provenance ${row.provenance}; only reports on featured women are public here`,
      );
    }
    if ((row.provenance === "public-record") !== row.sources.length > 0) {
      found.push(`${at}: a public-record row names its pages, and no other row names any`);
    }
    return found;
  });
  const people = new Map(
    controlGroup(reports, loadPrisoners({ from })).people.map((person) => [person.id, person]),
  );
  for (const [id, published] of concerns) {
    const person = people.get(id);
    if (person === undefined) problems.push(`${id}: no report names her`);
    const other = CONCERNS.filter(
      (concern) => person !== undefined && person[concern] !== published[concern],
    );
    if (other.length > 0) problems.push(`${id}: ${other.join(", ")} not as in freethe20_concerns.csv`);
  }
  return { summary: `${reports.rows.length} rows, mostly synthetic`, problems };
}

/** The rows of featured women repeat the public record; all others are synthetic. */
export function checkPrisoners(from: string): Found {
  const { rows } = loadPrisoners({ from });
  const women = new Map(loadFreeThe20({ from }).rows.map((woman) => [woman.id, woman]));
  const problems = rows.flatMap((row) => {
    const woman = women.get(row.person);
    if (woman === undefined) {
      return row.featured || row.provenance !== "synthetic"
        ? [`${row.person}: is not among the featured women, so not featured and synthetic`]
        : [];
    }
    const same =
      row.featured &&
      row.provenance === "public-record" &&
      row.country === woman.country &&
      JSON.stringify([row.detention, row.releaseInterval]) ===
        JSON.stringify([woman.detention, woman.releaseInterval]);
    return same ? [] : [`${row.person}: country, dates or provenance are not those of freethe20.csv`];
  });
  const missing = [...women.keys()].filter((id) => !rows.some((row) => row.person === id));
  return {
    summary: `${rows.length} rows, mostly synthetic`,
    problems: [...problems, ...missing.map((id) => `has no row for ${id}`)],
  };
}
