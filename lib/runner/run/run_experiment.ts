import type { LoadedExperiment } from "../plan/load_experiment.ts";
import { writeShard } from "../plan/shard.ts";
import type { RunOutcome } from "../results/run_outcome.ts";
import { onceOnly, openRun, type RunContext } from "./run_context.ts";
import type { RunOptions } from "./run_options.ts";
import { type Ran, runPending } from "./run_pending.ts";

/**
 * Runs the trials of an experiment that have no result yet, tests the winner and writes the report.
 *
 * An interrupted run writes no report, so that an incomplete report never replaces a complete one.
 *
 * @throws {InputError} If the experiment, the data or the journal is invalid; nothing is written then.
 * @throws {BrokenPromiseError} If a trial gave other values than before.
 */
export async function runExperiment(loaded: LoadedExperiment, options: RunOptions): Promise<RunOutcome> {
  await using run = await openRun(loaded, options);
  let ran: Ran = { ended: 0, isCut: run.pending.length > 0, left: run.left };
  // Later stages are loaded while the first trials compute, which do not wait for them. After the trials would be too late for
  // modules that a registry has: the end of a thread can break the downloads of others.
  const later = onceOnly(loadLater);
  try {
    ran = await runPending(run, { onStart: () => void later().catch(() => {}) });
    const { testWinner } = await later();
    await testWinner(run);
  } catch (error) {
    if (!isAbort(error, options.signal)) throw error;
  }
  return await finish(run, { ...ran, ...await later() });
}

/** The stages after the trials. */
type Later = Awaited<ReturnType<typeof loadLater>>;

async function loadLater() {
  const [{ testWinner }, { summarizeLog, writeReport }] = await Promise.all([
    import("./test_winner.ts"),
    import("../results/write_report.ts"),
  ]);
  return { testWinner, summarizeLog, writeReport };
}

async function finish(
  { plan, options, chosen, journal, activity }: RunContext,
  { ended, isCut, left, summarizeLog, writeReport }: Ran & Later,
): Promise<RunOutcome> {
  const { folder } = plan;
  if (options.signal.aborted) {
    activity.close("interrupted");
    return { status: "interrupted", summary: summarizeLog(plan, journal.log), folder, ended };
  }
  const { summary } = await writeReport(plan, journal.log, { isDrawn: options.hasReport ?? true });
  if (options.shard !== undefined) await writeShard(plan, { shard: options.shard, trials: chosen });
  const isPaused = left > 0 || (isCut && options.noNewTrials?.aborted === true);
  const status = isPaused ? "paused" : isCut ? "stopped" : "complete";
  activity.close(isPaused ? "stopped" : status);
  return { status, summary, folder, ended };
}

/** Returns whether an error was caused by the abort of a signal. */
export function isAbort(error: unknown, signal: AbortSignal): boolean {
  return signal.aborted &&
    (error === signal.reason || (error instanceof Error && error.name === "AbortError"));
}
