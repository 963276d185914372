import type { Redis } from "ioredis";
import type { Trial } from "../../../experiment/trial/trial.ts";
import { type EngineEvent, isTrialEvent } from "../../engine.ts";
import type { RunKeys } from "../channel/queue_keys.ts";
import { type Report, sendReports } from "../channel/report.ts";
import type { Complaints } from "../redis/complaints.ts";

/** What became of a trial on a worker, or what else is to be known of it. */
export interface Served {
  /** Null if it is of no trial. */
  readonly trial: Trial | null;
  /** What happened. */
  readonly event: EngineEvent["event"];
}

/** What a reporter is made with. */
export interface ReporterOptions {
  readonly client: Redis;
  readonly keys: RunKeys;
  readonly trial: Trial;
  /** The worker's. */
  readonly name: string;
  readonly slot: number;
  readonly observe: (event: Served) => void;
  /** Hears that Redis took a report. */
  readonly complaints: Pick<Complaints, "noteSuccess">;
}

/** Tells the submitter of a trial what happens to it, in order and without keeping the trial waiting. */
export class Reporter {
  readonly #options: ReporterOptions;
  #outbox: Report[] = [];
  #sending: Promise<void> | null = null;
  #onUnawaited = () => {};
  #checkpointEvery = 0;
  #isAwaited = true;
  #hasEnded = false;

  constructor(options: ReporterOptions) {
    this.#options = options;
  }

  /** How many epochs apart checkpoints are wanted, as far as is known; 0 for none. */
  get checkpointEvery(): number {
    return this.#checkpointEvery;
  }

  /** Whether somebody waited for the trial when it was last asked or told. */
  get isAwaited(): boolean {
    return this.#isAwaited;
  }

  /** Whether the end of the trial was reported. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Asks whether somebody waits for the trial, and for what. */
  async ask(): Promise<void> {
    const { client, keys, trial } = this.#options;
    const [exists, wish] = await Promise.all([
      client.exists(keys.reports),
      client.hget(keys.wishes, trial.id),
    ]);
    this.#isAwaited = exists === 1;
    this.#checkpointEvery = Number(wish ?? 0);
  }

  /** Calls a function once nobody waits for the trial any more. */
  onUnawaited(call: () => void): void {
    this.#onUnawaited = call;
  }

  /** Sends an event: at once, or with those that come while others are on their way. */
  report({ event, weights, checkpoint }: Omit<EngineEvent, "worker">): void {
    const { trial, name: worker, slot, observe } = this.#options;
    this.#hasEnded ||= isTrialEvent(event) && event.type !== "epoch";
    observe({ trial, event });
    this.#outbox.push({ event, weights, checkpoint, worker, slot });
    if (this.#sending !== null) return;
    this.#sending = this.#send();
    // It is thrown where it is waited for; what the trial goes on to tell would be refused too.
    this.#sending.catch(() => this.#onUnawaited());
  }

  /** Settles when Redis has all that was told; throws if it did not take it. */
  async settled(): Promise<void> {
    await this.#sending;
  }

  async #send(): Promise<void> {
    const { client, keys, trial, complaints } = this.#options;
    while (this.#outbox.length > 0) {
      const reports = this.#outbox;
      this.#outbox = [];
      const wish = await sendReports(reports, { client, keys, trial: trial.id });
      complaints.noteSuccess();
      this.#checkpointEvery = wish ?? 0;
      if (wish !== null || !this.#isAwaited) continue;
      this.#isAwaited = false;
      this.#onUnawaited();
    }
    this.#sending = null;
  }
}
