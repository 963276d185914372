import type { RedisAddress } from "./redis_address.ts";
import { isLost, isRefusal, refusal, whatRedisSaid } from "./redis_refusal.ts";

/** Where complaints go, and how long a worker puts up with them. */
export interface ComplaintsOptions {
  readonly redis: RedisAddress;
  /** Called once for each complaint, and with their numbers at the end. */
  readonly onMessage: (message: string) => void;
  /** For how long Redis may refuse while nothing succeeds. */
  readonly patienceMs: number;
}

// A pause without complaints this many times as long counts as a success.
const QUIET_TIMES = 4;

/**
 * What Redis and BullMQ complain of while a worker serves. Each complaint is shown once, however often it comes. Once
 * Redis has refused for too long, {@link givenUp} ends the worker.
 *
 * A lost connection is no complaint: it mends itself.
 */
export class Complaints implements Disposable {
  readonly #options: ComplaintsOptions;
  readonly #counts = new Map<string, number>();
  readonly #givenUp = Promise.withResolvers<never>();
  #patience: ReturnType<typeof setTimeout> | undefined;
  #quiet: ReturnType<typeof setTimeout> | undefined;
  #isOverdue = false;

  constructor(options: ComplaintsOptions) {
    this.#options = options;
    this.#givenUp.promise.catch(() => {});
  }

  /** Rejects with an {@link InputError} once Redis has refused for too long. */
  get givenUp(): Promise<never> {
    return this.#givenUp.promise;
  }

  /** Takes in what was thrown. */
  add(error: Error): void {
    if (isLost(error)) return;
    const { redis, onMessage, patienceMs } = this.#options;
    const said = whatRedisSaid(error, redis);
    // Ids of jobs and scripts differ, and the complaint is the same.
    const kind = said.replace(/[0-9a-f]{8,}|\d+/g, "#");
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    if (count === 1) onMessage(`The queue at ${redis.name} says: ${said}.`);
    if (!isRefusal(error)) return;
    if (this.#isOverdue) this.#givenUp.reject(refusal(error, redis));
    this.#patience ??= setTimeout(() => this.#isOverdue = true, patienceMs);
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => this.noteSuccess(), QUIET_TIMES * patienceMs);
  }

  /** Redis has done what it was asked: the time for which it may refuse starts anew. */
  noteSuccess(): void {
    clearTimeout(this.#patience);
    clearTimeout(this.#quiet);
    this.#patience = undefined;
    this.#isOverdue = false;
  }

  /** Shows how often each complaint came that came more than once. */
  [Symbol.dispose](): void {
    this.noteSuccess();
    for (const [kind, count] of this.#counts) {
      if (count > 1) this.#options.onMessage(`The queue said ${count} times: ${kind}.`);
    }
    this.#counts.clear();
  }
}
