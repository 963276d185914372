import { join } from "node:path";
import type { Point, Trial } from "../../experiment/trial/trial.ts";
import { LOCAL } from "../../report/files/result_files.ts";
import type { ExperimentFacts } from "../../report/summary/summary.ts";
import type { Plan } from "../plan/plan_run.ts";
import type { RunEvent } from "../plan/run_event.ts";

/** A run that is alive shows it by the file's time of change, so often. */
export const HEARTBEAT_MS = 2000;

/** What one line of `activity.jsonl` says. */
export type ActivityLine =
  | ActivityStart
  | {
    readonly type: "started" | "ended";
    readonly at: number;
    readonly trial: string;
    readonly worker: number;
    /** Where that worker is; none for this machine. */
    readonly machine?: string;
  }
  | { readonly type: "note"; readonly at: number; readonly message: string }
  | { readonly type: "closed"; readonly at: number; readonly status: string };

/** Stands first: what the run is about, so that a reader needs neither the experiment file nor its grid. */
export interface ActivityStart {
  readonly type: "run";
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly experiment: ExperimentFacts;
  readonly dataDigest: string;
  readonly workers: number;
  /** The whole grid, in its order. */
  readonly trials: readonly ActivityTrial[];
  /** Ids of the trials that this run takes up. */
  readonly toRun: readonly string[];
}

/** A trial, as a reader of the run's progress needs it. */
export interface ActivityTrial {
  readonly id: string;
  readonly point: Point;
  readonly repeat: number;
  readonly epochs: number;
}

/**
 * Writes `activity.jsonl`, which git ignores, for whoever watches a run: who runs what, since when.
 *
 * Nothing depends on it, so that what cannot be written is let go; the journal tells of a full disk.
 */
export class Activity implements Disposable {
  readonly #plan: Plan;
  #heart: ReturnType<typeof setInterval> | undefined;
  #file: Deno.FsFile | null = null;
  #isClosed = false;

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  /** The run takes trials up from now on; what an earlier run left is written over. */
  begin({ workers, trials }: { readonly workers: number; readonly trials: readonly Trial[] }): void {
    const { folder, loaded: { experiment }, grid, dataDigest } = this.#plan;
    const { name, question, seed, repeats, data } = experiment;
    try {
      Deno.mkdirSync(folder, { recursive: true });
      this.#file = Deno.openSync(join(folder, LOCAL.activity.name), {
        write: true,
        create: true,
        truncate: true,
      });
    } catch {
      // The journal will meet the same, and say so.
      return;
    }
    this.#write({
      type: "run",
      at: Date.now(),
      experiment: { name, question, seed, repeats, data, grid: experiment.grid },
      dataDigest,
      workers,
      trials: grid.trials.map(({ id, point, repeat, solver }) => ({
        id,
        point,
        repeat,
        epochs: solver.epochs,
      })),
      toRun: trials.map(({ id }) => id),
    });
    this.#heart = setInterval(() => this.#beat(), HEARTBEAT_MS);
  }

  /** Takes in what the run tells its observer. */
  observe(event: RunEvent): void {
    const at = Date.now();
    if (event.type === "started") {
      const { trial, worker, machine } = event;
      this.#write({ type: "started", at, trial, worker, machine });
    } else if (event.type === "ended") {
      this.#write({ type: "ended", at, trial: event.event.trial, worker: event.worker });
    } else if (event.type === "note") this.#write({ type: "note", at, message: event.message });
  }

  /** Says how the run ended; one that says nothing was killed. */
  close(status: string): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#write({ type: "closed", at: Date.now(), status });
  }

  [Symbol.dispose](): void {
    clearInterval(this.#heart);
    this.close("stopped");
    this.#file?.close();
    this.#file = null;
  }

  #write(line: ActivityLine): void {
    try {
      this.#file?.writeSync(new TextEncoder().encode(`${JSON.stringify(line)}\n`));
    } catch {
      this.#file?.close();
      this.#file = null;
    }
  }

  #beat(): void {
    try {
      const now = new Date();
      this.#file?.utimeSync(now, now);
    } catch {
      // A file that was removed meanwhile has nobody to watch it.
    }
  }
}
