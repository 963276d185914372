import type { Trial } from "../../../experiment/trial/trial.ts";
import { type EngineEvent, isTrialEvent } from "../../engine.ts";
import type { Report } from "../channel/report.ts";
import type { RunChannel } from "../channel/run_channel.ts";
import type { Complaints } from "../redis/complaints.ts";

/** An event of a trial on a worker, or of the worker itself. */
export interface Served {
  /** Null if it is of no trial. */
  readonly trial: Trial | null;
  /** What happened. */
  readonly event: EngineEvent["event"];
}

/** What a reporter needs. */
export interface ReporterOptions {
  readonly channel: RunChannel;
  readonly trial: Trial;
  /** The worker's. */
  readonly name: string;
  readonly slot: number;
  readonly observe: (event: Served) => void;
  /** Notes that Redis took a report. */
  readonly complaints: Pick<Complaints, "noteSuccess">;
}

/** Reports to the submitter of a trial what happens to it, in order and without keeping the trial waiting. */
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

  /** Whether somebody waited for the trial when Redis was last asked. */
  get isAwaited(): boolean {
    return this.#isAwaited;
  }

  /** Whether the end of the trial was reported. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Asks whether somebody waits for the trial, and how many epochs apart checkpoints are wanted. */
  async ask(): Promise<void> {
    const { channel, trial } = this.#options;
    const wish = await channel.ask(trial.id);
    this.#isAwaited = wish !== null;
    this.#checkpointEvery = wish ?? 0;
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
    // `settled` throws it; Redis would refuse what the trial reports next too.
    this.#sending.catch(() => this.#onUnawaited());
  }

  /** Settles when Redis has every report; throws if it did not take one. */
  async settled(): Promise<void> {
    await this.#sending;
  }

  async #send(): Promise<void> {
    const { channel, trial, complaints } = this.#options;
    while (this.#outbox.length > 0) {
      const reports = this.#outbox;
      this.#outbox = [];
      const wish = await channel.send(trial.id, reports);
      complaints.noteSuccess();
      this.#checkpointEvery = wish ?? 0;
      if (wish !== null || !this.#isAwaited) continue;
      this.#isAwaited = false;
      this.#onUnawaited();
    }
    this.#sending = null;
  }
}
