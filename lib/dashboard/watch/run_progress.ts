import type { ActivityLine, ActivityStart } from "../../runner/run/activity.ts";

/** What the last run of an experiment does, as its `activity.jsonl` tells. */
export interface RunProgress {
  readonly start: ActivityStart;
  /** By worker, in their order: what each does, and since when. */
  readonly workers: ReadonlyMap<number, WorkerTask>;
  /** Sentences that the run told its user, the last first. */
  readonly notes: readonly string[];
  /** How it ended; null while it goes on, or if it was killed. */
  readonly closed: { readonly at: number; readonly status: string } | null;
}

/** A trial that a worker runs. */
export interface WorkerTask {
  readonly trial: string;
  /** Milliseconds since 1970. */
  readonly since: number;
  /** Where the worker is; none for this machine. */
  readonly machine?: string;
}

const MOST_NOTES = 5;

/** Returns the progress after one more line, or null while no run has begun. */
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
