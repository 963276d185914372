import { InputError } from "../../../core/check/errors.ts";
import type { Trial } from "../../../experiment/trial/trial.ts";
import { type EngineEvent, type EngineOptions, isTrialEvent } from "../../engine.ts";
import type { JobQueue } from "../channel/job_queue.ts";
import type { QueuedTrial } from "../channel/queued_trial.ts";
import type { Report } from "../channel/report.ts";
import type { RunChannel } from "../channel/run_channel.ts";
import { isRefusal } from "../redis/redis_refusal.ts";

/** What a submission needs besides its trials. */
export interface SubmissionOptions {
  readonly channel: RunChannel;
  readonly jobs: JobQueue;
  /** What the job of a trial holds besides it. */
  readonly job: Omit<QueuedTrial, "trial">;
  /** The bytes of a data set that no other machine can have; null if each can. */
  readonly data: Uint8Array | null;
  readonly engine: EngineOptions;
  /** The Redis, for messages. */
  readonly redisName: string;
}

const WAIT_MS = 1000;
const BETWEEN_CHECKS_MS = 3000;
const JOBS_AT_ONCE = 500;
// Others may fill a Redis for a moment; the reports that this side takes out make room as well.
const MOST_REFUSALS = 3;
// A Redis that forgets may lose a job now and then; one that drops each would be handed it for ever.
const MOST_HAND_INS = 10;

/** The trials of a run that were handed to the queue and have not ended. */
export class Submission {
  readonly #options: SubmissionOptions;
  readonly #pending: Map<string, Trial>;
  /** The worker of each trial that runs. */
  readonly #running = new Map<string, string>();
  /** Numbers of the thread slots that have reported. */
  readonly #workers = new Map<string, number>();
  readonly #remarks = new Set<string>();
  readonly #wishes = new Map<string, number>();
  readonly #handIns = new Map<string, number>();
  /** Trials whose end was taken and whose reports are still in Redis. */
  #ended: string[] = [];
  #refusals = 0;
  #lastId = "0-0";

  constructor(trials: readonly Trial[], options: SubmissionOptions) {
    this.#options = options;
    this.#pending = new Map(trials.map((trial) => [trial.id, trial]));
  }

  /**
   * Yields what the workers report until every trial has ended.
   *
   * A report is removed from Redis once the caller keeps it: when the end of its trial was taken, and is kept.
   * What an earlier submission of the same run has left is read first. A trial that has neither a job nor an
   * end was lost with the Redis that had it, and is handed in again.
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

  /** Lets workers see that somebody waits, with the data at hand. */
  async #open(): Promise<void> {
    const { channel, data } = this.#options;
    if (data !== null) await channel.keepData(data);
    await channel.open();
  }

  async #submit(trials: readonly Trial[]): Promise<void> {
    const { jobs, job, engine } = this.#options;
    for (const { id } of trials) this.#countHandIn(id);
    for (const trial of trials) await this.#giveCheckpoint(trial.id);
    for (let at = 0; at < trials.length && !engine.signal.aborted; at += JOBS_AT_ONCE) {
      await jobs.add(trials.slice(at, at + JOBS_AT_ONCE).map((trial) => ({ ...job, trial })));
    }
  }

  #countHandIn(trial: string): void {
    const count = (this.#handIns.get(trial) ?? 0) + 1;
    this.#handIns.set(trial, count);
    if (count <= MOST_HAND_INS) return;
    throw new InputError(
      `Cannot use Redis at ${this.#options.redisName}: it must keep the job of a trial until its end is reported, with ` +
        `maxmemory-policy noeviction, found that the job of ${trial} went away ${MOST_HAND_INS} times`,
    );
  }

  async #giveCheckpoint(trial: string): Promise<void> {
    const { channel, engine: { resume } } = this.#options;
    const checkpoint = await resume?.(trial) ?? null;
    if (checkpoint !== null) await channel.offerCheckpoint(trial, checkpoint);
    // An earlier wish may be lost with the job.
    this.#wishes.delete(trial);
    await this.#wish(trial);
  }

  /** Asks workers for checkpoints as far apart as they are wanted now, if that has changed. */
  async #wish(trial: string): Promise<void> {
    const { channel, engine: { checkpointEvery } } = this.#options;
    const every = checkpointEvery?.(trial) ?? 0;
    if ((this.#wishes.get(trial) ?? 0) === every) return;
    this.#wishes.set(trial, every);
    await channel.wish(trial, every);
  }

  /** Takes the reports that are there, waiting for the first if there is none. */
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
    if (event.type === "epoch") await this.#wish(event.trial);
    else if (isTrialEvent(event)) this.#end(event.trial);
  }

  #end(trial: string): void {
    this.#running.delete(trial);
    if (this.#pending.delete(trial)) this.#ended.push(trial);
  }

  /** Removes from Redis what the trials that have ended had there, once all that was yielded is kept. */
  async #release(): Promise<void> {
    const { channel, engine } = this.#options;
    if (this.#ended.length === 0) return;
    await engine.kept?.();
    const ended = this.#ended;
    this.#ended = [];
    await channel.release(ended, { through: this.#lastId });
  }

  /** Hands in again what Redis has lost, and says so if no worker is there. */
  async *#check(): AsyncGenerator<EngineEvent> {
    const { channel, jobs, redisName } = this.#options;
    await this.#checkRoom();
    const gone = await jobs.missing([...this.#pending.values()]);
    if (gone.length > 0) {
      // A worker reports the end of a trial before its job goes: what has none by now will have none.
      yield* this.#taken(0);
      await this.#open();
      await this.#submit(gone.filter(({ id }) => this.#pending.has(id)));
    } else await channel.renew();
    if (this.#workers.size > 0 || await jobs.hasWorkers()) return;
    const message = `No worker takes trials from ${redisName}; \`deno task worker --redis URL\` starts one.`;
    if (this.#isNew(message)) yield { event: { type: "remark", trial: null, message }, worker: 0 };
  }

  /** Throws if workers cannot report for lack of memory; what this side does frees memory. */
  async #checkRoom(): Promise<void> {
    try {
      await this.#options.channel.checkRoom();
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
