import type { ActivityLine, ActivityStart } from "../../runner/run/activity.ts";

/** The progress of an experiment's last run, from its `activity.jsonl`. */
export interface RunProgress {
  readonly start: ActivityStart;
  /** The current task of each worker, in the order of workers. */
  readonly workers: ReadonlyMap<number, WorkerTask>;
  /** The notes of the run, newest first. */
  readonly notes: readonly string[];
  /** How it ended; null while it runs, or if it was killed. */
  readonly closed: { readonly at: number; readonly status: string } | null;
}

/** A trial that a worker runs. */
export interface WorkerTask {
  readonly trial: string;
  /** Milliseconds since 1970. */
  readonly since: number;
  /** The machine of the worker; none for this machine. */
  readonly machine?: string;
}

const MOST_NOTES = 5;

/** Returns the progress after one more line, or null if no run has begun. */
export function advance(progress: RunProgress | null, line: ActivityLine): RunProgress | null {
  if (line.type === "run") return { start: line, workers: new Map(), notes: [], closed: null };
  if (progress === null) return null;
  if (line.type === "closed") return { ...progress, workers: new Map(), closed: line };
  if (line.type === "note") {
    return { ...progress, notes: [line.message, ...progress.notes].slice(0, MOST_NOTES) };
  }
  const workers = new Map(progress.workers);
  const { worker, trial, at: since, machine } = line;
  if (line.type === "started") {
    workers.set(worker, { trial, since, ...machine === undefined ? {} : { machine } });
  } else if (workers.get(worker)?.trial === trial) workers.delete(worker);
  return { ...progress, workers: new Map([...workers].sort(([left], [right]) => left - right)) };
}
