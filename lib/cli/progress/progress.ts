import type { RunEvent } from "../../runner/plan/run_event.ts";

/** Shows how a run goes on, until it is disposed of. */
export interface Progress extends Disposable {
  readonly observe: (event: RunEvent) => void;
}
