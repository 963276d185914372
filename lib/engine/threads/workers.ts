import type { Trial } from "../../experiment/trial/trial.ts";
import type { Engine, EngineEvent, EngineOptions } from "../engine.ts";
import { createMailbox } from "./mailbox.ts";
import { type SlotOptions, ThreadSlot } from "./thread_slot.ts";

/** Options of {@link workersEngine}. */
export interface WorkersOptions extends SlotOptions {
  /** The number of threads, at least 1. */
  readonly workers: number;
  /** After it aborts no further trial starts; those that run come to their end. Default: never. */
  readonly noNewTrials?: AbortSignal;
}

/**
 * Makes the engine that runs trials on threads, one trial per thread at a time.
 *
 * A thread that crashes, exits or hangs is replaced and its trial runs again, from its last checkpoint if there is
 * one. A trial that exceeds its time limit fails. All threads end with the iteration, however it ends.
 */
export function workersEngine(options: WorkersOptions): Engine {
  return async function* (trials, engineOptions): AsyncGenerator<EngineEvent> {
    const { signal } = engineOptions;
    const mailbox = createMailbox<EngineEvent>();
    const pool = new ThreadPool(trials, { workers: options, engine: engineOptions, emit: mailbox.put });
    const stop = () => {
      pool.end();
      mailbox.close();
    };
    signal.addEventListener("abort", stop);
    try {
      if (signal.aborted) return;
      pool.run().then(mailbox.close, mailbox.fail);
      yield* mailbox.messages();
    } finally {
      signal.removeEventListener("abort", stop);
      pool.end();
    }
  };
}

interface ThreadPoolOptions {
  readonly workers: WorkersOptions;
  readonly engine: EngineOptions;
  readonly emit: (event: EngineEvent) => void;
}

/** The threads of one run, at most one per trial. */
class ThreadPool {
  readonly #options: ThreadPoolOptions;
  /** The trials that have not started; all slots take from this one iterator. */
  readonly #waiting: Iterator<Trial, undefined>;
  readonly #slots: readonly ThreadSlot[];
  #isEnded = false;

  constructor(trials: readonly Trial[], options: ThreadPoolOptions) {
    const { workers: { workers, noNewTrials: _, ...slotOptions }, engine: { datasets, kernels, fault } } =
      options;
    this.#options = options;
    this.#waiting = trials.values();
    this.#slots = Array.from(
      { length: Math.min(workers, trials.length) },
      (_, index) => new ThreadSlot(index, { ...slotOptions, setting: { datasets, kernels, fault } }),
    );
  }

  /** Runs every trial; settles when all have ended, or the pool is ended. */
  async run(): Promise<void> {
    await Promise.all(this.#slots.map((slot) => this.#fill(slot)));
  }

  /** Ends every thread. */
  end(): void {
    this.#isEnded = true;
    for (const slot of this.#slots) slot.end();
  }

  /** Runs trials in a slot while some are waiting. */
  async #fill(slot: ThreadSlot): Promise<void> {
    const { engine: { resume, checkpointEvery }, emit, workers: { noNewTrials } } = this.#options;
    for (let { value: trial } = this.#waiting.next(); trial; { value: trial } = this.#waiting.next()) {
      if (noNewTrials?.aborted) break;
      await slot.run(trial, { resume, checkpointEvery, emit });
      if (this.#isEnded) return;
    }
    slot.end();
  }
}
