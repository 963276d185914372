import { InputError } from "../core/errors.ts";
import { KERNEL_KINDS, type KernelKind } from "../core/kernel_kind.ts";
import type { AxisFilter } from "../runner/choose_trials.ts";
import type { LoadedExperiment } from "../runner/load_experiment.ts";
import { previewRun } from "../runner/preview_run.ts";
import { openQueueRun } from "../runner/queue_run.ts";
import { passwordAdvice, type RedisPlace } from "../runner/redis_place.ts";
import { runExperiment, type RunOutcome } from "../runner/run_experiment.ts";
import { parseShard, type Shard } from "../runner/shard.ts";
import type { CommandLine, RunCommand } from "./command.ts";
import { exitCodeOfOutcomes } from "./exit_code.ts";
import { loadFiles, readChoice, readCount, readPairs, resultsDir } from "./experiment_flags.ts";
import { listenForInterrupt } from "./interrupt.ts";
import { openFile } from "./open_file.ts";
import { outcomeJson, outcomeText, reportPath } from "./outcome_text.ts";
import { previewJson, previewText } from "./preview_text.ts";
import { createProgress } from "./progress.ts";
import { readQueue } from "./queue_flags.ts";
import type { Terminal } from "./terminal.ts";

/** `run FILE…`: runs what has no result yet, and writes the reports. */
export const runCommand: RunCommand = (line, terminal) => runFiles(line.operands, { line, terminal });

/** What running files takes. */
export interface RunFiles {
  readonly line: CommandLine;
  readonly terminal: Terminal;
}

/** Checks all the files, then runs one experiment after the other; returns the exit code. */
export async function runFiles(files: readonly string[], { line, terminal }: RunFiles): Promise<number> {
  const settings = readSettings(line);
  const loaded = await loadFiles(files, { line });
  for (const experiment of loaded) {
    const preview = await previewRun(experiment, settings);
    if (!line.has("dry-run")) continue;
    const text = line.has("json") ? previewJson(experiment, preview) : previewText(experiment, preview);
    terminal.write(text);
  }
  if (line.has("dry-run")) return 0;
  using interrupt = listenForInterrupt(terminal);
  const outcomes: RunOutcome[] = [];
  for (const experiment of loaded) {
    if (interrupt.signal.aborted) break;
    const outcome = await runOne(experiment, { settings, terminal, signal: interrupt.signal });
    terminal.write(line.has("json") ? outcomeJson(outcome) : outcomeText(outcome, { paint: terminal.paint }));
    if (outcome.status === "interrupted") {
      terminal.writeError("Interrupted. What has ended is kept: the same command goes on from there.\n");
    }
    outcomes.push(outcome);
  }
  if (line.has("open")) await openReports(outcomes, terminal);
  return exitCodeOfOutcomes(outcomes);
}

/** Opens the reports that were written; where that cannot be, the results are none the worse. */
async function openReports(outcomes: readonly RunOutcome[], terminal: Terminal): Promise<void> {
  for (const outcome of outcomes) {
    if (outcome.status === "interrupted") continue;
    try {
      await openFile(reportPath(outcome));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      terminal.writeError(`note: ${error.message}\n`);
    }
  }
}

interface Settings {
  readonly workers: number;
  readonly resultsDir: string;
  readonly dataDir?: string;
  readonly only: readonly AxisFilter[];
  readonly shard?: Shard;
  readonly fresh: boolean;
  readonly salvage: boolean;
  readonly maxFailures?: number;
  readonly checkpointEvery?: number;
  readonly retries?: number;
  readonly trialTimeoutMs?: number;
  readonly kernels?: KernelKind;
  readonly redis?: RedisPlace;
}

function readSettings(line: CommandLine): Settings {
  const timeoutSeconds = readCount(line, "trial-timeout");
  return {
    workers: readCount(line, "workers") ?? navigator.hardwareConcurrency,
    resultsDir: resultsDir(line),
    dataDir: line.value("data"),
    only: readPairs(line, "only").map(([axis, value]) => ({ axis, value })),
    shard: readShard(line),
    fresh: line.has("fresh"),
    salvage: readSalvage(line),
    maxFailures: readCount(line, "max-failures"),
    checkpointEvery: readCount(line, "checkpoint-every"),
    retries: readCount(line, "retries", { min: 0 }),
    trialTimeoutMs: timeoutSeconds === undefined ? undefined : 1000 * timeoutSeconds,
    kernels: readChoice(line, "kernels", KERNEL_KINDS),
    redis: readQueue(line),
  };
}

function readSalvage(line: CommandLine): boolean {
  if (line.has("salvage") && line.has("fresh")) {
    throw new InputError("Cannot use --salvage: it keeps what --fresh leaves behind, found both");
  }
  return line.has("salvage");
}

function readShard(line: CommandLine): Shard | undefined {
  const text = line.value("shard");
  if (text === undefined) return undefined;
  if (line.value("results") !== undefined) return parseShard(text);
  throw new InputError(
    "Cannot use --shard: a part of the results must not take the place of the whole, found no --results DIR",
  );
}

interface RunOne {
  readonly settings: Settings;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}

async function runOne(
  experiment: LoadedExperiment,
  { settings, terminal, signal }: RunOne,
): Promise<RunOutcome> {
  const { redis, workers } = settings;
  const queue = redis === undefined ? undefined : await openQueueRun(experiment, { ...settings, redis });
  using progress = await createProgress(terminal, { workers: queue === undefined ? workers : 0 });
  const advice = redis === undefined ? null : passwordAdvice(redis);
  if (advice !== null) progress.observe({ type: "note", message: advice });
  const message = "Stopping; what has ended is kept. Ctrl-C again ends at once.";
  signal.addEventListener("abort", () => progress.observe({ type: "note", message }), { once: true });
  const outcome = await runExperiment(experiment, {
    ...settings,
    engine: queue?.engine,
    // The trials take the memory of other machines.
    ...queue === undefined ? {} : { availableBytes: null },
    signal,
    clock: () => performance.now(),
    observe: progress.observe,
  });
  await queue?.finish();
  return outcome;
}
