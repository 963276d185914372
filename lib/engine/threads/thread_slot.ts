import type { Trial } from "../../experiment/trial/trial.ts";
import type { EngineEvent, EngineOptions } from "../engine.ts";
import type { EngineSetting } from "../engine_setting.ts";
import { spawnTrialWorker } from "./spawn_trial_worker.ts";
import { createTrialThread, type Loss, type TrialThread } from "./trial_thread.ts";

/** Options of {@link ThreadSlot}. */
export interface SlotOptions {
  /** How often a trial is run again after its thread was lost, before it fails. Default: 1. */
  readonly retries?: number;
  /** How long a trial may run. Default: no limit. */
  readonly trialTimeoutMs?: number;
  /** The longest time without a heartbeat of the thread, which is sent before every batch. Default: a minute. */
  readonly maxSilenceMs?: number;
  /** Starts the worker of an index. Default: one without permissions. */
  readonly spawn?: (index: number, setting: EngineSetting) => Worker;
}

/** Options of {@link ThreadSlot.run}. */
export interface SlotTrialOptions extends Pick<EngineOptions, "resume" | "checkpointEvery"> {
  /** Called with each event of the trial. */
  readonly emit: (event: EngineEvent) => void;
}

/**
 * Runs one trial at a time on a thread. The thread starts with the first trial, runs the later ones too, and is
 * replaced when it is lost.
 */
export class ThreadSlot {
  readonly #index: number;
  readonly #setting: EngineSetting;
  readonly #options: SlotOptions;
  #thread: TrialThread | null = null;
  #isEnded = false;

  constructor(index: number, { setting, ...options }: SlotOptions & { readonly setting: EngineSetting }) {
    this.#index = index;
    this.#setting = setting;
    this.#options = options;
  }

  /**
   * Runs a trial to its end, on several threads in turn if some are lost; settles without an end if the slot is
   * ended.
   */
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

  /** Ends the thread and drops its running trial. */
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
