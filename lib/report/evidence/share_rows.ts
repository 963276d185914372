import { USUAL_METRIC } from "../../core/facts/metric.ts";
import { type Measuring, selectedMetric } from "../summary/metric.ts";
import type { Summary } from "../summary/summary.ts";
import type { AxisShares } from "./axis_shares.ts";

/** Returns what the shares are, and how they were computed. */
export function sharesNote(
  shares: AxisShares,
  experiment: Measuring & Pick<Summary["experiment"], "search">,
): string {
  const note = methodNote(shares, experiment);
  return experiment.search === undefined
    ? note
    : `${note} A point that the search stopped counts with the value that it had reached.`;
}

function methodNote({ isExact }: AxisShares, experiment: Measuring): string {
  const { label, name } = selectedMetric(experiment);
  const means = name === USUAL_METRIC ? "mean validation accuracies" : `means of the ${label}`;
  if (isExact) {
    return `How much of the variance between the points' ${means} each axis explains alone, and two ` +
      "axes only together (functional analysis of variance, exact on this grid). The shares add up to 100 %.";
  }
  return "How much of the variance between points each axis explains alone, and two axes only together, as a seeded " +
    "forest of regression trees estimates it from the points that have a result (Hutter, Hoos and Leyton-Brown 2014). " +
    "The shares add up to 100 %.";
}

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
