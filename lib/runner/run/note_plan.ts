import type { Warning } from "../../core/check/warning.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import type { Journal } from "../../journal/journal.ts";
import { netWarnings } from "../../report/summary/net_warnings.ts";
import { explainPending, freshGroups } from "../plan/explain_pending.ts";
import type { Plan } from "../plan/plan_run.ts";
import type { RunEvent } from "../plan/run_event.ts";
import { readSpecs } from "../plan/trial_specs.ts";
import { expectedTime } from "../results/timings.ts";
import type { RunOptions } from "./run_options.ts";

/** The state of a run at its beginning. */
export interface PlanNotes {
  readonly journal: Journal;
  /** Trials that have no result yet. */
  readonly pending: readonly Trial[];
  /** Whether an earlier journal was set aside. */
  readonly isAside: boolean;
  readonly options: Pick<RunOptions, "engine" | "workers" | "observe">;
}

/** Reports the plan of a run: why which trials run, and problems of its journal and its nets. */
export async function notePlan(
  plan: Plan,
  { journal, pending, isAside, options }: PlanNotes,
): Promise<void> {
  const { grid, loaded } = plan;
  const { observe, engine, workers } = options;
  const note = (message: string) => observe({ type: "note", message });
  if (journal.tornBytes > 0) {
    note(`The journal ended in a half-written record of ${journal.tornBytes} bytes, which was cut off.`);
  }
  const specs = pending.length === 0 ? [] : await readSpecs(plan);
  const { log } = journal;
  const groups = isAside ? freshGroups(pending) : await explainPending(plan, { log, pending, specs });
  const ids = new Set([...grid.trials.map(({ id }) => id), ...groups.flatMap(({ replaced }) => replaced)]);
  const others = journal.log.trialsWithResult().filter((id) => !ids.has(id)).length;
  if (others > 0) note(`${others} of the journal's trials are not in this grid; they are kept and left out.`);
  noteWarnings(netWarnings(grid.trials), observe);
  const time = await expectedTime(plan, {
    trials: pending,
    // With an engine of its own, a run has other workers than this machine's.
    workers: engine === undefined ? workers : undefined,
    specs,
  });
  observe({
    type: "planned",
    experiment: loaded.experiment.name,
    trials: grid.trials.length,
    finished: grid.trials.filter(({ id }) => journal.log.hasResult(id)).length,
    toRun: pending,
    groups,
    expectedMs: time?.expectedMs ?? null,
  });
}

/** Reports each warning as a note. */
export function noteWarnings(warnings: readonly Warning[], observe: (event: RunEvent) => void): void {
  for (const { where, message } of warnings) {
    observe({ type: "note", message: `Warning: ${where}: ${message}.` });
  }
}
