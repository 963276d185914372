import type { TrialSetting } from "../experiment/run_trial.ts";
import type { Trial } from "../experiment/trial.ts";
import type { Engine, EngineEvent, EngineOptions } from "./engine.ts";
import { createMailbox } from "./mailbox.ts";
import { spawnSandboxed } from "./spawn_sandboxed.ts";
import { createTrialThread, type Loss, type TrialThread } from "./trial_thread.ts";

/** How trials run on threads of their own. */
export interface WorkersOptions {
  /** How many threads, at least 1. */
  readonly workers: number;
  /** How often a trial whose worker was lost is run again before it has failed. Default: 1. */
  readonly retries?: number;
  /** How long a trial may run. Default: as long as it likes. */
  readonly trialTimeoutMs?: number;
  /** How long a worker may show no sign of life: it does so before every batch. Default: a minute. */
  readonly maxSilenceMs?: number;
  /** Starts the worker of an index. Default: one without permissions. */
  readonly spawn?: (index: number) => Worker;
}

/**
 * Makes the engine that runs trials on threads of their own, one trial a thread at a time, all on one data set.
 *
 * A thread that breaks down, exits or hangs is replaced and its trial run again, from its last checkpoint if it has
 * one. A trial that takes too long has failed. No thread outlives the iteration, however that ends.
 */
export function workersEngine(options: WorkersOptions): Engine {
  return async function* (trials, engineOptions): AsyncGenerator<EngineEvent> {
    const { signal } = engineOptions;
    const mailbox = createMailbox<EngineEvent>();
    const crew = new Crew(trials, { workers: options, engine: engineOptions, tell: mailbox.put });
    const stop = () => {
      crew.dismiss();
      mailbox.close();
    };
    signal.addEventListener("abort", stop);
    try {
      if (signal.aborted) return;
      crew.work().then(mailbox.close, mailbox.fail);
      yield* mailbox.messages();
    } finally {
      signal.removeEventListener("abort", stop);
      crew.dismiss();
    }
  };
}

interface CrewOptions {
  readonly workers: WorkersOptions;
  readonly engine: EngineOptions;
  readonly tell: (event: EngineEvent) => void;
}

/** The threads of one run: as many as there is work for, each replaced when it is lost. */
class Crew {
  readonly #trials: readonly Trial[];
  readonly #options: CrewOptions;
  readonly #setting: TrialSetting;
  /** The trials that no thread has taken up; all threads draw from the one iterator. */
  readonly #waiting: Iterator<Trial, undefined>;
  readonly #threads = new Map<number, TrialThread>();
  #isDismissed = false;

  constructor(trials: readonly Trial[], options: CrewOptions) {
    this.#trials = trials;
    this.#options = options;
    const { dataset, kernels, fault } = options.engine;
    this.#setting = { dataset, kernels, fault };
    this.#waiting = trials.values();
  }

  /** Runs every trial; settles when the last has ended, or the crew is dismissed. */
  async work(): Promise<void> {
    const count = Math.min(this.#options.workers.workers, this.#trials.length);
    await Promise.all(Array.from({ length: count }, (_, index) => this.#serve(index)));
  }

  /** Ends every thread. */
  dismiss(): void {
    this.#isDismissed = true;
    for (const index of [...this.#threads.keys()]) this.#end(index);
  }

  async #serve(index: number): Promise<void> {
    for (let { value: trial } = this.#waiting.next(); trial; { value: trial } = this.#waiting.next()) {
      await this.#run(trial, index);
      if (this.#isDismissed) return;
    }
    this.#end(index);
  }

  async #run(trial: Trial, worker: number): Promise<void> {
    const { workers: { retries = 1 }, tell } = this.#options;
    for (let attempt = 0;; attempt++) {
      const loss = await this.#attempt(trial, worker);
      if (loss === null || this.#isDismissed) return;
      this.#end(worker);
      const { reason, isWorthRetrying } = loss;
      if (!isWorthRetrying || attempt >= retries) {
        tell({ event: { type: "failed", trial: trial.id, reason }, worker });
        return;
      }
      tell({ event: { type: "lost", trial: trial.id, reason }, worker });
    }
  }

  async #attempt(trial: Trial, worker: number): Promise<Loss | null> {
    const { engine: { resume, checkpointEvery }, workers, tell } = this.#options;
    const { maxSilenceMs = 60_000, trialTimeoutMs = Infinity } = workers;
    tell({ event: { type: "started", trial: trial.id }, worker });
    const checkpoint = await resume?.(trial.id) ?? null;
    if (this.#isDismissed) return null;
    return await this.#thread(worker).run({
      trial,
      checkpoint,
      checkpointEvery: () => checkpointEvery?.(trial.id) ?? 0,
      onStep: (step) => tell({ ...step, worker }),
      maxSilenceMs,
      timeoutMs: trialTimeoutMs,
    });
  }

  #thread(index: number): TrialThread {
    const { spawn = spawnTrialWorker } = this.#options.workers;
    const thread = this.#threads.get(index) ?? createTrialThread(spawn(index), { setting: this.#setting });
    this.#threads.set(index, thread);
    return thread;
  }

  #end(index: number): void {
    this.#threads.get(index)?.end();
    this.#threads.delete(index);
  }
}

function spawnTrialWorker(index: number): Worker {
  return spawnSandboxed(new URL("./trial_worker.ts", import.meta.url), { name: `trial worker ${index}` });
}
