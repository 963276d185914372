/** Records whose label is the row and whose bytes count up from it. */
export function cifarRecords(rows: number): Uint8Array {
  const bytes = new Uint8Array(rows * 3073);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < 3073; i++) bytes[row * 3073 + i] = row + i;
  }
  return bytes;
}
