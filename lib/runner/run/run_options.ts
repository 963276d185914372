import type { KernelKind } from "../../core/facts/kernel_kind.ts";
import type { Engine } from "../../engine/engine.ts";
import type { AxisFilter } from "../plan/choose_trials.ts";
import type { PlanDataOptions } from "../plan/load_plan_data.ts";
import type { Shard } from "../plan/parse_shard.ts";
import type { Clock } from "./timings.ts";

/** How to run an experiment. */
export interface RunOptions extends PlanDataOptions {
  /** Threads that run trials, at least 1. */
  readonly workers: number;
  /** What computes; the bits are the same with each. Default: the best that there is. */
  readonly kernels?: KernelKind;
  /** Runs the trials. Default: {@link workersEngine} with these threads. */
  readonly engine?: Engine;
  /** Holds a folder an experiment. */
  readonly resultsDir: string;
  /** Runs only the points that pass. Default: all. */
  readonly only?: readonly AxisFilter[];
  /** Runs a part of the grid's trials, to be merged with the others. Default: all. */
  readonly shard?: Shard;
  /** Sets the journal aside first, so that every trial runs again. Default: false. */
  readonly fresh?: boolean;
  /** Puts in the place of a damaged journal what is whole in it, so that the rest runs again. Default: false. */
  readonly salvage?: boolean;
  /** Stops once so many trials of this run have failed or diverged, at least 1. Default: never. */
  readonly maxFailures?: number;
  /** Epochs between two checkpoints of a trial, at least 1. Default: see {@link CheckpointsOptions}. */
  readonly checkpointEvery?: number;
  /** How often a trial whose worker was lost is run again, from 0. Default: 1. */
  readonly retries?: number;
  /** Milliseconds that a trial may run before it has failed. Default: no limit. */
  readonly trialTimeoutMs?: number;
  /** Memory for trials; null if it is not known. Default: what the system says. */
  readonly availableBytes?: number | null;
  /** Turns a bit of a weight over before this epoch of the grid's first trial, to see what notices. Default: never. */
  readonly faultEpoch?: number;
  readonly clock: Clock;
}
