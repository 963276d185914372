import type { Checkpoint, TrialStep } from "../experiment/trial/run_trial.ts";
import type { Trial } from "../experiment/trial/trial.ts";
import type { TrialEvent } from "../experiment/trial/trial_event.ts";
import type { EngineSetting } from "./engine_setting.ts";

export type { Datasets, EngineSetting } from "./engine_setting.ts";

/**
 * Runs trials and yields their events as they happen.
 *
 * Events of one trial are in order; those of different trials interleave freely. Delivery is at least once: a trial
 * may be reported twice, with equal values. An engine does not throw when a trial fails: that is a `failed` event.
 * When `signal` aborts, no further trial starts, running ones are dropped, and the iteration ends.
 */
export type Engine = (trials: readonly Trial[], options: EngineOptions) => AsyncIterable<EngineEvent>;

/** Options of an {@link Engine}. */
export interface EngineOptions extends EngineSetting {
  /** Stops the engine. */
  readonly signal: AbortSignal;
  /** Returns the checkpoint from which a trial resumes; called when it starts. Default: every trial starts over. */
  readonly resume?: (trial: string) => Promise<Checkpoint | null>;
  /**
   * Returns the current interval of a trial's checkpoints in epochs, 0 for none; called when it starts and after each
   * epoch. Default: none.
   */
  readonly checkpointEvery?: (trial: string) => number;
  /**
   * Settles when all events that were taken from the iteration are on disk, so that the engine may forget them.
   * Default: they are on disk when the next event is requested.
   */
  readonly kept?: () => Promise<void>;
}

/** An event with additional data for the runner; only the event is journaled as a result. */
export interface EngineEvent extends Omit<TrialStep, "event"> {
  /** The event. */
  readonly event: TrialEvent | StartedEvent | LostEvent | RemarkEvent;
  /** The worker that runs the trial, from 0. */
  readonly worker: number;
  /** The machine of that worker. Default: this one. */
  readonly machine?: string;
}

/** Returns whether an event is one of those that are journaled. */
export function isTrialEvent(event: EngineEvent["event"]): event is TrialEvent {
  return event.type !== "started" && event.type !== "lost" && event.type !== "remark";
}

/** A worker has started a trial; for progress only, never journaled. */
export interface StartedEvent {
  /** Identifies the event. */
  readonly type: "started";
  /** The id of the trial. */
  readonly trial: string;
}

/** The worker of a trial was lost, and another runs the trial; never journaled. */
export interface LostEvent {
  /** Identifies the event. */
  readonly type: "lost";
  /** The id of the trial. */
  readonly trial: string;
  /** How the worker was lost. */
  readonly reason: string;
}

/** A message to the user about the workers; never journaled. */
export interface RemarkEvent {
  /** Identifies the event. */
  readonly type: "remark";
  /** Null, since a remark is not about one trial. */
  readonly trial: null;
  /** A whole sentence. */
  readonly message: string;
}
