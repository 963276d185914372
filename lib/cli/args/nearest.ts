/**
 * Returns the candidate with the fewest edits (a letter put in, left out or changed) from a word, the first among
 * equals; null if none is within two edits, or one for words of up to three letters.
 */
export function nearest(word: string, candidates: readonly string[]): string | null {
  let best: string | null = null;
  let bestEdits = word.length <= 3 ? 1 : 2;
  for (const candidate of candidates) {
    const edits = countEdits(word, candidate);
    if (edits < bestEdits || (edits === bestEdits && best === null)) {
      best = candidate;
      bestEdits = edits;
    }
  }
  return best;
}

function countEdits(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const changed = row[j - 1] + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, changed));
    }
    row = next;
  }
  return row[right.length];
}
