import { testName } from "../../core/facts/metric.ts";
import { canonicalJson, type Json } from "../../core/numbers/digest.ts";
import type { Results } from "../files/parse_results.ts";
import { isTested, selectedMetric, testValueOf } from "../summary/metric.ts";
import { pointKey } from "../summary/rank_points.ts";
import { type AccuracyDrop, ensembleDrops } from "./accuracy_drops.ts";
import type { EnsembleComparison } from "./comparison.ts";
import type { Gate } from "./gate.ts";
import { verdictOf } from "./judge_points.ts";

/** How the ensemble changed. */
export interface ComparedEnsembles {
  readonly ensemble: EnsembleComparison;
  /** What chance may do, where the tolerance is "auto". */
  readonly drops: readonly AccuracyDrop[];
}

/** The other side, and what is accepted. */
interface Sides {
  readonly current: Results;
  readonly gate: Gate;
}

/**
 * Compares what the winners' nets have together on the test split.
 *
 * @returns Null if the experiment has no ensemble, or the winner is another point: that is reported as a change of the
 * winner. Null too if a test split was not used.
 */
export function compareEnsembles(baseline: Results, { current, gate }: Sides): ComparedEnsembles | null {
  const [old, now] = [baseline.summary, current.summary];
  const [left, right] = [old.winner, now.winner];
  if (!old.experiment.ensemble || !now.experiment.ensemble) return null;
  if (left === null || right === null || !isTested(left) || !isTested(right)) return null;
  if (pointKey(left.point) !== pointKey(right.point)) return null;
  const { point, ensemble: after } = right;
  const { ensemble: before } = left;
  const metric = testName(selectedMetric(now.experiment).name);
  const test = {
    before: before === undefined ? null : testValueOf(before, metric),
    after: after === undefined ? null : testValueOf(after, metric),
  };
  const of = (verdict: EnsembleComparison["verdict"], drops: readonly AccuracyDrop[] = []) => {
    return { ensemble: { verdict, point, test }, drops };
  };
  if (after === undefined || test.after === null) return of("incomplete");
  if (before === undefined || test.before === null) return of("new");
  if (canonicalJson(before as unknown as Json) === canonicalJson(after as unknown as Json)) return of("same");
  if (test.before === test.after || !gate.select.includes(metric)) return of("bits");
  const drops = gate.tolerance === "auto" ? ensembleDrops({ point, before, after }, now) : [];
  const change = { before: test.before, after: test.after };
  return of(verdictOf([change], { gate, drops }), drops);
}
