import type { EngineSetting } from "../engine_setting.ts";
import { spawnTrialWorker } from "./spawn_trial_worker.ts";

/** The number of workers to start, and their kernels. */
export interface SpareWorkersOptions extends Pick<EngineSetting, "kernels"> {
  readonly workers: number;
}

/**
 * Workers that start early: they load their modules while this thread loads data. Disposing of them ends the unused
 * ones.
 */
export class SpareWorkers implements Disposable {
  readonly #spare = new Map<number, Worker>();

  /** Starts workers. */
  start({ workers, kernels }: SpareWorkersOptions): void {
    for (let index = 0; index < workers; index++) {
      const worker = spawnTrialWorker(index, { kernels });
      worker.onerror = (event) => {
        // Without this the error would end the whole process; a new worker is started when it is needed.
        event.preventDefault();
        this.#spare.delete(index);
      };
      this.#spare.set(index, worker);
    }
  }

  /** Returns the spare worker of an index, once, or a new one if there is none. */
  readonly take = (index: number, setting: EngineSetting): Worker => {
    const worker = this.#spare.get(index);
    this.#spare.delete(index);
    return worker ?? spawnTrialWorker(index, setting);
  };

  [Symbol.dispose](): void {
    for (const worker of this.#spare.values()) worker.terminate();
    this.#spare.clear();
  }
}
