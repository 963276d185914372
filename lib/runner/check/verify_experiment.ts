import { join } from "node:path";
import type { KernelKind } from "../../core/facts/kernel_kind.ts";
import { openStream, shuffle } from "../../core/numbers/random.ts";
import type { Dataset } from "../../data/base/dataset.ts";
import { loadDataset } from "../../data/load_dataset.ts";
import { dataWarnings } from "../../data/split_warnings.ts";
import { type Engine, isTrialEvent } from "../../engine/engine.ts";
import { workersEngine } from "../../engine/threads/workers.ts";
import { prepareKernels } from "../../experiment/trial/prepare_kernels.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import { LONGEST_TEXT, readBytesIfThere } from "../../files/read_bytes.ts";
import { readFolder } from "../../files/read_folder.ts";
import type { FileContent } from "../../files/write_file_whole.ts";
import { TrialLog } from "../../journal/trial_log.ts";
import { historyCsv } from "../../report/files/history_csv.ts";
import { isFigureName } from "../../report/files/is_figure_name.ts";
import { COMMITTED } from "../../report/files/result_files.ts";
import { readTestedTrials, trialsCsv } from "../../report/files/trials_csv.ts";
import type { LoadedExperiment } from "../plan/load_experiment.ts";
import { type Plan, planRun } from "../plan/plan_run.ts";
import { bestTrial, inspectionRecord, testRecord } from "../results/test_records.ts";
import { REPORT_FILES, reportFiles, reportParts, summarizeLog } from "../results/write_report.ts";
import { type Difference, differentLines, rowsOf } from "./different_lines.ts";

export type { Difference };

/** What to verify, and how. */
export interface VerifyOptions {
  /** Holds a folder an experiment, with the files to compare. */
  readonly resultsDir: string;
  /** Trials that are picked; a whole number of at least 1. Default: all of them, and all files. */
  readonly sample?: number;
  /** Decides which trials are picked, and in what order they are handed out. */
  readonly seed: number;
  /** How many workers, one pass after the other. Default: 1, 2 and 3. */
  readonly workerCounts?: readonly number[];
  /** Makes the engine of a pass. Default: {@link workersEngine}. */
  readonly engine?: (options: { readonly workers: number }) => Engine;
  /** What computes; the bits are the same with each. Default: "wasm". */
  readonly kernels?: KernelKind;
  /** See `RunOptions`. */
  readonly cacheDir?: string;
  /** See `RunOptions`. */
  readonly dataDir?: string;
  /** Stops it. */
  readonly signal: AbortSignal;
}

/** What running the trials once more, with so many workers, came to. */
export interface VerifyPass {
  readonly workers: number;
  /** Trials that ran. */
  readonly trials: number;
  /** What is not the same; empty if every byte is. */
  readonly differences: readonly Difference[];
}

/**
 * Runs trials again with one, two and three workers, in shuffled orders, and compares every byte with the experiment's
 * committed files: all of them, or the rows of a sample of trials. It writes nothing.
 *
 * @returns The passes as they end, or null if a file to compare with is missing.
 * @throws {InputError} If the experiment or its data are not in order.
 */
export async function verifyExperiment(
  loaded: LoadedExperiment,
  options: VerifyOptions,
): Promise<AsyncIterable<VerifyPass> | null> {
  prepareKernels(options.kernels);
  const plan = await planRun(loaded, options);
  const committed = await readReportFiles(plan);
  return committed === null ? null : verifyPasses(plan, { ...options, committed });
}

interface Verification extends VerifyOptions {
  readonly committed: CommittedFiles;
}

async function* verifyPasses(plan: Plan, verification: Verification): AsyncGenerator<VerifyPass> {
  const { seed, sample, committed, workerCounts = [1, 2, 3], engine = workersEngine, signal } = verification;
  const { experiment, baseDir } = plan.loaded;
  const { cacheDir, dataDir: folder } = verification;
  const dataset = await loadDataset(experiment.data, { baseDir, cacheDir, folder, signal });
  const picked = shuffled(plan.grid.trials, `${seed}/verify/sample`).slice(0, sample);
  for (const workers of workerCounts) {
    const order = shuffled(picked, `${seed}/verify/dispatch/${workers}`);
    const log = await runAgain(order, { ...verification, plan, dataset, engine: engine({ workers }) });
    if (signal.aborted) return;
    const differences = sample === undefined
      ? differentFiles(committed, textsOf(await reportFiles(reportParts(plan, log))))
      : differentRows(committed, { plan, log, trials: picked });
    yield { workers, trials: order.length, differences };
  }
}

interface RunAgain extends Omit<Verification, "engine"> {
  readonly plan: Plan;
  readonly dataset: Dataset;
  readonly engine: Engine;
}

/** Runs trials without a journal; those that were tested meet the test split again. */
async function runAgain(
  trials: readonly Trial[],
  { plan, engine, dataset, kernels, committed, signal }: RunAgain,
): Promise<TrialLog> {
  const log = new TrialLog();
  log.add({ type: "warnings", warnings: dataWarnings(dataset) });
  const tested = readTestedTrials(committed.get(COMMITTED.trials.name)!);
  const byId = new Map(trials.map((trial) => [trial.id, trial]));
  const kept = new Map<string, Uint8Array>();
  for await (const { event, weights } of engine(trials, { dataset, kernels, signal })) {
    if (!isTrialEvent(event)) continue;
    log.add(event);
    if (weights === undefined || !tested.has(event.trial)) continue;
    const { bestEpoch } = log.done(event.trial)!;
    const record = testRecord(byId.get(event.trial)!, { dataset, kernels, weights, bestEpoch });
    log.add(record);
    if (record.type === "test") kept.set(event.trial, weights);
  }
  const { winner } = summarizeLog(plan, log);
  const best = winner === null ? null : bestTrial(winner);
  const weights = best === null ? undefined : kept.get(best);
  if (weights !== undefined) log.add(inspectionRecord(byId.get(best!)!, { dataset, kernels, weights }));
  return log;
}

/** The committed files of an experiment by their names, as texts: pictures of pixels as base64. */
type CommittedFiles = ReadonlyMap<string, string>;

function textsOf(files: Awaited<ReturnType<typeof reportFiles>>): CommittedFiles {
  return new Map([...files].map(([name, content]) => [name, textOf(content)]));
}

function textOf(content: FileContent): string {
  if (typeof content === "string") return content;
  return content instanceof Uint8Array ? content.toBase64() : [...content].join("");
}

function differentFiles(committed: CommittedFiles, found: CommittedFiles): readonly Difference[] {
  return [...new Set([...committed.keys(), ...found.keys()])].flatMap((file) =>
    differentLines((committed.get(file) ?? "").split("\n"), {
      found: (found.get(file) ?? "").split("\n"),
      file,
    })
  );
}

interface Sample {
  readonly plan: Plan;
  readonly log: TrialLog;
  readonly trials: readonly Trial[];
}

function differentRows(committed: CommittedFiles, { plan, log, trials }: Sample): readonly Difference[] {
  const summary = summarizeLog(plan, log);
  // A part of the grid has another winner, or none; the test accuracies are those of the whole grid's.
  const tests = log.testAccuracies();
  const results = summary.trials.map((result) => ({
    ...result,
    testAccuracy: tests.get(result.trial) ?? null,
  }));
  const found = {
    [COMMITTED.trials.name]: trialsCsv({ ...summary, trials: results }),
    [COMMITTED.history.name]: historyCsv(plan.grid, { events: log.endedEvents() }),
  };
  const ids = new Set(trials.map(({ id }) => id));
  return [COMMITTED.trials.name, COMMITTED.history.name].flatMap((file) =>
    differentLines(rowsOf(committed.get(file)!, ids), { found: rowsOf(found[file], ids), file })
  );
}

function shuffled(trials: readonly Trial[], path: string): readonly Trial[] {
  const order = Int32Array.from(trials, (_, i) => i);
  shuffle(order, openStream(path));
  return Array.from(order, (i) => trials[i]);
}

async function readReportFiles({ folder }: Plan): Promise<CommittedFiles | null> {
  const pictures: string[] = [];
  for await (const { name } of readFolder(folder)) if (isFigureName(name)) pictures.push(name);
  const files = new Map<string, string>();
  for (const file of [...REPORT_FILES, ...pictures.sort()]) {
    const bytes = await readBytesIfThere(join(folder, file), { maxBytes: LONGEST_TEXT });
    if (bytes === null) return null;
    files.set(file, textOf(file.endsWith(".png") ? bytes : new TextDecoder().decode(bytes)));
  }
  return files;
}
