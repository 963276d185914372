import type { Trial } from "../../../experiment/trial/trial.ts";
import { type EngineEvent, isTrialEvent } from "../../engine.ts";
import type { Report } from "../channel/report.ts";
import type { RunChannel } from "../channel/run_channel.ts";
import type { QueueErrors } from "../redis/queue_errors.ts";

/** An event of a trial on a worker, or of the worker itself. */
export interface Served {
  /** Null if it is not about a trial. */
  readonly trial: Trial | null;
  /** The event. */
  readonly event: EngineEvent["event"];
}

/** Options of {@link Reporter}. */
export interface ReporterOptions {
  readonly channel: RunChannel;
  readonly trial: Trial;
  /** Name of the worker. */
  readonly name: string;
  readonly slot: number;
  readonly observe: (event: Served) => void;
  /** Records that Redis accepted a report. */
  readonly queueErrors: Pick<QueueErrors, "noteSuccess">;
}

/** Reports the events of a trial to its submitter, in order and without delaying the trial. */
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

  /** The last known interval of checkpoints in epochs; 0 for none. */
  get checkpointEvery(): number {
    return this.#checkpointEvery;
  }

  /** Whether the run was awaited at the last request. */
  get isAwaited(): boolean {
    return this.#isAwaited;
  }

  /** Whether the end of the trial was reported. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Reads from Redis whether the run is awaited, and the interval of checkpoints. */
  async refresh(): Promise<void> {
    const { channel, trial } = this.#options;
    const interval = await channel.checkpointInterval(trial.id);
    this.#isAwaited = interval !== null;
    this.#checkpointEvery = interval ?? 0;
  }

  /** Calls a function once the run is no longer awaited. */
  onUnawaited(call: () => void): void {
    this.#onUnawaited = call;
  }

  /** Sends an event: at once, or in a batch while earlier ones are being sent. */
  report({ event, weights, checkpoint }: Omit<EngineEvent, "worker">): void {
    const { trial, name: worker, slot, observe } = this.#options;
    this.#hasEnded ||= isTrialEvent(event) && event.type !== "epoch";
    observe({ trial, event });
    this.#outbox.push({ event, weights, checkpoint, worker, slot });
    if (this.#sending !== null) return;
    this.#sending = this.#send();
    // `settled` throws the error; Redis would refuse the trial's next reports too.
    this.#sending.catch(() => this.#onUnawaited());
  }

  /** Settles when Redis has every report; throws if it refused one. */
  async settled(): Promise<void> {
    await this.#sending;
  }

  async #send(): Promise<void> {
    const { channel, trial, queueErrors } = this.#options;
    while (this.#outbox.length > 0) {
      const reports = this.#outbox;
      this.#outbox = [];
      const interval = await channel.send(trial.id, reports);
      queueErrors.noteSuccess();
      this.#checkpointEvery = interval ?? 0;
      if (interval !== null || !this.#isAwaited) continue;
      this.#isAwaited = false;
      this.#onUnawaited();
    }
    this.#sending = null;
  }
}
