/**
 * A queue of trials on Redis: {@linkcode bullmqEngine} adds trials to it, and {@linkcode serveQueue} runs them on any
 * machine. {@linkcode checkQueue} says whether a Redis can hold one, and {@linkcode withdraw} removes a run.
 *
 * The command line does all this by `run --engine bullmq` and `worker`; this module is for programs of your own.
 *
 * @module
 */
import { dataDigest } from "../../data/data_digest.ts";
import { readCsvBytes } from "../../data/csv/load_csv.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import type { Engine } from "../engine.ts";
import { openQueue } from "./channel/queue_connection.ts";
import { VERSIONS } from "./channel/queued_trial.ts";
import { packTable } from "./channel/table_parcel.ts";
import { loadBullmq } from "./redis/load_bullmq.ts";
import type { RedisAddress } from "./redis/redis_address.ts";
import { Submission } from "./submit/submission.ts";

export type {
  Datasets,
  Engine,
  EngineEvent,
  EngineOptions,
  EngineSetting,
  LostEvent,
  RemarkEvent,
  StartedEvent,
} from "../engine.ts";
export type { Versions } from "./channel/queued_trial.ts";
export type { RedisAddress } from "./redis/redis_address.ts";
export { type ServeOptions, serveQueue } from "./worker/serve_queue.ts";
export type { Served } from "./worker/reporter.ts";

/** Options of {@link bullmqEngine}. */
export interface BullmqOptions {
  /** The Redis server of the queue. */
  readonly redis: RedisAddress;
  /**
   * Name of the run. An engine with the name of an interrupted run yields the reports that workers have sent since.
   */
  readonly run: string;
  /**
   * Folder to which the path of a CSV file is relative: the folder of the experiment file. Default: the working
   * folder.
   */
  readonly baseDir?: string;
  /** How often a trial is run again after its worker was lost. Default: 1. */
  readonly retries?: number;
  /** Milliseconds after which a trial fails. Default: no limit. */
  readonly trialTimeoutMs?: number;
}

/**
 * Makes the engine that adds trials to a queue, from which workers on any machine take them.
 *
 * A trial is a job with the trial's id, so that adding it twice has no effect. Redis keeps the reports of workers for
 * up to a week. However the iteration ends, the run's keys stay in Redis: the caller, who named the run, removes them
 * with {@link withdraw}.
 *
 * @throws {InputError} When it is iterated, if Redis cannot be reached or refuses.
 *
 * @example
 * ```ts
 * import { bullmqEngine, type EngineOptions, withdraw } from "@seedbed/seedbed/bullmq";
 * import type { Trial } from "@seedbed/seedbed";
 *
 * const redis = { url: "redis://localhost:6379", name: "localhost:6379" };
 * const engine = bullmqEngine({ redis, run: "blobs_width on Monday" });
 *
 * // Nothing is connected before the first step.
 * export async function runOnQueue(trials: readonly Trial[], options: EngineOptions): Promise<void> {
 *   for await (const { event, machine } of engine(trials, options)) console.log(machine, event);
 *   await withdraw("blobs_width on Monday", { redis });
 * }
 * ```
 */
export function bullmqEngine(
  { redis, run, baseDir = ".", retries, trialTimeoutMs }: BullmqOptions,
): Engine {
  return async function* (trials, engine) {
    const { signal, kernels, fault } = engine;
    if (signal.aborted || trials.length === 0) return;
    await using queue = await openQueue(redis, { libraries: await loadBullmq() });
    const { jobs, unchecked } = queue;
    if (unchecked !== null) {
      yield { event: { type: "remark", trial: null, message: unchecked }, worker: 0 };
    }
    const channel = queue.channel(run);
    const stop = () => channel.close();
    signal.addEventListener("abort", stop);
    const dataDigests = await digestsOf(trials, { baseDir });
    const submission = new Submission(trials, {
      channel,
      jobs,
      engine,
      job: {
        ...VERSIONS,
        run,
        kernels,
        fault,
        retries,
        trialTimeoutMs,
      },
      dataDigests,
      data: await ownData(trials, { baseDir, dataDigests }),
      redisName: redis.name,
    });
    try {
      yield* submission.events();
    } catch (error) {
      if (!signal.aborted) throw queue.refusal(error);
    } finally {
      signal.removeEventListener("abort", stop);
      channel.close();
    }
  };
}

/**
 * Checks that a Redis can hold a queue.
 *
 * @throws {InputError} If it cannot be reached, refuses commands, or its settings do not fit a queue.
 *
 * @example
 * ```ts
 * import { checkQueue } from "@seedbed/seedbed/bullmq";
 * import { InputError } from "@seedbed/seedbed";
 * import { assertRejects } from "@std/assert";
 *
 * // Nothing listens at port 1.
 * const redis = { url: "redis://127.0.0.1:1", name: "127.0.0.1:1" };
 * await assertRejects(() => checkQueue(redis), InputError, "Cannot ");
 * ```
 */
export async function checkQueue(redis: RedisAddress): Promise<void> {
  await using _queue = await openQueue(redis, { libraries: await loadBullmq() });
}

/**
 * Removes the keys and jobs of a run from Redis, after it has ended or was interrupted or killed; workers drop its
 * trials.
 *
 * @returns Whether that succeeded, so that the run's name is no longer needed.
 *
 * @example
 * ```ts
 * import { withdraw } from "@seedbed/seedbed/bullmq";
 * import { assertEquals } from "@std/assert";
 *
 * // Nothing listens at port 1.
 * const redis = { url: "redis://127.0.0.1:1", name: "127.0.0.1:1" };
 * assertEquals(await withdraw("blobs_width on Monday", { redis }), false);
 * ```
 */
export async function withdraw(run: string, { redis }: { readonly redis: RedisAddress }): Promise<boolean> {
  try {
    await using queue = await openQueue(redis, { libraries: await loadBullmq(), isLeaving: true });
    return await queue.withdraw(run);
  } catch {
    return false;
  }
}

async function digestsOf(
  trials: readonly Trial[],
  place: { readonly baseDir: string },
): Promise<ReadonlyMap<string, string>> {
  const digests = new Map<string, string>();
  for (const { data, dataDigest: text } of trials) {
    if (!digests.has(text)) digests.set(text, await dataDigest(data, place));
  }
  return digests;
}

interface OwnData {
  readonly baseDir: string;
  readonly dataDigests: ReadonlyMap<string, string>;
}

/** Returns the bytes of the files of trials, which only this machine has. */
async function ownData(
  trials: readonly Trial[],
  { baseDir, dataDigests }: OwnData,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  const packed = new Set<string>();
  for (const { data, dataDigest: text } of trials) {
    const digest = dataDigests.get(text)!;
    if (data.kind === "table" && !packed.has(digest)) {
      packed.add(digest);
      for (const [key, bytes] of await packTable(data, { baseDir, dataDigest: digest })) {
        files.set(key, bytes);
      }
    }
    if (data.kind === "csv" && !files.has(data.file)) {
      files.set(data.file, await readCsvBytes(data, { baseDir }));
    }
  }
  return files;
}
