import { codings, loadLongList } from "../../../lib/data";
import type { ReleaseData } from "./client/release-model";

/** The data of the follow-up control, from the loaders: the long list, and what the codings make of the unclear women. */
export function releaseData(): ReleaseData {
  const list = loadLongList();
  const coded = codings().map((coding) => ({ coding, rows: loadLongList({ coding }).rows }));
  const unclear = list.rows.flatMap((row) => {
    const versions = coded.map(({ coding, rows }) => ({
      coding: coding.name,
      row: rows.find(({ id }) => id === row.id) ?? row,
    }));
    const released = versions.find((version) => version.row.counted);
    const held = versions.find((version) => !version.row.counted);
    if (released === undefined || held === undefined) return [];
    const countedBy = versions.filter((version) => version.row.counted).map(({ coding }) => coding);
    return [{ id: row.id, name: row.label, released: released.row, held: held.row, countedBy }];
  });
  return { list, codings: codings(), unclear };
}
