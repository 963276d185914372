import { join } from "node:path";
import { plannedEpochs } from "../../experiment/trial/planned_epochs.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import { fileProblem } from "../../files/file_problem.ts";
import { readIfThere } from "../../files/read_if_there.ts";
import { writeAllSync } from "../../files/write_all.ts";
import { columnNames, TIMINGS_COLUMNS } from "../../report/files/columns.ts";
import { LOCAL } from "../../report/files/result_files.ts";
import type { Plan } from "../plan/plan_run.ts";
import { readSpecs, specOf, type TrialSpec } from "../plan/trial_specs.ts";

/** Returns milliseconds since a fixed moment. */
export type Clock = () => number;

/** Appends the duration of each trial to `timings.csv`, which git ignores: a row per run of a trial. */
export class Timings {
  readonly #path: string;
  readonly #clock: Clock;
  readonly #startedMs = new Map<string, number>();
  readonly #seconds = new Map<string, string>();
  /** It stays open, since opening it for each of thousands of short trials takes longer than writing. */
  #file: Deno.FsFile | null = null;

  constructor({ folder }: Plan, { clock }: { readonly clock: Clock }) {
    this.#path = join(folder, LOCAL.timings.name);
    this.#clock = clock;
  }

  /** Records that a trial starts. */
  start(trial: string): void {
    this.#startedMs.set(trial, this.#clock());
  }

  /** Records that a trial has ended, before its end is on the disk: many short trials wait for one sync. */
  stop(trial: string): void {
    const startedMs = this.#startedMs.get(trial);
    if (startedMs === undefined) return;
    this.#startedMs.delete(trial);
    this.#seconds.set(trial, ((this.#clock() - startedMs) / 1000).toFixed(3));
  }

  /** Writes the row of a trial that has ended; one without a start is left out. */
  end(trial: string, { worker }: { readonly worker: number }): void {
    const seconds = this.#seconds.get(trial);
    if (seconds === undefined) return;
    this.#seconds.delete(trial);
    try {
      const isNew = this.#file === null;
      this.#file ??= Deno.openSync(this.#path, { append: true, create: true });
      const head = isNew && this.#file.statSync().size === 0
        ? `${columnNames(TIMINGS_COLUMNS).join(",")}\r\n`
        : "";
      writeText(this.#file, `${head}${trial},${seconds},${worker}\r\n`);
    } catch (error) {
      throw fileProblem(error, { action: "write", path: this.#path });
    }
  }

  [Symbol.dispose](): void {
    this.#file?.close();
    this.#file = null;
  }
}

/** About how long trials take. */
export interface ExpectedTime {
  readonly expectedMs: number;
  /** How many trials with a known time it comes from. */
  readonly timed: number;
}

/** Options of {@link expectedTime}. */
export interface ExpectedOptions {
  /** The trials that will run. */
  readonly trials: readonly Trial[];
  /** Threads that run them; undefined if not known. */
  readonly workers: number | undefined;
  /** What is in `specs.jsonl`. Default: it is read. */
  readonly specs?: readonly TrialSpec[];
}

/**
 * Returns about how many milliseconds trials will take, from `timings.csv`: their epochs, with the median time of an epoch
 * of these trials, or of all trials of the experiment if none of these ran here, shared by the workers. Null if nothing
 * is known.
 */
export async function expectedTime(
  plan: Plan,
  { trials, workers, specs }: ExpectedOptions,
): Promise<ExpectedTime | null> {
  if (trials.length === 0 || workers === undefined) return null;
  // A guess from a file that cannot be read is left out; the run reports the file when it writes it.
  const text = await readIfThere(join(plan.folder, LOCAL.timings.name)).catch(() => null);
  const seconds = new Map((text ?? "").split("\n").flatMap(parseRow));
  if (seconds.size === 0) return null;
  const epochs = new Map(
    [...specs ?? await readSpecs(plan), ...plan.grid.trials.map((trial) => specOf(trial, plan))]
      .map(({ trial, solver }) => [trial, plannedEpochs({ solver })]),
  );
  const timesOf = (ids: Iterable<string>) =>
    [...ids].map((id): TrialTime => ({ seconds: seconds.get(id) ?? NaN, epochs: epochs.get(id) ?? NaN }))
      .filter(({ seconds, epochs }) => seconds >= 0 && epochs > 0);
  const own = timesOf(trials.map(({ id }) => id));
  const times = own.length > 0 ? own : timesOf(seconds.keys());
  if (times.length === 0) return null;
  const longest = trials.reduce((most, trial) => Math.max(most, plannedEpochs(trial)), 0);
  const all = trials.reduce((sum, trial) => sum + plannedEpochs(trial), 0);
  // No run is shorter than its longest trial.
  const expectedMs = Math.round(1000 * secondsPerEpoch(times) * Math.max(longest, all / workers));
  return { expectedMs, timed: times.length };
}

interface TrialTime {
  readonly seconds: number;
  readonly epochs: number;
}

/** Shorter trials begin and end in bursts, as the main thread reads them: only their sum says how long they take. */
const SHORT_SECONDS = 0.01;

function secondsPerEpoch(times: readonly TrialTime[]): number {
  if (median(times.map(({ seconds }) => seconds)) >= SHORT_SECONDS) {
    return median(times.map(({ seconds, epochs }) => seconds / epochs));
  }
  const sum = (field: keyof TrialTime) => times.reduce((total, time) => total + time[field], 0);
  return sum("seconds") / sum("epochs");
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

/** Parses a row; the heading, and one that was damaged, are skipped. */
function parseRow(line: string): readonly (readonly [trial: string, seconds: number])[] {
  const [, trial, seconds] = /^([0-9a-z.-]+),(\d{1,9}\.\d{3}),\d+\r?$/.exec(line) ?? [];
  return seconds === undefined ? [] : [[trial, Number(seconds)]];
}

function writeText(file: Deno.FsFile, text: string): void {
  writeAllSync(file, new TextEncoder().encode(text));
}
