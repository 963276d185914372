import type { Inspection } from "../../experiment/trial/inspection.ts";
import type { Summary } from "../summary/summary.ts";
import type { Curves } from "./curve.ts";

/** All data of a report of an experiment. */
export interface Story {
  readonly summary: Summary;
  /** Curves of ended trials, and of running ones during a run. */
  readonly curves: Curves;
  /** The inspection of the winner's best repeat on the test split; null until it is evaluated. */
  readonly inspection: (Inspection & { readonly trial: string; readonly folds?: readonly string[] }) | null;
}
