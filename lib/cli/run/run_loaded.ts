import { InputError } from "../../core/check/errors.ts";
import { EXIT_CODES } from "../../core/facts/exit_codes.ts";
import { compareCommitted } from "../../runner/check/committed_bits.ts";
import type { LoadedExperiment } from "../../runner/plan/load_experiment.ts";
import { previewRun } from "../../runner/results/preview_run.ts";
import { openQueueRun } from "../../runner/queue/queue_run.ts";
import { passwordAdvice } from "../../runner/queue/redis_address.ts";
import type { RunOutcome } from "../../runner/results/run_outcome.ts";
import { runExperiment } from "../../runner/run/run_experiment.ts";
import type { CommandLine } from "../args/command.ts";
import { FLAGS } from "../args/flags.ts";
import { exitCodeOfOutcomes } from "../process/exit_code.ts";
import { listenForInterrupt } from "../process/interrupt.ts";
import { createProgress } from "../progress/create_progress.ts";
import { openFile } from "../terminal/open_file.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { outcomeJson, outcomeText, reportPath } from "../text/outcome_text.ts";
import { bitsText, nextStep } from "../text/next_step.ts";
import { previewJson } from "../text/preview_json.ts";
import { previewText } from "../text/preview_text.ts";
import type { RunSettings } from "./run_settings.ts";

/** Options of {@link runLoaded}. */
export interface RunLoadedOptions {
  readonly line: CommandLine;
  readonly terminal: Terminal;
  readonly settings: RunSettings;
}

/** Runs one experiment after the other; returns the exit code. */
export async function runLoaded(
  loaded: readonly LoadedExperiment[],
  { line, terminal, settings }: RunLoadedOptions,
): Promise<number> {
  const isDry = line.get(FLAGS.dryRun);
  // A fault of a later file, or of a queue, must be reported before anything runs. A single run checks the same itself, and
  // a journal of 100,000 trials takes seconds to read.
  const mustLook = isDry || loaded.length > 1 || settings.redis !== undefined;
  for (const experiment of mustLook ? loaded : []) {
    const preview = await previewRun(experiment, {
      ...settings,
      workers: settings.redis === undefined ? settings.workers : undefined,
    });
    if (!isDry) continue;
    const text = line.get(FLAGS.jsonLines)
      ? previewJson(experiment, preview)
      : previewText(experiment, { preview, columns: terminal.columns });
    terminal.write(text);
  }
  if (isDry) return EXIT_CODES.good;
  using interrupt = listenForInterrupt(terminal);
  const outcomes: RunOutcome[] = [];
  for (const experiment of loaded) {
    if (interrupt.signal.aborted) break;
    const outcome = await runOne(experiment, { settings, terminal, signal: interrupt.signal });
    terminal.write(await endText(outcome, { experiment, line, terminal, settings }));
    if (outcome.status === "interrupted") {
      terminal.writeError("Interrupted. What has ended is kept: the same command resumes from there.\n");
    }
    outcomes.push(outcome);
  }
  if (line.get(FLAGS.open)) await openReports(outcomes, terminal);
  return exitCodeOfOutcomes(outcomes);
}

interface EndOptions extends RunLoadedOptions {
  readonly experiment: LoadedExperiment;
}

/** Returns what is shown at the end of a run: its results, whether they are the committed ones, and what to do next. */
async function endText(
  outcome: RunOutcome,
  { experiment: { file, overrides }, line, terminal, settings }: EndOptions,
): Promise<string> {
  const isJson = line.get(FLAGS.jsonLines);
  if (outcome.status === "interrupted") {
    return isJson ? outcomeJson(outcome) : outcomeText(outcome, { terminal });
  }
  const { bits, isToCommit } = await compareCommitted(outcome);
  if (isJson) return outcomeJson(outcome, { bits });
  const isShard = settings.shard !== undefined;
  const next = nextStep(outcome, { file, bits, isToCommit, isShard, isChanged: overrides.length > 0 });
  const said = bits === null ? [] : [["bits", bitsText(bits, outcome)] as const];
  return outcomeText(outcome, { terminal, more: [...said, ["next", next]] });
}

/** Opens the reports that were written; a failure to do so is a note, not an error. */
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

interface RunOne {
  readonly settings: RunSettings;
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
