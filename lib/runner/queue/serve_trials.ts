import type { Served } from "../../engine/queue/worker/reporter.ts";
import { cacheDir } from "../../files/cache_dir.ts";
import { loadQueue } from "./load_queue.ts";
import type { RedisAddress } from "./redis_address.ts";

export type { Served };

/** Options of {@link serveTrials}. */
export interface ServeTrials {
  readonly redis: RedisAddress;
  /** Threads that run trials, at least 1. */
  readonly workers: number;
  /** Stops the worker: running trials may end within 20 s; others return to the queue. */
  readonly signal: AbortSignal;
  /** Called when it is ready to take trials. */
  readonly onReady: () => void;
  readonly observe: (event: Served) => void;
}

/** Returns the name of this process, unique among all machines. */
export function workerName(): string {
  return `${Deno.hostname()}/${Deno.pid}`;
}

/**
 * Takes trials from a queue and runs them until the signal aborts.
 *
 * @throws {InputError} If Redis cannot be reached or refuses.
 */
export async function serveTrials(options: ServeTrials): Promise<void> {
  const { serveQueue } = await loadQueue();
  await serveQueue({ ...options, name: workerName(), cacheDir: cacheDir() });
}
