import type { AxisShares } from "./axis_shares.ts";

/** What the shares are, by how they were computed. */
export const SHARES_NOTE = {
  exact:
    "How much of the variance between the points' mean validation accuracies each axis explains alone, and two " +
    "axes only together (functional analysis of variance, exact on this grid). The shares add up to 100 %.",
  forest:
    "How much of the variance between points each axis explains alone, and two axes only together, as a seeded " +
    "forest of regression trees estimates it from the points that have a result (Hutter, Hoos and Leyton-Brown 2014). " +
    "The shares add up to 100 %.",
} as const;

/** A row of the table of shares. */
export interface ShareRow {
  readonly name: string;
  /** A fraction. */
  readonly share: number;
}

const MOST_PARTS = 12;

/** Returns the largest shares by name, then those of all others together. */
export function shareRows({ parts, rest }: AxisShares): readonly ShareRow[] {
  const shown = parts.slice(0, MOST_PARTS).map(({ axes, share }) => ({ name: axes.join(" and "), share }));
  const others = parts.slice(MOST_PARTS).reduce((sum, { share }) => sum + share, 0);
  return [
    ...shown,
    ...parts.length > MOST_PARTS
      ? [{ name: `${parts.length - MOST_PARTS} other axes and pairs`, share: others }]
      : [],
    ...rest < 1e-9 ? [] : [{ name: "three and more axes together", share: rest }],
  ];
}
