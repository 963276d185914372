import type { Trial } from "../../../experiment/trial/trial.ts";
import type { Job, Queue, Redis } from "../redis/bullmq_packages.ts";
import type { QueueLibraries } from "../redis/load_bullmq.ts";
import { isRefusal } from "../redis/redis_refusal.ts";
import type { QueuedTrial } from "./queued_trial.ts";
import { jobIdOf, PREFIX, QUEUE } from "./run_keys.ts";

// A worker completes a job right behind its last report; one that computes learns of a withdrawal with its next report.
const LAST_LOOKS = 40;
const BETWEEN_LOOKS_MS = 25;

/** The jobs of all runs, as a submitter sees them. */
export class JobQueue {
  readonly #client: Redis;
  readonly #queue: Queue<QueuedTrial>;

  constructor(client: Redis, { Queue }: Pick<QueueLibraries, "Queue">) {
    this.#client = client;
    this.#queue = new Queue(QUEUE, {
      connection: client,
      prefix: PREFIX,
      // A process that only looks leaves nothing.
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

  /** Returns whether some worker takes jobs; true where this user may not ask who is connected. */
  async hasWorkers(): Promise<boolean> {
    try {
      return await this.#queue.getWorkersCount() > 0;
    } catch (error) {
      if (isRefusal(error)) return true;
      throw error;
    }
  }

  /** Removes a run's jobs that no worker has, and waits a second at most for workers to drop the others. */
  async remove(run: string): Promise<void> {
    const isOwn = (job: Job<QueuedTrial> | undefined) => job?.data.run === run;
    const waiting = (await this.#queue.getJobs(["waiting"])).filter(isOwn);
    // A job that a worker takes up meanwhile is locked, and stays with it.
    await Promise.all(waiting.map((job) => job.remove().catch(() => {})));
    for (let look = 0; look < LAST_LOOKS; look++) {
      if (!(await this.#queue.getJobs(["active"])).some(isOwn)) break;
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_LOOKS_MS));
    }
  }

  /** Closes the queue, but not the client. */
  async close(): Promise<void> {
    await this.#queue.close();
  }
}
