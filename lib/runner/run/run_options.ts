import type { KernelKind } from "../../core/facts/kernel_kind.ts";
import type { Engine } from "../../engine/engine.ts";
import type { AxisFilter } from "../plan/choose_trials.ts";
import type { PlanDataOptions } from "../plan/load_plan_data.ts";
import type { PlanOptions } from "../plan/plan_run.ts";
import type { Shard } from "../plan/parse_shard.ts";
import type { Clock } from "../results/timings.ts";

/** Options of a run. */
export interface RunOptions extends PlanDataOptions, PlanOptions {
  /** Threads that run trials, at least 1. */
  readonly workers: number;
  /** The kernels that compute; all give the same bits. Default: the fastest available. */
  readonly kernels?: KernelKind;
  /** Runs the trials. Default: {@link workersEngine} with these threads. */
  readonly engine?: Engine;
  /** Runs only the points that pass these filters. Default: all. */
  readonly only?: readonly AxisFilter[];
  /** Runs only these of the grid's trials, by id. Default: all. */
  readonly trials?: ReadonlySet<string>;
  /** Runs at most this number of trials, the first of the pending ones, at least 1. Default: all. */
  readonly maxTrials?: number;
  /** After it aborts no further trial starts; those that run come to their end. Default: never. */
  readonly noNewTrials?: AbortSignal;
  /** Whether to write what people read: page, Markdown and charts. Default: true. */
  readonly hasReport?: boolean;
  /** Runs only this part of the grid's trials, to be merged with the others. Default: all. */
  readonly shard?: Shard;
  /** Renames the journal first, so that every trial runs again. Default: false. */
  readonly fresh?: boolean;
  /** Replaces a damaged journal by its undamaged records, so that the other trials run again. Default: false. */
  readonly salvage?: boolean;
  /** Stops after this number of failed or diverged trials, at least 1. Default: never. */
  readonly maxFailures?: number;
  /** Epochs between two checkpoints of a trial, at least 1. Default: see {@link CheckpointsOptions}. */
  readonly checkpointEvery?: number;
  /** How often a trial is run again after its worker was lost, from 0. Default: 1. */
  readonly retries?: number;
  /** Milliseconds after which a trial fails. Default: no limit. */
  readonly trialTimeoutMs?: number;
  /** Memory for trials; null if not known. Default: the system's available memory. */
  readonly availableBytes?: number | null;
  /** Flips a bit of a weight before this epoch of the grid's first trial, to test checks. Default: never. */
  readonly faultEpoch?: number;
  readonly clock: Clock;
}
