/** A label on a line: where it would like its centre to be, and how much room it takes. */
export interface Placed {
  readonly wanted: number;
  readonly size: number;
}

/**
 * Moves labels along a line just far enough that none covers another: the sum of squared moves is least
 * (pool adjacent violators: Barlow et al. 1972, "Statistical Inference under Order Restrictions").
 *
 * @param labels wanted centres and sizes, in pixels, in any order
 * @param low lower end of the line
 * @param high upper end of the line; labels that together are longer than the line run over this end
 * @returns the centres, in the order of the labels
 *
 * @example spread([{ wanted: 10, size: 20 }, { wanted: 12, size: 20 }], 0, 100) // [10, 30] – kept above 0
 */
export function spread(labels: readonly Placed[], low: number, high: number): number[] {
  const order = labels.map((_, index) => index).sort((a, b) => wanted(labels, a) - wanted(labels, b) || a - b);
  // A block is a run of touching labels; its start is the mean of the starts that its labels ask for.
  const blocks: { members: number[]; size: number; start: number }[] = [];
  for (const index of order) {
    const size = labels[index]?.size ?? 0;
    let block = { members: [index], size, start: clamp(wanted(labels, index) - size / 2, low, high - size) };
    for (
      let before = blocks.at(-1);
      before !== undefined && before.start + before.size > block.start;
      before = blocks.at(-1)
    ) {
      blocks.pop();
      const count = before.members.length + block.members.length;
      const start = (before.start * before.members.length + (block.start - before.size) * block.members.length) / count;
      const joined = before.size + block.size;
      block = {
        members: [...before.members, ...block.members],
        size: joined,
        start: clamp(start, low, high - joined),
      };
    }
    blocks.push(block);
  }
  const centres = new Array<number>(labels.length).fill(0);
  for (const block of blocks) {
    let at = block.start;
    for (const index of block.members) {
      const size = labels[index]?.size ?? 0;
      centres[index] = at + size / 2;
      at += size;
    }
  }
  return centres;
}

function wanted(labels: readonly Placed[], index: number): number {
  return labels[index]?.wanted ?? 0;
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}
