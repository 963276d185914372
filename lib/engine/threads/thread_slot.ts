import type { TrialSetting } from "../../experiment/trial/run_trial.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import type { EngineEvent, EngineOptions } from "../engine.ts";
import { spawnTrialWorker } from "./spawn_trial_worker.ts";
import { createTrialThread, type Loss, type TrialThread } from "./trial_thread.ts";

/** How a slot treats its trials. */
export interface SlotOptions {
  /** How often a trial whose thread was lost is run again before it has failed. Default: 1. */
  readonly retries?: number;
  /** How long a trial may run. Default: without limit. */
  readonly trialTimeoutMs?: number;
  /** How long a thread may show no sign of life: it does so before every batch. Default: a minute. */
  readonly maxSilenceMs?: number;
  /** Starts the worker of an index. Default: one without permissions. */
  readonly spawn?: (index: number, setting: TrialSetting) => Worker;
}

/** What a slot needs to run a trial. */
export interface SlotTrialOptions extends Pick<EngineOptions, "resume" | "checkpointEvery"> {
  /** Called with each event of the trial. */
  readonly emit: (event: EngineEvent) => void;
}

/**
 * Runs one trial at a time on a thread. The thread starts with the first trial, serves those that follow, and is replaced
 * when it is lost.
 */
export class ThreadSlot {
  readonly #index: number;
  readonly #setting: TrialSetting;
  readonly #options: SlotOptions;
  #thread: TrialThread | null = null;
  #isEnded = false;

  constructor(index: number, { setting, ...options }: SlotOptions & { readonly setting: TrialSetting }) {
    this.#index = index;
    this.#setting = setting;
    this.#options = options;
  }

  /** Runs a trial to its end, on as many threads as it takes; settles without an end if the slot is ended. */
  async run(trial: Trial, options: SlotTrialOptions): Promise<void> {
    const { retries = 1 } = this.#options;
    const emit = (event: EngineEvent["event"]) => options.emit({ event, worker: this.#index });
    for (let attempt = 0;; attempt++) {
      emit({ type: "started", trial: trial.id });
      const loss = await this.#attempt(trial, options);
      if (loss === null || this.#isEnded) return;
      this.#endThread();
      const { reason, isWorthRetrying } = loss;
      if (!isWorthRetrying || attempt >= retries) return emit({ type: "failed", trial: trial.id, reason });
      emit({ type: "lost", trial: trial.id, reason });
    }
  }

  /** Ends the thread; a trial that runs on it is dropped. */
  end(): void {
    this.#isEnded = true;
    this.#endThread();
  }

  async #attempt(trial: Trial, { resume, checkpointEvery, emit }: SlotTrialOptions): Promise<Loss | null> {
    const { maxSilenceMs = 60_000, trialTimeoutMs = Infinity, spawn = spawnTrialWorker } = this.#options;
    const checkpoint = await resume?.(trial.id) ?? null;
    if (this.#isEnded) return null;
    this.#thread ??= createTrialThread(spawn(this.#index, this.#setting), { setting: this.#setting });
    return await this.#thread.run({
      trial,
      checkpoint,
      checkpointEvery: () => checkpointEvery?.(trial.id) ?? 0,
      onStep: (step) => emit({ ...step, worker: this.#index }),
      maxSilenceMs,
      timeoutMs: trialTimeoutMs,
    });
  }

  #endThread(): void {
    this.#thread?.end();
    this.#thread = null;
  }
}
