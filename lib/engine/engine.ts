import type { Checkpoint, TrialSetting, TrialStep } from "../experiment/trial/run_trial.ts";
import type { Trial } from "../experiment/trial/trial.ts";
import type { TrialEvent } from "../experiment/trial/trial_event.ts";

/**
 * Runs trials and yields their events as they come.
 *
 * Events of one trial come in order; those of different trials interleave freely. At-least-once: a trial may be
 * reported twice, with equal values. An engine never throws for a trial's own fault: that is a `failed` event.
 * When `signal` aborts, no further trial starts, running ones are dropped, and the iteration ends.
 */
export type Engine = (trials: readonly Trial[], options: EngineOptions) => AsyncIterable<EngineEvent>;

/** What an engine is given besides the trials. */
export interface EngineOptions extends TrialSetting {
  /** Stops the engine. */
  readonly signal: AbortSignal;
  /** Returns where a trial may go on, asked whenever it is taken up. Default: every trial starts over. */
  readonly resume?: (trial: string) => Promise<Checkpoint | null>;
  /**
   * Returns how many epochs apart a trial's checkpoints are wanted now, 0 for none; asked when it is taken up and after
   * each epoch. Default: none.
   */
  readonly checkpointEvery?: (trial: string) => number;
  /**
   * Settles when all events that were taken from the iteration are kept where no crash can reach them, so that the engine
   * need not be able to yield them again. Default: they are once the next one is asked for.
   */
  readonly kept?: () => Promise<void>;
}

/** A trial's event, with what only the runner's side wants to know of it; none of the rest is journaled as a result. */
export interface EngineEvent extends Omit<TrialStep, "event"> {
  /** What happened. */
  readonly event: TrialEvent | StartedEvent | LostEvent | RemarkEvent;
  /** The worker that runs the trial, from 0. */
  readonly worker: number;
  /** The machine on which that worker is. Default: this one. */
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
  /** What became of the worker. */
  readonly reason: string;
}

/** Something the user should know of the workers; never journaled. */
export interface RemarkEvent {
  /** What kind of event this is. */
  readonly type: "remark";
  /** A remark is about no single trial. */
  readonly trial: null;
  /** A whole sentence. */
  readonly message: string;
}
