import type { Warning } from "../../core/check/warning.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import type { Journal } from "../../journal/journal.ts";
import { netWarnings } from "../../report/summary/net_warnings.ts";
import type { Plan } from "../plan/plan_run.ts";
import type { RunEvent } from "../plan/run_event.ts";

/** The state of a run at its beginning. */
export interface PlanNotes {
  readonly journal: Journal;
  /** Trials that have no result yet. */
  readonly pending: readonly Trial[];
  readonly observe: (event: RunEvent) => void;
}

/** Reports the plan of a run, and problems of its journal and its nets. */
export function notePlan({ grid, loaded }: Plan, { journal, pending, observe }: PlanNotes): void {
  const note = (message: string) => observe({ type: "note", message });
  if (journal.tornBytes > 0) {
    note(`The journal ended in a half-written record of ${journal.tornBytes} bytes, which was cut off.`);
  }
  const ids = new Set(grid.trials.map(({ id }) => id));
  const others = journal.log.trialsWithResult().filter((id) => !ids.has(id)).length;
  if (others > 0) note(`${others} of the journal's trials are not in this grid; they are kept and left out.`);
  noteWarnings(netWarnings(grid.trials), observe);
  observe({
    type: "planned",
    experiment: loaded.experiment.name,
    trials: grid.trials.length,
    finished: grid.trials.filter(({ id }) => journal.log.hasResult(id)).length,
    toRun: pending,
  });
}

/** Reports each warning as a note. */
export function noteWarnings(warnings: readonly Warning[], observe: PlanNotes["observe"]): void {
  for (const { where, message } of warnings) {
    observe({ type: "note", message: `Warning: ${where}: ${message}.` });
  }
}
