import type { RedisAddress } from "./redis_address.ts";
import { isLost, isRefusal, redisMessage, refusal } from "./redis_refusal.ts";

/** Options of {@link QueueErrors}. */
export interface QueueErrorsOptions {
  readonly redis: RedisAddress;
  /** Called once for each distinct error, and at the end with the counts. */
  readonly onMessage: (message: string) => void;
  /** How long Redis may refuse commands while nothing succeeds. */
  readonly patienceMs: number;
}

// A pause of this many times `patienceMs` without refusals counts as a success.
const QUIET_TIMES = 4;

/**
 * The errors of Redis and BullMQ while a worker runs. Each is shown once, however often it occurs. Once Redis has
 * refused commands for too long, {@link givenUp} ends the worker.
 *
 * A lost connection does not count: the client reconnects.
 */
export class QueueErrors implements Disposable {
  readonly #options: QueueErrorsOptions;
  readonly #counts = new Map<string, number>();
  readonly #givenUp = Promise.withResolvers<never>();
  #patience: ReturnType<typeof setTimeout> | undefined;
  #quiet: ReturnType<typeof setTimeout> | undefined;
  #isOverdue = false;

  constructor(options: QueueErrorsOptions) {
    this.#options = options;
    this.#givenUp.promise.catch(() => {});
  }

  /** Rejects with an {@link InputError} once Redis has refused for too long. */
  get givenUp(): Promise<never> {
    return this.#givenUp.promise;
  }

  /** Records an error. */
  add(error: Error): void {
    if (isLost(error)) return;
    const { redis, onMessage, patienceMs } = this.#options;
    const message = redisMessage(error, redis);
    // Errors that differ only in ids of jobs and scripts are the same.
    const kind = message.replace(/[0-9a-f]{8,}|\d+/g, "#");
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    if (count === 1) onMessage(`The queue at ${redis.name} reports: ${message}.`);
    if (!isRefusal(error)) return;
    if (this.#isOverdue) this.#givenUp.reject(refusal(error, redis));
    this.#patience ??= setTimeout(() => this.#isOverdue = true, patienceMs);
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => this.noteSuccess(), QUIET_TIMES * patienceMs);
  }

  /** Records that a command succeeded, which resets the time for refusals. */
  noteSuccess(): void {
    clearTimeout(this.#patience);
    clearTimeout(this.#quiet);
    this.#patience = undefined;
    this.#isOverdue = false;
  }

  /** Shows the count of each error that occurred more than once. */
  [Symbol.dispose](): void {
    this.noteSuccess();
    for (const [kind, count] of this.#counts) {
      if (count > 1) this.#options.onMessage(`The queue reported ${count} times: ${kind}.`);
    }
    this.#counts.clear();
  }
}
