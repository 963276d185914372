import type { Checkpoint, TrialSetting, TrialStep } from "../experiment/trial/run_trial.ts";
import type { Trial } from "../experiment/trial/trial.ts";
import type { TrialEvent } from "../experiment/trial/trial_event.ts";

/**
 * Runs trials and yields their events as they happen.
 *
 * Events of one trial are in order; those of different trials interleave freely. Delivery is at least once: a trial may
 * be reported twice, with equal values. An engine never throws for a trial's own fault: that is a `failed` event.
 * When `signal` aborts, no further trial starts, running ones are dropped, and the iteration ends.
 */
export type Engine = (trials: readonly Trial[], options: EngineOptions) => AsyncIterable<EngineEvent>;

/** What an engine needs besides the trials. */
export interface EngineOptions extends TrialSetting {
  /** Stops the engine. */
  readonly signal: AbortSignal;
  /** Returns the checkpoint at which a trial continues, called when it is taken up. Default: every trial starts over. */
  readonly resume?: (trial: string) => Promise<Checkpoint | null>;
  /**
   * Returns how many epochs apart a trial's checkpoints are wanted now, 0 for none; called when it is taken up and after
   * each epoch. Default: none.
   */
  readonly checkpointEvery?: (trial: string) => number;
  /**
   * Settles when all events that were taken from the iteration are on disk, so that the engine need not be able to yield
   * them again. Default: they are on disk once the next one is asked for.
   */
  readonly kept?: () => Promise<void>;
}

/** An event and what only the runner needs besides it; none of the rest is journaled as a result. */
export interface EngineEvent extends Omit<TrialStep, "event"> {
  /** What happened. */
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

/** A worker has taken a trial up; for progress only, never journaled. */
export interface StartedEvent {
  /** What kind of event this is. */
  readonly type: "started";
  /** The id of the trial. */
  readonly trial: string;
}

/** The worker that ran a trial is gone, and another takes the trial up; never journaled. */
export interface LostEvent {
  /** What kind of event this is. */
  readonly type: "lost";
  /** The id of the trial. */
  readonly trial: string;
  /** What happened to the worker. */
  readonly reason: string;
}

/** Something the user should know about the workers; never journaled. */
export interface RemarkEvent {
  /** What kind of event this is. */
  readonly type: "remark";
  /** A remark is about no single trial. */
  readonly trial: null;
  /** A whole sentence. */
  readonly message: string;
}
