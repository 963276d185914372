import type { Redis } from "ioredis";
import type { Dataset } from "../../../data/base/dataset.ts";
import { decodeCheckpoint } from "../../checkpoint_bytes.ts";
import { TrialSeat } from "../../threads/trial_seat.ts";
import { type RunKeys, runKeys } from "../channel/queue_keys.ts";
import { type QueuedTrial, versionDifferences, type Versions } from "../channel/queued_trial.ts";
import type { Complaints } from "../redis/complaints.ts";
import { isRefusal } from "../redis/redis_refusal.ts";
import { DataShelf } from "./data_shelf.ts";
import { Misfit } from "./misfit.ts";
import { Reporter, type Served } from "./reporter.ts";

export type { Served };

/** How a worker's trials end: told to their run, or to be taken up by another. */
export type Outcome = "ended" | "refused" | "handed back";

/** What a desk is made with. */
export interface DeskOptions {
  readonly client: Redis;
  readonly name: string;
  readonly workers: number;
  readonly cacheDir: string;
  readonly versions: Versions;
  readonly observe: (event: Served) => void;
  /** Hears what Redis refuses. */
  readonly complaints: Pick<Complaints, "hear" | "works">;
}

/** A seat, and what it was made for: a thread keeps its data set, and goes with it. */
interface Place {
  readonly setting: string;
  readonly seat: TrialSeat;
}

/** Runs the trials of a worker, each in a seat of its own, and reports to those who wait for them. */
export class TrialDesk {
  readonly #options: DeskOptions;
  readonly #shelf: DataShelf;
  readonly #places: (Place | null)[];
  readonly #free: number[];
  #isClosed = false;

  constructor(options: DeskOptions) {
    this.#options = options;
    this.#shelf = new DataShelf(options);
    this.#places = Array.from({ length: options.workers }, () => null);
    this.#free = this.#places.map((_, index) => index).reverse();
  }

  /** Runs a trial whose earlier workers were lost so many times. */
  async run(queued: QueuedTrial, { losses }: { readonly losses: number }): Promise<Outcome> {
    const index = this.#free.pop()!;
    try {
      return await this.#run(queued, { index, losses });
    } catch (error) {
      if (!isRefusal(error)) throw error;
      // The trial is as good as before: another worker may have more rights, and Redis more room later.
      this.#options.complaints.hear(error as Error);
      return "refused";
    } finally {
      this.#free.push(index);
    }
  }

  /** Ends every thread; trials that run are handed back. */
  close(): void {
    this.#isClosed = true;
    for (const place of this.#places) place?.seat.end();
  }

  async #run(
    queued: QueuedTrial,
    { index, losses }: { readonly index: number; readonly losses: number },
  ): Promise<Outcome> {
    const { client, name, versions, observe, complaints } = this.#options;
    const { trial, retries = 1 } = queued;
    const keys = runKeys(queued.run);
    const reporter = new Reporter({ client, keys, trial, name, seat: index, observe, complaints });
    await reporter.ask();
    if (!reporter.isAwaited) return "ended";
    try {
      const misfits = versionDifferences(queued, versions);
      if (misfits.length > 0) throw new Misfit(misfits.join(" and "));
      if (losses <= retries) {
        const dataset = await this.#shelf.load({
          spec: trial.data,
          dataDigest: queued.dataDigest,
          fetchBytes: () => client.getBuffer(keys.data),
        });
        if (this.#isClosed) return "handed back";
        return await this.#runInSeat(queued, { index, dataset, reporter, keys });
      }
      const reason = `its workers were lost ${losses} times`;
      reporter.tell({ event: { type: "failed", trial: trial.id, reason } });
      return "ended";
    } catch (error) {
      if (isRefusal(error)) throw error;
      if (!(error instanceof Misfit)) {
        const reason = `its worker ${name} could not run it, ${
          error instanceof Error ? error.message : error
        }`;
        reporter.tell({ event: { type: "failed", trial: trial.id, reason } });
        return "ended";
      }
      const message =
        `Worker ${name} refuses trials such as ${trial.id}: ${error.message}; another must run them.`;
      reporter.tell({ event: { type: "remark", trial: null, message } });
      return "refused";
    } finally {
      await reporter.settled();
    }
  }

  async #runInSeat(queued: QueuedTrial, { index, dataset, reporter, keys }: Seating): Promise<Outcome> {
    const { trial } = queued;
    const { seat } = this.#place(index, { queued, dataset });
    reporter.onUnawaited(() => {
      seat.end();
      this.#places[index] = null;
    });
    await seat.run(trial, {
      resume: async () => {
        const bytes = await this.#options.client.hgetBuffer(keys.checkpoints, trial.id);
        return bytes === null ? null : decodeCheckpoint(bytes, { trial: trial.id });
      },
      checkpointEvery: () => reporter.checkpointEvery,
      tell: (event) => reporter.tell(event),
    });
    if (reporter.hasEnded || !this.#isClosed) return "ended";
    const reason = `its worker ${this.#options.name} was asked to stop`;
    reporter.tell({ event: { type: "lost", trial: trial.id, reason } });
    return "handed back";
  }

  #place(
    index: number,
    { queued, dataset }: Pick<Seating, "dataset"> & { readonly queued: QueuedTrial },
  ): Place {
    const { dataDigest, kernels, fault, retries, trialTimeoutMs } = queued;
    const setting = JSON.stringify([dataDigest, kernels, fault, retries, trialTimeoutMs]);
    const known = this.#places[index];
    if (known?.setting === setting) return known;
    known?.seat.end();
    const seat = new TrialSeat(index, { setting: { dataset, kernels, fault }, retries, trialTimeoutMs });
    return this.#places[index] = { setting, seat };
  }
}

interface Seating {
  readonly index: number;
  readonly dataset: Dataset;
  readonly reporter: Reporter;
  readonly keys: RunKeys;
}
