import type { Trial } from "../../../experiment/trial/trial.ts";
import type { Job, Queue, Redis } from "../redis/bullmq_packages.ts";
import type { QueueLibraries } from "../redis/load_bullmq.ts";
import { isRefusal } from "../redis/redis_refusal.ts";
import type { QueuedTrial } from "./queued_trial.ts";
import { jobIdOf, PREFIX, QUEUE } from "./run_keys.ts";

// A worker completes a job directly after its last report; a worker that computes notices a withdrawal at its next
// report.
const MOST_CHECKS = 40;
const BETWEEN_CHECKS_MS = 25;

/** The jobs of all runs, for a submitter. */
export class JobQueue {
  readonly #client: Redis;
  readonly #queue: Queue<QueuedTrial>;

  constructor(client: Redis, { Queue }: Pick<QueueLibraries, "Queue">) {
    this.#client = client;
    this.#queue = new Queue(QUEUE, {
      connection: client,
      prefix: PREFIX,
      // A process that only reads must leave no keys.
      skipMetasUpdate: true,
    });
    this.#queue.on("error", () => {});
  }

  /** Adds a job for each trial that has none. */
  async add(trials: readonly QueuedTrial[]): Promise<void> {
    await this.#queue.addBulk(
      trials.map((queued) => ({
        name: "trial",
        data: queued,
        opts: { jobId: jobIdOf(queued.trial.id), removeOnComplete: true, removeOnFail: true },
      })),
    );
  }

  /** Returns the trials that have no job. */
  async missing(trials: readonly Trial[]): Promise<readonly Trial[]> {
    const known = await Promise.all(
      trials.map(({ id }) => this.#client.exists(this.#queue.toKey(jobIdOf(id)))),
    );
    return trials.filter((_, index) => known[index] === 0);
  }

  /** Returns whether a worker takes jobs; true if this user may not list clients. */
  async hasWorkers(): Promise<boolean> {
    try {
      return await this.#queue.getWorkersCount() > 0;
    } catch (error) {
      if (isRefusal(error)) return true;
      throw error;
    }
  }

  /** Removes a run's waiting jobs, and waits at most a second for workers to drop the active ones. */
  async remove(run: string): Promise<void> {
    const isOwn = (job: Job<QueuedTrial> | undefined) => job?.data.run === run;
    const waiting = (await this.#queue.getJobs(["waiting"])).filter(isOwn);
    // A job that a worker has started meanwhile is locked, and is not removed.
    await Promise.all(waiting.map((job) => job.remove().catch(() => {})));
    for (let check = 0; check < MOST_CHECKS; check++) {
      if (!(await this.#queue.getJobs(["active"])).some(isOwn)) break;
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_CHECKS_MS));
    }
  }

  /** Closes the queue, but not the client. */
  async close(): Promise<void> {
    await this.#queue.close();
  }
}
