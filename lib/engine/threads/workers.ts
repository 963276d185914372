import type { Trial } from "../../experiment/trial/trial.ts";
import type { Engine, EngineEvent, EngineOptions } from "../engine.ts";
import { createMailbox } from "./mailbox.ts";
import { type SeatOptions, TrialSeat } from "./trial_seat.ts";

/** How trials run on threads of their own. */
export interface WorkersOptions extends SeatOptions {
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

/** The threads of one run: as many as there is work for. */
class Crew {
  readonly #options: CrewOptions;
  /** The trials that no thread has taken up; all seats draw from the one iterator. */
  readonly #waiting: Iterator<Trial, undefined>;
  readonly #seats: readonly TrialSeat[];
  #isDismissed = false;

  constructor(trials: readonly Trial[], options: CrewOptions) {
    const { workers: { workers, ...seatOptions }, engine: { dataset, kernels, fault } } = options;
    this.#options = options;
    this.#waiting = trials.values();
    this.#seats = Array.from(
      { length: Math.min(workers, trials.length) },
      (_, index) => new TrialSeat(index, { ...seatOptions, setting: { dataset, kernels, fault } }),
    );
  }

  /** Runs every trial; settles when the last has ended, or the crew is dismissed. */
  async work(): Promise<void> {
    await Promise.all(this.#seats.map((seat) => this.#serve(seat)));
  }

  /** Ends every thread. */
  dismiss(): void {
    this.#isDismissed = true;
    for (const seat of this.#seats) seat.end();
  }

  async #serve(seat: TrialSeat): Promise<void> {
    const { engine: { resume, checkpointEvery }, tell } = this.#options;
    for (let { value: trial } = this.#waiting.next(); trial; { value: trial } = this.#waiting.next()) {
      await seat.run(trial, { resume, checkpointEvery, tell });
      if (this.#isDismissed) return;
    }
    seat.end();
  }
}
