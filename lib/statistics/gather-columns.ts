/**
 * Copies columns into another order of rows, one after the other into `target`.
 *
 * In a large table each row comes from another place in memory, and fetching it takes longer than all that is done with
 * it. So four columns at a time are put side by side first: a row's four values then come with one fetch, not four.
 *
 * @param row the row at each position
 */
export function gatherColumns(
  columns: readonly Float64Array[],
  row: Uint32Array,
  target: Float64Array,
): void {
  const n = row.length;
  let j = 0;
  if (columns.length >= 4) {
    const beside = new Float64Array(4 * n);
    for (; j + 3 < columns.length; j += 4) {
      for (let c = 0; c < 4; c++) spreadOut(columns[j + c], beside, c);
      gatherFour(beside, row, target, j * n);
    }
  }
  for (; j < columns.length; j++) gatherOne(columns[j], row, target, j * n);
}

function spreadOut(column: Float64Array, beside: Float64Array, c: number): void {
  for (let i = 0; i < column.length; i++) beside[4 * i + c] = column[i];
}

function gatherFour(beside: Float64Array, row: Uint32Array, target: Float64Array, at: number): void {
  const n = row.length;
  const second = at + n;
  const third = second + n;
  const fourth = third + n;
  for (let i = 0; i < n; i++) {
    const from = 4 * row[i];
    target[at + i] = beside[from];
    target[second + i] = beside[from + 1];
    target[third + i] = beside[from + 2];
    target[fourth + i] = beside[from + 3];
  }
}

function gatherOne(column: Float64Array, row: Uint32Array, target: Float64Array, at: number): void {
  for (let i = 0; i < row.length; i++) target[at + i] = column[row[i]];
}
