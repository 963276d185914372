import type { Trial } from "../../experiment/trial/trial.ts";
import type {
  DivergedEvent,
  DoneEvent,
  EpochEvent,
  FailedEvent,
  StoppedEvent,
} from "../../experiment/trial/trial_event.ts";
import type { TrialGroup } from "./explain_pending.ts";

/** An event of a run for its observer; a trial's event is sent after it is in the journal. */
export type RunEvent =
  | PlannedEvent
  | RungEvent
  | DataEvent
  | StartedEvent
  | MeasuredEvent
  | EndedEvent
  | NoteEvent;

/** The run has chosen its trials. */
export interface PlannedEvent {
  readonly type: "planned";
  readonly experiment: string;
  /** Trials of the whole grid. */
  readonly trials: number;
  /** Trials that have a result already. */
  readonly finished: number;
  /** Trials that this run will run. */
  readonly toRun: readonly Trial[];
  /** Why they run. */
  readonly groups: readonly TrialGroup[];
  /** About how long they will take here; null if that is not known. */
  readonly expectedMs: number | null;
}

/** A rung of a search is decided, and these trials go on. */
export interface RungEvent {
  readonly type: "rung";
  readonly toRun: readonly Trial[];
}

/** The data set is being fetched or read. */
export interface DataEvent {
  readonly type: "data";
  readonly label: string;
  readonly done: number;
  /** Null if not known yet. */
  readonly total: number | null;
}

/** A worker has started a trial. */
export interface StartedEvent {
  readonly type: "started";
  readonly trial: string;
  readonly worker: number;
  /** The worker's machine. Default: this one. */
  readonly machine?: string;
}

/** An epoch of a trial was measured. */
export interface MeasuredEvent {
  readonly type: "epoch";
  readonly event: EpochEvent;
  readonly worker: number;
  readonly machine?: string;
}

/** A trial has ended, or stopped at a rung. */
export interface EndedEvent {
  readonly type: "ended";
  readonly event: DoneEvent | DivergedEvent | FailedEvent | StoppedEvent;
  readonly worker: number;
  readonly machine?: string;
}

/** A message to the user; a whole sentence. */
export interface NoteEvent {
  readonly type: "note";
  readonly message: string;
}
