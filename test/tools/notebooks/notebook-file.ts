/** A notebook file with the given code cells. */
export function notebookFile(cells: readonly (string | { source: string; tags: string[] })[]): string {
  return JSON.stringify({
    cells: cells.map((cell, index) => {
      const { source, tags } = typeof cell === "string" ? { source: cell, tags: [] } : cell;
      return {
        cell_type: "code",
        execution_count: null,
        id: `cell-${index}`,
        metadata: { tags },
        outputs: [],
        source: [source],
      };
    }),
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  });
}
