import { readRedisUrl } from "../../lib/engine/queue/redis/redis_address.ts";
import { workersEngine } from "../../lib/engine/threads/workers.ts";
import { loadExperiment } from "../../lib/runner/plan/load_experiment.ts";
import { openQueueRun } from "../../lib/runner/queue/queue_run.ts";
import { runExperiment } from "../../lib/runner/run/run_experiment.ts";
import type { RunOptions } from "../../lib/runner/run/run_options.ts";
import { startRedis } from "../engine/queue/redis_server.ts";
import { type BenchReport, numberText } from "./report.ts";
import { median } from "./statistics.ts";
import { BENCH_DIR } from "./tools.ts";

const PROCESSES = 4;
const TRIALS = 1000;
const FILE = `${BENCH_DIR}/programs/many_trials.ts`;

/**
 * Measures what a queue adds to a trial: a grid of short trials on worker processes of this machine, in turn with the
 * same grid on one thread a core, which is the most that the machine gives to training itself.
 */
export async function queueBench({ quick }: { readonly quick: boolean }): Promise<BenchReport> {
  const cores = navigator.hardwareConcurrency;
  const alone = await measure({ workers: 1 });
  const rounds: { readonly local: Measured; readonly queued: Measured }[] = [];
  for (let round = 0; round < (quick ? 1 : 3); round++) {
    rounds.push({ local: await measure({ workers: cores }), queued: await measureQueue() });
  }
  const local = rounds.map((round) => round.local);
  const queued = rounds.map((round) => round.queued);
  const overhead = (key: keyof Measured) =>
    median(rounds.map((round) => round.queued[key] - round.local[key]));
  const overheadMs = overhead("elapsedMs");
  const row = (name: string, runs: readonly Measured[]) => [
    name,
    numberText(median(runs.map(({ elapsedMs }) => elapsedMs))),
    numberText(median(runs.map(({ processorMs }) => processorMs))),
  ];
  return {
    name: "queue",
    tables: [{
      title: `Queue: ${TRIALS} trials, ${PROCESSES} worker processes of one thread, Redis and submitter here`,
      columns: ["trials run on", "ms a trial, elapsed", "ms a trial, processor time"],
      rows: [
        row("1 thread of one process", [alone]),
        row(`${cores} threads of one process`, local),
        row(`${PROCESSES} worker processes on a queue`, queued),
        ["overhead of the queue", numberText(overheadMs), numberText(overhead("processorMs"))],
      ],
      notes: [
        "Elapsed is from the first trial's start to the last one's end, and includes the journal.",
        "Processor time is that of all processes: submitter, workers and Redis, less that of starting and stopping them " +
        "without a trial; the four processes compile everything anew, which is in it.",
        "The overhead is the median of the rounds' differences to one thread a core.",
      ],
    }],
    records: rounds.map((round, index) => ({
      round: index,
      localMs: round.local.elapsedMs,
      localProcessorMs: round.local.processorMs,
      queuedMs: round.queued.elapsedMs,
      queuedProcessorMs: round.queued.processorMs,
    })),
    targets: [{
      name: "overhead of a queue, a trial of 10 ms, 4 worker processes",
      measured: overheadMs,
      bound: 5,
      direction: "at most",
      unit: "ms",
    }],
  };
}

/** What a trial took, as a mean. */
interface Measured {
  readonly elapsedMs: number;
  readonly processorMs: number;
}

async function measureQueue(): Promise<Measured> {
  const idleMs = await processorTimeOf(async () => void await withWorkers(() => Promise.resolve(NaN)));
  let elapsedMs = NaN;
  const wholeMs = await processorTimeOf(async () => {
    elapsedMs = (await withWorkers((url) => measure({ workers: PROCESSES, url }))).elapsedMs;
  });
  return { elapsedMs, processorMs: (wholeMs - idleMs) / TRIALS };
}

/** Does something with a Redis and the workers on it, which have all ended when it returns. */
async function withWorkers<T>(work: (url: string) => Promise<T>): Promise<T> {
  await using redis = await startRedis();
  const workers = await Promise.all(Array.from({ length: PROCESSES }, () => startWorkerCommand(redis.url)));
  try {
    return await work(redis.url);
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()));
  }
}

/** Returns the processor time that this process and those that ended meanwhile spent on something. */
async function processorTimeOf(work: () => Promise<void>): Promise<number> {
  const before = processorTimeMs();
  await work();
  return processorTimeMs() - before;
}

/** NaN where the system does not keep count in files. */
function processorTimeMs(): number {
  try {
    const fields = Deno.readTextFileSync("/proc/self/stat").replace(/^.*\) /, "").split(" ");
    // Its own in user and kernel mode, then those of children that have ended, in hundredths of a second.
    return fields.slice(11, 15).reduce((sum, ticks) => sum + 10 * Number(ticks), 0);
  } catch {
    return NaN;
  }
}

/** Starts a worker as a user would, and waits until it says that it takes trials. */
async function startWorkerCommand(url: string): Promise<{ readonly stop: () => Promise<void> }> {
  const process = new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "worker", "--redis", url, "--workers", "1"],
    cwd: `${BENCH_DIR}/../..`,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  let said = "";
  let isReady = () => {};
  const ready = new Promise<void>((resolve) => isReady = resolve);
  const listening = (async () => {
    for await (const chunk of process.stderr.pipeThrough(new TextDecoderStream())) {
      said = (said + chunk).slice(-1000);
      if (said.includes("takes trials")) isReady();
    }
    isReady();
  })();
  await ready;
  return {
    async stop() {
      // The task passes an interruption on to the command.
      process.kill("SIGINT");
      const { success } = await process.status;
      await listening;
      if (!success) throw new Error(`Cannot measure the queue: a worker failed, ${said}`);
    },
  };
}

/** Runs the grid, on a queue if its URL is given. */
async function measure(
  { workers, url }: { readonly workers: number; readonly url?: string },
): Promise<Measured> {
  const resultsDir = await Deno.makeTempDir({ prefix: "seedbed_bench_" });
  const loaded = await loadExperiment(FILE);
  const moments: number[] = [];
  const options: RunOptions = {
    workers,
    resultsDir,
    signal: new AbortController().signal,
    clock: () => performance.now(),
    observe: ({ type }) => {
      if (type === "started" || type === "ended") moments.push(performance.now());
    },
  };
  const engine = url === undefined ? workersEngine({ workers }) : (await openQueueRun(loaded, {
    redis: readRedisUrl(url, { source: "the bench" }),
    resultsDir,
    fresh: false,
  })).engine;
  const processorMs = await processorTimeOf(async () =>
    void await runExperiment(loaded, { ...options, engine })
  );
  await Deno.remove(resultsDir, { recursive: true });
  return { elapsedMs: (moments.at(-1)! - moments[0]) / TRIALS, processorMs: processorMs / TRIALS };
}
