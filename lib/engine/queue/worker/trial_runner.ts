import { messageOf } from "../../../core/check/message_of.ts";
import type { Dataset } from "../../../data/base/dataset.ts";
import { ThreadSlot } from "../../threads/thread_slot.ts";
import type { QueueConnection } from "../channel/queue_connection.ts";
import { type QueuedTrial, versionDifferences, type Versions } from "../channel/queued_trial.ts";
import type { RunChannel } from "../channel/run_channel.ts";
import type { QueueErrors } from "../redis/queue_errors.ts";
import { isRefusal } from "../redis/redis_refusal.ts";
import { DataCache } from "./data_cache.ts";
import { Reporter, type Served } from "./reporter.ts";
import { UnsuitableTrialError } from "./unsuitable_trial_error.ts";

/** How a worker's trial ends: its end is reported, or it is left to another worker. */
export type Outcome = "ended" | "refused" | "returned";

/** Options of {@link TrialRunner}. */
export interface TrialRunnerOptions {
  readonly queue: Pick<QueueConnection, "channel">;
  readonly name: string;
  readonly workers: number;
  readonly cacheDir: string;
  readonly versions: Versions;
  readonly observe: (event: Served) => void;
  /** Receives refusals of Redis. */
  readonly queueErrors: Pick<QueueErrors, "add" | "noteSuccess">;
}

/** A thread slot and its setting; a thread keeps its data set, and is replaced when the setting changes. */
interface UsedSlot {
  readonly setting: string;
  readonly slot: ThreadSlot;
}

/** Runs the trials of a worker, each in a thread slot of its own, and reports to their runs. */
export class TrialRunner {
  readonly #options: TrialRunnerOptions;
  readonly #data: DataCache;
  readonly #slots: (UsedSlot | null)[];
  readonly #free: number[];
  #isClosed = false;

  constructor(options: TrialRunnerOptions) {
    this.#options = options;
    this.#data = new DataCache(options);
    this.#slots = Array.from({ length: options.workers }, () => null);
    this.#free = this.#slots.map((_, index) => index).reverse();
  }

  /** Runs a trial whose earlier workers were lost `losses` times. */
  async run(queued: QueuedTrial, { losses }: { readonly losses: number }): Promise<Outcome> {
    const index = this.#free.pop()!;
    try {
      return await this.#run(queued, { index, losses });
    } catch (error) {
      if (!isRefusal(error)) throw error;
      // The trial is not at fault: another worker may have more rights, and Redis more memory later.
      this.#options.queueErrors.add(error as Error);
      return "refused";
    } finally {
      this.#free.push(index);
    }
  }

  /** Ends every thread; running trials are returned to the queue. */
  close(): void {
    this.#isClosed = true;
    for (const used of this.#slots) used?.slot.end();
  }

  async #run(
    queued: QueuedTrial,
    { index, losses }: { readonly index: number; readonly losses: number },
  ): Promise<Outcome> {
    const { queue, name, versions, observe, queueErrors } = this.#options;
    const { trial, retries = 1 } = queued;
    const channel = queue.channel(queued.run);
    const reporter = new Reporter({ channel, trial, name, slot: index, observe, queueErrors });
    await reporter.refresh();
    if (!reporter.isAwaited) return "ended";
    try {
      const differences = versionDifferences(queued, versions);
      if (differences.length > 0) throw new UnsuitableTrialError(differences.join(" and "));
      if (losses <= retries) {
        const dataset = await this.#data.load({
          spec: trial.data,
          dataDigest: queued.dataDigest,
          fetchBytes: (file) => channel.data(file),
        });
        if (this.#isClosed) return "returned";
        return await this.#runInSlot(queued, { index, dataset, reporter, channel });
      }
      const reason = `its workers were lost ${losses} times`;
      reporter.report({ event: { type: "failed", trial: trial.id, reason } });
      return "ended";
    } catch (error) {
      if (isRefusal(error)) throw error;
      if (!(error instanceof UnsuitableTrialError)) {
        const reason = `its worker ${name} could not run it, ${messageOf(error)}`;
        reporter.report({ event: { type: "failed", trial: trial.id, reason } });
        return "ended";
      }
      const message =
        `Worker ${name} refuses trials such as ${trial.id}: ${error.message}; another must run them.`;
      reporter.report({ event: { type: "remark", trial: null, message } });
      return "refused";
    } finally {
      await reporter.settled();
    }
  }

  async #runInSlot(queued: QueuedTrial, { index, dataset, reporter, channel }: SlotRun): Promise<Outcome> {
    const { trial } = queued;
    const slot = this.#slotFor(queued, { index, dataset });
    reporter.onUnawaited(() => {
      slot.end();
      this.#slots[index] = null;
    });
    await slot.run(trial, {
      resume: (trial) => channel.checkpoint(trial),
      checkpointEvery: () => reporter.checkpointEvery,
      emit: (event) => reporter.report(event),
    });
    if (reporter.hasEnded || !this.#isClosed) return "ended";
    const reason = `its worker ${this.#options.name} was asked to stop`;
    reporter.report({ event: { type: "lost", trial: trial.id, reason } });
    return "returned";
  }

  /** Returns the slot of an index; a new one if the last had another setting. */
  #slotFor(queued: QueuedTrial, { index, dataset }: Pick<SlotRun, "index" | "dataset">): ThreadSlot {
    const { trial, dataDigest, kernels, fault, retries, trialTimeoutMs } = queued;
    const setting = JSON.stringify([dataDigest, trial.dataDigest, kernels, fault, retries, trialTimeoutMs]);
    const known = this.#slots[index];
    if (known?.setting === setting) return known.slot;
    known?.slot.end();
    const datasets = { [trial.dataDigest]: dataset };
    const slot = new ThreadSlot(index, { setting: { datasets, kernels, fault }, retries, trialTimeoutMs });
    this.#slots[index] = { setting, slot };
    return slot;
  }
}

interface SlotRun {
  readonly index: number;
  readonly dataset: Dataset;
  readonly reporter: Reporter;
  readonly channel: RunChannel;
}
