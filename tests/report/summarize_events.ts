import type { ExperimentFacts } from "../../lib/experiment/declaration/experiment.ts";
import type { TrialEvent } from "../../lib/experiment/trial/trial_event.ts";
import { type Findings, summarize, trialResult } from "../../lib/report/summary/summarize.ts";
import type { Summary } from "../../lib/report/summary/summary.ts";

/** What an experiment came to, with the events of its trials in any order of trials. */
export interface EventFindings extends Omit<Findings, "results"> {
  readonly events: readonly TrialEvent[];
}

/** Sums an experiment up from the events of its trials; those of trials outside the grid are passed over. */
export function summarizeEvents(
  experiment: ExperimentFacts,
  { events, ...findings }: EventFindings,
): Summary {
  const byTrial = Map.groupBy(events, ({ trial }) => trial);
  const results = findings.grid.trials.map((trial) => trialResult(trial, byTrial.get(trial.id) ?? []));
  return summarize(experiment, { ...findings, results });
}
