import { join } from "node:path";
import { InputError } from "../../core/check/errors.ts";
import { show } from "../../core/check/fields.ts";
import type { Engine } from "../../engine/engine.ts";
import { readIfThere } from "../../files/read_if_there.ts";
import { writeFileWhole } from "../../files/write_file_whole.ts";
import type { LoadedExperiment } from "../plan/load_experiment.ts";
import { loadQueue } from "./load_queue.ts";
import type { RedisAddress } from "./redis_address.ts";

/** Options of {@link openQueueRun}. */
export interface QueueRunOptions {
  readonly redis: RedisAddress;
  readonly resultsDir: string;
  /** Whether the keys of an earlier run are removed from Redis first. */
  readonly fresh: boolean;
  readonly retries?: number;
  readonly trialTimeoutMs?: number;
}

/** An experiment's run on a queue. */
export interface QueueRun {
  readonly engine: Engine;
  /** Removes the rest of a killed run from Redis once its journal is complete. */
  readonly finish: () => Promise<void>;
}

/**
 * Connects an experiment to a queue. Only this function names runs in Redis and withdraws them. The name is in
 * `queue.json`, which git ignores, as long as Redis may have keys of the run. With it, the next run finds the reports
 * since the last one was killed, or withdraws a run that could not be withdrawn.
 *
 * @throws {InputError} If Redis cannot be reached or refuses.
 */
export async function openQueueRun(
  { experiment, baseDir }: LoadedExperiment,
  { redis, resultsDir, fresh, retries, trialTimeoutMs }: QueueRunOptions,
): Promise<QueueRun> {
  const { bullmqEngine, checkQueue, withdraw } = await loadQueue();
  await checkQueue(redis);
  const path = join(resultsDir, experiment.name, "queue.json");
  const finish = async () => {
    const run = await readRun(path);
    // If Redis cannot be reached, the name is kept, and the next run withdraws it.
    if (run !== null && await withdraw(run, { redis })) await Deno.remove(path);
  };
  let isStale = fresh;
  const engine: Engine = async function* (trials, options) {
    if (isStale) await finish();
    isStale = false;
    const run = await readRun(path) ?? await nameRun(path);
    try {
      yield* bullmqEngine({ redis, run, baseDir, retries, trialTimeoutMs })(trials, options);
    } finally {
      await finish();
    }
  };
  return { engine, finish };
}

async function readRun(path: string): Promise<string | null> {
  const text = await readIfThere(path);
  if (text === null) return null;
  try {
    const { run } = JSON.parse(text);
    if (typeof run === "string") return run;
  } catch {
    // Falls through to the error.
  }
  throw new InputError(
    `Cannot read ${path}: it must name the run in Redis, found ${
      show(text)
    }; remove the file to start a new run`,
  );
}

async function nameRun(path: string): Promise<string> {
  const run = crypto.randomUUID();
  await writeFileWhole(path, `${JSON.stringify({ run })}\n`);
  return run;
}
