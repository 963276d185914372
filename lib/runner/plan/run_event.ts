import type { Trial } from "../../experiment/trial/trial.ts";
import type {
  DivergedEvent,
  DoneEvent,
  EpochEvent,
  FailedEvent,
} from "../../experiment/trial/trial_event.ts";

/** What a run tells its observer; a trial's event is told after it is in the journal. */
export type RunEvent = PlannedEvent | DataEvent | StartedEvent | MeasuredEvent | EndedEvent | NoteEvent;

/** The run knows what it has to do. */
export interface PlannedEvent {
  readonly type: "planned";
  readonly experiment: string;
  /** Trials of the whole grid. */
  readonly trials: number;
  /** Those of them that have a result already. */
  readonly finished: number;
  /** Those that this run takes up. */
  readonly toRun: readonly Trial[];
}

/** The data set is being fetched or read. */
export interface DataEvent {
  readonly type: "data";
  readonly label: string;
  readonly done: number;
  /** Null while it is not known. */
  readonly total: number | null;
}

/** A worker has taken a trial up. */
export interface StartedEvent {
  readonly type: "started";
  readonly trial: string;
  readonly worker: number;
  /** The machine on which that worker is. Default: this one. */
  readonly machine?: string;
}

/** An epoch of a trial was measured. */
export interface MeasuredEvent {
  readonly type: "epoch";
  readonly event: EpochEvent;
  readonly worker: number;
  readonly machine?: string;
}

/** A trial has ended. */
export interface EndedEvent {
  readonly type: "ended";
  readonly event: DoneEvent | DivergedEvent | FailedEvent;
  readonly worker: number;
  readonly machine?: string;
}

/** Something the user should know; a whole sentence. */
export interface NoteEvent {
  readonly type: "note";
  readonly message: string;
}
