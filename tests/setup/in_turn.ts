/** Takes what one of several writers writes. */
export interface Turn {
  readonly write: (bytes: Uint8Array) => void;
  readonly end: () => void;
}

/**
 * Returns places for writers at work at the same time, whose texts come out one after the other: that of the first
 * place at once, that of each other place when all before it have ended.
 */
export function inTurn(count: number, write: (bytes: Uint8Array) => void): readonly Turn[] {
  const kept: Uint8Array[][] = Array.from({ length: count }, () => []);
  const hasEnded: boolean[] = Array(count).fill(false);
  let current = 0;
  return kept.map((pieces, place) => ({
    write: (bytes) => place === current ? write(bytes) : void pieces.push(bytes),
    end: () => {
      hasEnded[place] = true;
      while (hasEnded[current]) {
        current++;
        for (const bytes of kept[current]?.splice(0) ?? []) write(bytes);
      }
    },
  }));
}
