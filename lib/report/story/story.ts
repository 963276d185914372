import type { Inspection } from "../../experiment/trial/inspection.ts";
import type { Summary } from "../summary/summary.ts";
import type { Curves } from "./curve.ts";

/** All that a report tells of an experiment. */
export interface Story {
  readonly summary: Summary;
  /** Those of trials that have ended, and of running ones where it is told while a run goes on. */
  readonly curves: Curves;
  /** What the winner's best trial makes of the test split; null until that is opened. */
  readonly inspection: (Inspection & { readonly trial: string }) | null;
}
