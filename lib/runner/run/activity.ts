import { join } from "node:path";
import { plannedEpochs } from "../../experiment/trial/planned_epochs.ts";
import type { Point, Trial } from "../../experiment/trial/trial.ts";
import { writeAllSync } from "../../files/write_all.ts";
import { LOCAL } from "../../report/files/result_files.ts";
import { placeOf } from "../../report/summary/rank_points.ts";
import type { ExperimentFacts } from "../../report/summary/summary.ts";
import type { Plan } from "../plan/plan_run.ts";
import type { RunEvent } from "../plan/run_event.ts";
import { HEARTBEAT_MS } from "../results/last_run.ts";

/** A line of `activity.jsonl`. */
export type ActivityLine =
  | ActivityStart
  | {
    readonly type: "started" | "ended";
    readonly at: number;
    readonly trial: string;
    readonly worker: number;
    /** The worker's machine; none for this machine. */
    readonly machine?: string;
  }
  | { readonly type: "note"; readonly at: number; readonly message: string }
  | { readonly type: "closed"; readonly at: number; readonly status: string };

/** The first line: the facts about the run, so that a reader does not need the experiment file. */
export interface ActivityStart {
  readonly type: "run";
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly experiment: ExperimentFacts;
  readonly dataDigest: string;
  readonly workers: number;
  /** The whole grid, in its order. */
  readonly trials: readonly ActivityTrial[];
  /** Ids of the trials that this run will run. */
  readonly toRun: readonly string[];
}

/** The facts about a trial that a reader of the run's progress needs. */
export interface ActivityTrial {
  readonly id: string;
  readonly point: Point;
  readonly repeat: number;
  readonly fold?: number;
  readonly epochs: number;
}

/**
 * Writes `activity.jsonl`, which git ignores, for the dashboard: which worker runs which trial since when.
 *
 * Nothing depends on it, so that errors of writing are ignored; the journal reports a full disk.
 */
export class Activity implements Disposable {
  readonly #plan: Plan;
  #heartbeat: ReturnType<typeof setInterval> | undefined;
  #file: Deno.FsFile | null = null;
  #isClosed = false;

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  /** Begins the file of a run; an earlier run's file is overwritten. */
  begin({ workers, trials }: { readonly workers: number; readonly trials: readonly Trial[] }): void {
    const { folder, loaded: { experiment }, grid, dataDigest } = this.#plan;
    const { name, question, seed, repeats, ensemble, data, datasets, search, metrics, select } = experiment;
    const optional = {
      ...datasets === undefined ? {} : { datasets },
      ...search === undefined ? {} : { search },
      ...ensemble === undefined ? {} : { ensemble },
      ...metrics === undefined ? {} : { metrics },
      ...select === undefined ? {} : { select },
    };
    const running = new Map(trials.map((trial) => [trial.id, trial]));
    try {
      Deno.mkdirSync(folder, { recursive: true });
      this.#file = Deno.openSync(join(folder, LOCAL.activity.name), {
        write: true,
        create: true,
        truncate: true,
      });
    } catch {
      // The journal will have the same error, and report it.
      return;
    }
    this.#write({
      type: "run",
      at: Date.now(),
      experiment: { name, question, seed, repeats, data, ...optional, grid: experiment.grid },
      dataDigest,
      workers,
      trials: grid.trials.map((trial) => {
        return { id: trial.id, ...placeOf(trial), epochs: plannedEpochs(running.get(trial.id) ?? trial) };
      }),
      toRun: trials.map(({ id }) => id),
    });
    this.#heartbeat = setInterval(() => this.#beat(), HEARTBEAT_MS);
  }

  /** Records an event of the run. */
  observe(event: RunEvent): void {
    const at = Date.now();
    if (event.type === "started") {
      const { trial, worker, machine } = event;
      this.#write({ type: "started", at, trial, worker, machine });
    } else if (event.type === "ended") {
      this.#write({ type: "ended", at, trial: event.event.trial, worker: event.worker });
    } else if (event.type === "note") this.#write({ type: "note", at, message: event.message });
  }

  /** Records how the run ended; without this, the run counts as killed. */
  close(status: string): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#write({ type: "closed", at: Date.now(), status });
  }

  [Symbol.dispose](): void {
    clearInterval(this.#heartbeat);
    this.close("stopped");
    this.#file?.close();
    this.#file = null;
  }

  #write(line: ActivityLine): void {
    try {
      if (this.#file !== null) {
        writeAllSync(this.#file, new TextEncoder().encode(`${JSON.stringify(line)}\n`));
      }
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
      // The file was removed meanwhile, so that nobody watches it.
    }
  }
}
