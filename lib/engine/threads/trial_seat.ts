import type { TrialSetting } from "../../experiment/trial/run_trial.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import type { EngineEvent, EngineOptions } from "../engine.ts";
import { spawnTrialWorker } from "./spawn_trial_worker.ts";
import { createTrialThread, type Loss, type TrialThread } from "./trial_thread.ts";

/** How a seat treats its trials. */
export interface SeatOptions {
  /** How often a trial whose thread was lost is run again before it has failed. Default: 1. */
  readonly retries?: number;
  /** How long a trial may run. Default: as long as it likes. */
  readonly trialTimeoutMs?: number;
  /** How long a thread may show no sign of life: it does so before every batch. Default: a minute. */
  readonly maxSilenceMs?: number;
  /** Starts the worker of an index. Default: one without permissions. */
  readonly spawn?: (index: number, setting: TrialSetting) => Worker;
}

/** What running a trial in a seat takes. */
export interface SeatedTrial extends Pick<EngineOptions, "resume" | "checkpointEvery"> {
  readonly tell: (event: EngineEvent) => void;
}

/** A place for one trial at a time: a thread that is started with the first one and replaced when it is lost. */
export class TrialSeat {
  readonly #index: number;
  readonly #setting: TrialSetting;
  readonly #options: SeatOptions;
  #thread: TrialThread | null = null;
  #isEnded = false;

  constructor(index: number, { setting, ...options }: SeatOptions & { readonly setting: TrialSetting }) {
    this.#index = index;
    this.#setting = setting;
    this.#options = options;
  }

  /** Runs a trial to its end, on as many threads as it takes; settles without an end if the seat is ended. */
  async run(trial: Trial, seated: SeatedTrial): Promise<void> {
    const { retries = 1 } = this.#options;
    const tell = (event: EngineEvent["event"]) => seated.tell({ event, worker: this.#index });
    for (let attempt = 0;; attempt++) {
      tell({ type: "started", trial: trial.id });
      const loss = await this.#attempt(trial, seated);
      if (loss === null || this.#isEnded) return;
      this.#endThread();
      const { reason, isWorthRetrying } = loss;
      if (!isWorthRetrying || attempt >= retries) return tell({ type: "failed", trial: trial.id, reason });
      tell({ type: "lost", trial: trial.id, reason });
    }
  }

  /** Ends the thread; a trial that runs on it is dropped. */
  end(): void {
    this.#isEnded = true;
    this.#endThread();
  }

  async #attempt(trial: Trial, { resume, checkpointEvery, tell }: SeatedTrial): Promise<Loss | null> {
    const { maxSilenceMs = 60_000, trialTimeoutMs = Infinity, spawn = spawnTrialWorker } = this.#options;
    const checkpoint = await resume?.(trial.id) ?? null;
    if (this.#isEnded) return null;
    this.#thread ??= createTrialThread(spawn(this.#index, this.#setting), { setting: this.#setting });
    return await this.#thread.run({
      trial,
      checkpoint,
      checkpointEvery: () => checkpointEvery?.(trial.id) ?? 0,
      onStep: (step) => tell({ ...step, worker: this.#index }),
      maxSilenceMs,
      timeoutMs: trialTimeoutMs,
    });
  }

  #endThread(): void {
    this.#thread?.end();
    this.#thread = null;
  }
}
