import type { Summary } from "../../report/summary/summary.ts";

/** How a run ended. */
export interface RunOutcome {
  /** `stopped` by `maxFailures`, `paused` by `maxTrials` or `noNewTrials`, `interrupted` by the signal. */
  readonly status: "complete" | "stopped" | "paused" | "interrupted";
  readonly summary: Summary;
  /** The experiment's folder of results. */
  readonly folder: string;
  /** Trials that this run ended. */
  readonly ended: number;
}
