import type { TrialSetting } from "../experiment/run_trial.ts";
import type { Trial } from "../experiment/trial.ts";
import type { TrialEvent } from "../experiment/trial_event.ts";

/** What the engine tells a worker: first what trials run on, then one trial at a time. */
export type ToWorker =
  | { readonly type: "setting"; readonly setting: TrialSetting }
  | { readonly type: "trial"; readonly trial: Trial };

/** What a worker tells the engine. */
export type FromWorker =
  | { readonly type: "event"; readonly event: TrialEvent }
  /** The trial is over; its last event, with the weights if it has any. */
  | { readonly type: "end"; readonly event: TrialEvent; readonly weights: Uint8Array<ArrayBuffer> | null };
