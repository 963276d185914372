import type { RedisPlace } from "./redis_place.ts";
import { isLost, isRefusal, refusal, whatRedisSaid } from "./redis_refusal.ts";

/** Who hears of complaints, and when they are too many. */
export interface ComplaintsOptions {
  readonly redis: RedisPlace;
  /** Called once for each complaint, and with their numbers at the end. */
  readonly tell: (message: string) => void;
  /** For how long Redis may refuse while nothing works. */
  readonly patienceMs: number;
}

// As long as this without a complaint is as good as something that works.
const QUIET_TIMES = 4;

/**
 * What Redis and BullMQ complain of while a worker serves: each is told once, however often it comes, and once Redis has
 * refused for too long, the worker is to be given up.
 *
 * A connection that is away is none: it mends itself.
 */
export class Complaints implements Disposable {
  readonly #options: ComplaintsOptions;
  readonly #counts = new Map<string, number>();
  readonly #givenUp = Promise.withResolvers<never>();
  #patience: ReturnType<typeof setTimeout> | undefined;
  #quiet: ReturnType<typeof setTimeout> | undefined;
  #isImpatient = false;

  constructor(options: ComplaintsOptions) {
    this.#options = options;
    this.#givenUp.promise.catch(() => {});
  }

  /** Rejects with an {@link InputError} once Redis has refused for too long. */
  get givenUp(): Promise<never> {
    return this.#givenUp.promise;
  }

  /** Takes in what was thrown. */
  hear(error: Error): void {
    if (isLost(error)) return;
    const { redis, tell, patienceMs } = this.#options;
    const said = whatRedisSaid(error, redis);
    // Ids of jobs and scripts differ, and the complaint is the same.
    const kind = said.replace(/[0-9a-f]{8,}|\d+/g, "#");
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    if (count === 1) tell(`The queue at ${redis.name} says: ${said}.`);
    if (!isRefusal(error)) return;
    if (this.#isImpatient) this.#givenUp.reject(refusal(error, redis));
    this.#patience ??= setTimeout(() => this.#isImpatient = true, patienceMs);
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => this.works(), QUIET_TIMES * patienceMs);
  }

  /** Redis has done what it was asked: patience begins anew. */
  works(): void {
    clearTimeout(this.#patience);
    clearTimeout(this.#quiet);
    this.#patience = undefined;
    this.#isImpatient = false;
  }

  /** Tells how often each complaint came that came more than once. */
  [Symbol.dispose](): void {
    this.works();
    for (const [kind, count] of this.#counts) {
      if (count > 1) this.#options.tell(`The queue said ${count} times: ${kind}.`);
    }
    this.#counts.clear();
  }
}
