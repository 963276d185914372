import { assertEquals } from "@std/assert";
import { readRedisUrl } from "../../../lib/engine/queue/redis/redis_address.ts";
import { workersEngine } from "../../../lib/engine/threads/workers.ts";
import type { RunEvent } from "../../../lib/runner/plan/run_event.ts";
import { openQueueRun } from "../../../lib/runner/queue/queue_run.ts";
import { runExperiment } from "../../../lib/runner/run/run_experiment.ts";
import { committedFiles, inSandbox, type Sandbox } from "../../runner/fakes.ts";
import { type RedisServer, startRedis } from "./redis_server.ts";

/** An experiment of twelve trials that take a few tenths of a second each; two of them diverge. */
const SLOW = {
  "[0.001, 0.1, 1e30]": "[0.001, 0.01, 0.03, 0.1, 0.3, 1e30]",
  "[8]": "[150]",
  "train: 60": "train: 6000",
  "epochs: 2": "epochs: 6",
};

/** What became of a run on the queue. */
export interface QueueRunRecord {
  readonly files: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
  /** Machines that ended a trial. */
  readonly machines: ReadonlySet<string | undefined>;
}

/** A run on a queue, and the means to disturb it. */
export interface QueueSandbox {
  readonly folder: string;
  readonly redis: RedisServer;
  /** Runs the experiment on the queue; `disturb` is told each event and may hold the run up. */
  readonly run: (options?: QueueRunSettings) => Promise<QueueRunRecord>;
  /** The files of a run on threads of this process. */
  readonly local: Readonly<Record<string, string>>;
}

/** How a run on a queue is disturbed. */
export interface QueueRunSettings {
  readonly disturb?: (event: RunEvent) => void;
  /** Where the submitter finds Redis. Default: where it is. */
  readonly url?: string;
  readonly retries?: number;
  readonly checkpointEvery?: number;
  /** The folder of results. Default: the sandbox's own. */
  readonly resultsDir?: string;
}

let local: Promise<Readonly<Record<string, string>>> | null = null;

/** Runs a test with a Redis of its own, and sees to it that nothing is left there, nor in the folder of results. */
export function onQueue(
  test: (sandbox: QueueSandbox) => Promise<void>,
  { flags = [] }: { readonly flags?: readonly string[] } = {},
): () => Promise<void> {
  return inSandbox(async (sandbox) => {
    await using redis = await startRedis(...flags);
    await test({
      folder: sandbox.folder,
      redis,
      local: await (local ??= runHere(sandbox)),
      run: (options) => runOnQueue(sandbox, { url: redis.url, ...options }),
    });
    assertEquals(await redis.keys(), []);
  });
}

/** Runs the experiment on threads of this process. */
async function runHere({ folder, load, options }: Sandbox): Promise<Readonly<Record<string, string>>> {
  const { folder: results } = await runExperiment(
    await load(SLOW),
    options({ resultsDir: `${folder}/local`, engine: workersEngine({ workers: 2 }) }),
  );
  return await committedFiles(results);
}

async function runOnQueue(
  { load, options, resultsDir: ownDir }: Sandbox,
  { disturb = () => {}, url, retries = 9, checkpointEvery, resultsDir = ownDir }: QueueRunSettings & {
    readonly url: string;
  },
): Promise<QueueRunRecord> {
  const loaded = await load(SLOW);
  const redis = readRedisUrl(url, { source: "--redis" });
  const queue = await openQueueRun(loaded, { redis, resultsDir, fresh: false, retries });
  const notes: string[] = [];
  const machines = new Set<string | undefined>();
  const observe = (event: RunEvent) => {
    if (event.type === "note") notes.push(event.message);
    if (event.type === "ended") machines.add(event.machine);
    disturb(event);
  };
  const { folder } = await runExperiment(
    loaded,
    options({ engine: queue.engine, observe, checkpointEvery, resultsDir }),
  );
  await queue.finish();
  const left = [...Deno.readDirSync(folder)].map(({ name }) => name);
  assertEquals(left.filter((name) => /queue\.json|\.part$|lock/.test(name)), []);
  return { files: await committedFiles(folder), notes, machines };
}
