import { workersEngine } from "../../lib/engine/workers.ts";
import { loadExperiment } from "../../lib/runner/load_experiment.ts";
import { openQueueRun } from "../../lib/runner/queue_run.ts";
import { readRedisUrl } from "../../lib/engine/queue/redis_place.ts";
import { runExperiment, type RunOptions } from "../../lib/runner/run_experiment.ts";
import { startRedis } from "../engine/queue/redis_server.ts";
import { type BenchReport, numberText } from "./report.ts";
import { median } from "./statistics.ts";
import { BENCH_DIR } from "./tools.ts";

const PROCESSES = 4;
const FILE = `${BENCH_DIR}/programs/many_trials.ts`;

/**
 * Measures what a queue adds to a trial: a grid of short trials on worker processes of this machine, in turn with the
 * same grid on one thread a core, which is the most that the machine gives to training itself.
 */
export async function queueBench({ quick }: { readonly quick: boolean }): Promise<BenchReport> {
  const cores = navigator.hardwareConcurrency;
  const alone = await measure({ workers: 1 });
  const local: Measured[] = [];
  const queued: Measured[] = [];
  for (let round = 0; round < (quick ? 1 : 5); round++) {
    local.push(await measure({ workers: cores }));
    queued.push(await measureQueue());
  }
  const trialMs = ({ elapsedMs, trials }: Measured) => elapsedMs / trials;
  const localMs = median(local.map(trialMs));
  const queuedMs = median(queued.map(trialMs));
  const overheadMs = median(queued.map((run, round) => cores * (trialMs(run) - trialMs(local[round]))));
  return {
    name: "queue",
    tables: [{
      title: `Queue: ${
        queued[0].trials
      } trials, ${PROCESSES} worker processes of one thread, Redis and submitter here`,
      columns: ["trials run on", "ms a trial, elapsed (median)"],
      rows: [
        ["1 thread of one process", numberText(trialMs(alone))],
        [`${cores} threads of one process`, numberText(localMs)],
        [`${PROCESSES} worker processes on a queue`, numberText(queuedMs)],
        ["overhead: core time that the queue adds to a trial", numberText(overheadMs)],
      ],
      notes: [
        "Times run from the first trial's start to the last one's end, and include the journal.",
        `The overhead is the difference of the last two in the same round, times the ${cores} cores that both keep busy: ` +
        "Redis, the submitter and the workers' talk all have to be paid from these.",
      ],
    }],
    records: [
      { trialMs: trialMs(alone), localMs, queuedMs, overheadMs, cores, processes: PROCESSES },
    ],
    targets: [{
      name: "overhead of a queue, a trial of 10 ms, 4 worker processes",
      measured: overheadMs,
      bound: 5,
      direction: "at most",
      unit: "ms",
    }],
  };
}

interface Measured {
  readonly elapsedMs: number;
  readonly trials: number;
}

async function measureQueue(): Promise<Measured> {
  await using redis = await startRedis();
  const workers = await Promise.all(Array.from({ length: PROCESSES }, () => startWorkerCommand(redis.url)));
  try {
    return await measure({ workers: PROCESSES, url: redis.url });
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()));
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

/** Runs the grid, on a queue if its URL is given, and measures from the first trial's start to the last one's end. */
async function measure(
  { workers, url }: { readonly workers: number; readonly url?: string },
): Promise<Measured> {
  const resultsDir = await Deno.makeTempDir({ prefix: "seedbed_bench_" });
  const loaded = await loadExperiment(FILE);
  const moments: number[] = [];
  let trials = 0;
  const options: RunOptions = {
    workers,
    resultsDir,
    signal: new AbortController().signal,
    clock: () => performance.now(),
    observe: ({ type }) => {
      if (type === "started" || type === "ended") moments.push(performance.now());
      if (type === "ended") trials++;
    },
  };
  const engine = url === undefined ? workersEngine({ workers }) : (await openQueueRun(loaded, {
    redis: readRedisUrl(url, { source: "the bench" }),
    resultsDir,
    fresh: false,
  })).engine;
  await runExperiment(loaded, { ...options, engine });
  await Deno.remove(resultsDir, { recursive: true });
  return { elapsedMs: moments.at(-1)! - moments[0], trials };
}
