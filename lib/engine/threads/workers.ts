import type { Trial } from "../../experiment/trial/trial.ts";
import type { Engine, EngineEvent, EngineOptions } from "../engine.ts";
import { createMailbox } from "./mailbox.ts";
import { type SlotOptions, ThreadSlot } from "./thread_slot.ts";

/** How trials run on threads of their own. */
export interface WorkersOptions extends SlotOptions {
  /** How many threads, at least 1. */
  readonly workers: number;
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

/** The threads of one run: no more than there are trials. */
class ThreadPool {
  readonly #options: ThreadPoolOptions;
  /** The trials that no thread has taken up; all slots draw from the one iterator. */
  readonly #waiting: Iterator<Trial, undefined>;
  readonly #slots: readonly ThreadSlot[];
  #isEnded = false;

  constructor(trials: readonly Trial[], options: ThreadPoolOptions) {
    const { workers: { workers, ...slotOptions }, engine: { dataset, kernels, fault } } = options;
    this.#options = options;
    this.#waiting = trials.values();
    this.#slots = Array.from(
      { length: Math.min(workers, trials.length) },
      (_, index) => new ThreadSlot(index, { ...slotOptions, setting: { dataset, kernels, fault } }),
    );
  }

  /** Runs every trial; settles when the last has ended, or the pool is ended. */
  async run(): Promise<void> {
    await Promise.all(this.#slots.map((slot) => this.#fill(slot)));
  }

  /** Ends every thread. */
  end(): void {
    this.#isEnded = true;
    for (const slot of this.#slots) slot.end();
  }

  /** Runs trials in a slot for as long as some wait. */
  async #fill(slot: ThreadSlot): Promise<void> {
    const { engine: { resume, checkpointEvery }, emit } = this.#options;
    for (let { value: trial } = this.#waiting.next(); trial; { value: trial } = this.#waiting.next()) {
      await slot.run(trial, { resume, checkpointEvery, emit });
      if (this.#isEnded) return;
    }
    slot.end();
  }
}
