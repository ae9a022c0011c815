import { loadFreeThe20 } from "../../lib/data/index";
import { CONCERNS, loadPrisoners, loadPublicConcerns, loadUrgentActions } from "../../lib/data/urgent-actions";

/** What a check of a file finds: a line on what it holds, and what is wrong with it. */
interface Found {
  readonly summary: string;
  readonly problems: string[];
}

/** The concerns of the featured women: public record, one row for each. */
export function checkConcerns(from: string): Found {
  const { rows } = loadPublicConcerns({ from, concerns: "known" });
  const women = loadFreeThe20({ from }).rows.map((woman) => woman.id);
  const ids = rows.map((row) => row.id);
  const problems = [
    ...rows.flatMap((row) =>
      CONCERNS.filter((concern) => (row[concern] === true) !== row.pages[concern].length > 0).map(
        (concern) =>
          `${row.id}: ${concern} is ${row[concern] === true ? "yes and has no page" : "no yes and has a page"}; a yes has one, and nothing else has`,
      ),
    ),
    ...rows
      .filter((row) => row.provenance !== "public-record")
      .map((row) => `${row.id} has the provenance ${row.provenance}; rows of this file are public-record`),
    ...women.filter((id) => !ids.includes(id)).map((id) => `has no row for ${id}`),
    ...ids.filter((id) => !women.includes(id)).map((id) => `${id} is not among the featured women`),
  ];
  return { summary: `${rows.length} rows, public-record`, problems };
}

/** The project's reports name invented people only, who have identifiers: nothing is made up about a real person. */
export function checkReports(from: string): Found {
  const { rows } = loadUrgentActions({ from });
  const problems = rows.flatMap((row) => {
    const at = `row ${row.row}, ${row.person}`;
    const found: string[] = [];
    if (!/^[A-Z]{2}-\d{4}$/.test(row.person)) found.push(`${at}: invented people have identifiers such as IR-0042`);
    if (row.provenance !== "synthetic") {
      found.push(`${at}: has the provenance ${row.provenance}; rows of this file are synthetic`);
    }
    if (row.sources.length > 0) found.push(`${at}: an invented report has no page`);
    return found;
  });
  return { summary: `${rows.length} rows, synthetic`, problems };
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
      JSON.stringify([row.detention, row.releaseInterval]) === JSON.stringify([woman.detention, woman.releaseInterval]);
    return same ? [] : [`${row.person}: country, dates or provenance are not those of freethe20.csv`];
  });
  const missing = [...women.keys()].filter((id) => !rows.some((row) => row.person === id));
  return {
    summary: `${rows.length} rows, mostly synthetic`,
    problems: [...problems, ...missing.map((id) => `has no row for ${id}`)],
  };
}
