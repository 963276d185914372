import type { RunEvent } from "../../runner/plan/run_event.ts";

/** Shows the progress of a run, until it is disposed of. */
export interface Progress extends Disposable {
  readonly observe: (event: RunEvent) => void;
}
