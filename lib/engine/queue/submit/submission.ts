import { InputError } from "../../../core/check/errors.ts";
import type { Trial } from "../../../experiment/trial/trial.ts";
import { type EngineEvent, type EngineOptions, isTrialEvent } from "../../engine.ts";
import type { JobQueue } from "../channel/job_queue.ts";
import type { QueuedTrial } from "../channel/queued_trial.ts";
import type { Report } from "../channel/report.ts";
import type { RunChannel } from "../channel/run_channel.ts";
import { isRefusal } from "../redis/redis_refusal.ts";

/** Options of {@link Submission}. */
export interface SubmissionOptions {
  readonly channel: RunChannel;
  readonly jobs: JobQueue;
  /** The data of a job besides its trial. */
  readonly job: Omit<QueuedTrial, "trial" | "dataDigest">;
  /** What identifies the data of the trials, by the text that identifies them there. */
  readonly dataDigests: ReadonlyMap<string, string>;
  /** The bytes of files that no other machine has, by their names. */
  readonly data: ReadonlyMap<string, Uint8Array>;
  readonly engine: EngineOptions;
  /** The Redis, for messages. */
  readonly redisName: string;
}

const WAIT_MS = 1000;
const BETWEEN_CHECKS_MS = 3000;
const JOBS_AT_ONCE = 500;
// Other clients may fill Redis for a moment; the reports that the submitter removes also free memory.
const MOST_REFUSALS = 3;
// Redis may lose a job now and then; the limit stops a Redis that evicts every job.
const MOST_SUBMISSIONS = 10;

/** The trials of a run that were added to the queue and have not ended. */
export class Submission {
  readonly #options: SubmissionOptions;
  readonly #pending: Map<string, Trial>;
  /** The worker of each running trial. */
  readonly #running = new Map<string, string>();
  /** Numbers of the thread slots that have reported. */
  readonly #workers = new Map<string, number>();
  readonly #remarks = new Set<string>();
  readonly #intervals = new Map<string, number>();
  readonly #submissions = new Map<string, number>();
  /** Trials whose end was read and whose reports are still in Redis. */
  #ended: string[] = [];
  #refusals = 0;
  #lastId = "0-0";

  constructor(trials: readonly Trial[], options: SubmissionOptions) {
    this.#options = options;
    this.#pending = new Map(trials.map((trial) => [trial.id, trial]));
  }

  /**
   * Yields the reports of workers until every trial has ended.
   *
   * A report is removed from Redis once the end of its trial was read and the caller has kept it. Reports that an
   * earlier submission of the same run left are read first. A trial with neither a job nor an end was lost in a
   * restart of Redis, and is submitted again.
   */
  async *events(): AsyncGenerator<EngineEvent> {
    const { signal } = this.#options.engine;
    await this.#open();
    yield* this.#taken(0);
    await this.#submit([...this.#pending.values()]);
    let isCheckDue = false;
    const timer = setInterval(() => isCheckDue = true, BETWEEN_CHECKS_MS);
    try {
      while (this.#pending.size > 0 && !signal.aborted) {
        yield* this.#taken(WAIT_MS);
        if (!isCheckDue) continue;
        isCheckDue = false;
        yield* this.#check();
      }
    } finally {
      clearInterval(timer);
    }
  }

  /** Shows workers that the run is awaited, after its data are stored. */
  async #open(): Promise<void> {
    const { channel, data } = this.#options;
    await channel.keepData(data);
    await channel.open();
  }

  async #submit(trials: readonly Trial[]): Promise<void> {
    const { jobs, job, dataDigests, engine } = this.#options;
    for (const { id } of trials) this.#countSubmission(id);
    for (const trial of trials) await this.#giveCheckpoint(trial.id);
    for (let at = 0; at < trials.length && !engine.signal.aborted; at += JOBS_AT_ONCE) {
      const next = trials.slice(at, at + JOBS_AT_ONCE);
      await jobs.add(
        next.map((trial) => ({ ...job, trial, dataDigest: dataDigests.get(trial.dataDigest)! })),
      );
    }
  }

  #countSubmission(trial: string): void {
    const count = (this.#submissions.get(trial) ?? 0) + 1;
    this.#submissions.set(trial, count);
    if (count <= MOST_SUBMISSIONS) return;
    throw new InputError(
      `Cannot use Redis at ${this.#options.redisName}: it must keep the job of a trial until its end is reported, with ` +
        `maxmemory-policy noeviction, found the job of ${trial} lost ${MOST_SUBMISSIONS} times`,
    );
  }

  async #giveCheckpoint(trial: string): Promise<void> {
    const { channel, engine: { resume } } = this.#options;
    const checkpoint = await resume?.(trial) ?? null;
    if (checkpoint !== null) await channel.offerCheckpoint(trial, checkpoint);
    // An earlier interval may have been lost with the job.
    this.#intervals.delete(trial);
    await this.#requestCheckpoints(trial);
  }

  /** Sends the interval of checkpoints to workers if it has changed. */
  async #requestCheckpoints(trial: string): Promise<void> {
    const { channel, engine: { checkpointEvery } } = this.#options;
    const every = checkpointEvery?.(trial) ?? 0;
    if ((this.#intervals.get(trial) ?? 0) === every) return;
    this.#intervals.set(trial, every);
    await channel.requestCheckpoints(trial, every);
  }

  /** Yields the available reports, after waiting for the first if there is none. */
  async *#taken(waitMs: number): AsyncGenerator<EngineEvent> {
    const { channel, engine: { signal } } = this.#options;
    for (let wait = waitMs;; wait = 0) {
      const reports = await channel.read({ after: this.#lastId, waitMs: wait });
      if (reports.length === 0) return;
      for (const { id, report } of reports) {
        if (signal.aborted) return;
        this.#lastId = id;
        if (report !== null) yield* this.#accept(report);
      }
      await this.#release();
    }
  }

  async *#accept({ worker, slot, ...report }: Report): AsyncGenerator<EngineEvent> {
    const { event } = report;
    if (event.type === "remark") {
      if (this.#isNew(event.message)) yield { event, worker: 0, machine: worker };
      return;
    }
    const accepted = { ...report, worker: this.#number(`${worker} ${slot}`), machine: worker };
    if (event.type === "started") {
      const before = this.#running.get(event.trial);
      this.#running.set(event.trial, worker);
      if (before !== undefined) {
        const reason = `its worker ${before} gave no sign of life`;
        yield { ...accepted, event: { type: "lost", trial: event.trial, reason } };
      }
    } else if (event.type === "lost") {
      this.#running.delete(event.trial);
    }
    yield accepted;
    if (event.type === "epoch") await this.#requestCheckpoints(event.trial);
    else if (isTrialEvent(event)) this.#end(event.trial);
  }

  #end(trial: string): void {
    this.#running.delete(trial);
    if (this.#pending.delete(trial)) this.#ended.push(trial);
  }

  /**
   * Removes the reports and checkpoints of ended trials from Redis, once the caller has kept all that was yielded.
   */
  async #release(): Promise<void> {
    const { channel, engine } = this.#options;
    if (this.#ended.length === 0) return;
    await engine.kept?.();
    const ended = this.#ended;
    this.#ended = [];
    await channel.release(ended, { through: this.#lastId });
  }

  /** Submits again the trials that Redis has lost, and yields a remark if there is no worker. */
  async *#check(): AsyncGenerator<EngineEvent> {
    const { channel, jobs, redisName } = this.#options;
    await this.#checkMemory();
    const gone = await jobs.missing([...this.#pending.values()]);
    if (gone.length > 0) {
      // A worker reports the end of a trial before it removes the job, so that all ends of missing jobs are in Redis
      // now.
      yield* this.#taken(0);
      await this.#open();
      await this.#submit(gone.filter(({ id }) => this.#pending.has(id)));
    } else await channel.renew();
    if (this.#workers.size > 0 || await jobs.hasWorkers()) return;
    const message = `No worker takes trials from ${redisName}; \`deno task worker --redis URL\` starts one.`;
    if (this.#isNew(message)) yield { event: { type: "remark", trial: null, message }, worker: 0 };
  }

  /** Throws if workers cannot report for lack of memory; the submitter's own commands free memory. */
  async #checkMemory(): Promise<void> {
    try {
      await this.#options.channel.checkMemory();
      this.#refusals = 0;
    } catch (error) {
      if (!isRefusal(error) || ++this.#refusals === MOST_REFUSALS) throw error;
    }
  }

  #isNew(message: string): boolean {
    if (this.#remarks.has(message)) return false;
    this.#remarks.add(message);
    return true;
  }

  #number(slot: string): number {
    const number = this.#workers.get(slot) ?? this.#workers.size;
    this.#workers.set(slot, number);
    return number;
  }
}
