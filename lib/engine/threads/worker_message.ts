import type { KernelKind } from "../../core/facts/kernel_kind.ts";
import type { Checkpoint, TrialStep } from "../../experiment/trial/run_trial.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import type { EngineSetting } from "../engine_setting.ts";
import type { Signs } from "./signs.ts";

/** Messages of the engine to a worker: its kernels, then the setting of all trials, then one trial at a time. */
export type ToWorker =
  | { readonly type: "kernels"; readonly kernels: KernelKind | undefined }
  | { readonly type: "setting"; readonly setting: EngineSetting; readonly signs: Signs }
  | { readonly type: "trial"; readonly trial: Trial; readonly checkpoint: Checkpoint | null };

/** Messages of a worker to the engine; the first event that is no epoch ends the trial. */
export type FromWorker = TrialStep;
