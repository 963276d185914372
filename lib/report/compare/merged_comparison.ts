import { placeOf } from "../summary/rank_points.ts";
import type { Summary } from "../summary/summary.ts";
import type { Comparison } from "./comparison.ts";
import { resolveGate } from "./gate.ts";

/** Returns the comparison of merged results with their shards: no trial differs. */
export function mergedComparison({ experiment, trials }: Summary): Comparison {
  return {
    experiment: experiment.name,
    file: null,
    problem: null,
    changes: [],
    gate: resolveGate({}, {}, experiment),
    points: [],
    trials: trials.map((trial) => ({
      verdict: trial.status === "failed" ? "failed" : "same",
      ...placeOf(trial),
      baseline: trial,
      current: trial,
      parting: null,
    })),
    winner: null,
  };
}
