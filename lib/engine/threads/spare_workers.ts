import type { TrialSetting } from "../../experiment/trial/run_trial.ts";
import { spawnTrialWorker } from "./spawn_trial_worker.ts";

/** How many workers are started, and which kernels will compute in them. */
export interface SpareWorkersOptions extends Pick<TrialSetting, "kernels"> {
  readonly workers: number;
}

/**
 * Workers that are started before there is anything to run on them: they load their modules while this thread loads
 * data. Disposing of them ends those that nobody took.
 */
export class SpareWorkers implements Disposable {
  readonly #spare = new Map<number, Worker>();

  /** Starts workers. */
  start({ workers, kernels }: SpareWorkersOptions): void {
    for (let index = 0; index < workers; index++) {
      const worker = spawnTrialWorker(index, { kernels });
      worker.onerror = (event) => {
        // Without this the error would end the whole process; another worker is started when it is needed.
        event.preventDefault();
        this.#spare.delete(index);
      };
      this.#spare.set(index, worker);
    }
  }

  /** Returns the spare worker of an index, once, and a new one where there is none. */
  readonly take = (index: number, setting: TrialSetting): Worker => {
    const worker = this.#spare.get(index);
    this.#spare.delete(index);
    return worker ?? spawnTrialWorker(index, setting);
  };

  [Symbol.dispose](): void {
    for (const worker of this.#spare.values()) worker.terminate();
    this.#spare.clear();
  }
}
