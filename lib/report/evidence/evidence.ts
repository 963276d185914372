import type { Inspection } from "../../experiment/trial/inspection.ts";
import type { Summary } from "../summary/summary.ts";
import { type AxisShares, axisShares } from "./axis_shares.ts";
import {
  comparePairs,
  compareWithWinner,
  type PointComparison,
  type PointDifferences,
} from "./compare_points.ts";
import { trialsPerPoint } from "../summary/trials_per_point.ts";
import { leadText } from "./lead_text.ts";
import { type SelectionOptimism, selectionOptimism } from "./selection_optimism.ts";
import { type TestEvidence, testEvidence } from "./test_evidence.ts";

/** What the results of an experiment say, and how sure it is. */
export interface Evidence {
  /** The answer in a sentence or two. */
  readonly lead: string;
  /** Each point against the winner, best first. */
  readonly comparisons: readonly PointComparison[];
  /** Any two of the best points; empty with one trial a point. */
  readonly pairs: PointDifferences;
  readonly optimism: SelectionOptimism | null;
  readonly shares: AxisShares | null;
  /** Null until the test split is evaluated. */
  readonly test: TestEvidence | null;
}

const MOST_PAIRED = 10;

/** Returns the evidence of an experiment: a pure function of its results. */
export function evidenceOf(
  summary: Summary,
  { inspection }: { readonly inspection: Inspection | null },
): Evidence {
  const comparisons = compareWithWinner(summary);
  return {
    lead: leadText(summary, comparisons),
    comparisons,
    pairs: comparePairs(summary, { most: trialsPerPoint(summary.experiment) === 1 ? 0 : MOST_PAIRED }),
    optimism: selectionOptimism(summary),
    shares: axisShares(summary),
    test: inspection === null ? null : testEvidence(inspection),
  };
}
