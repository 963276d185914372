import { join } from "node:path";
import { sha256Hex } from "../../core/numbers/digest.ts";
import type { Checkpoint } from "../../experiment/trial/run_trial.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import { ifThere } from "../../files/if_there.ts";
import { readFolder } from "../../files/read_folder.ts";
import { removeIfThere } from "../../files/remove_if_there.ts";
import { writeFileWhole } from "../../files/write_file_whole.ts";
import type { Journal } from "../../journal/journal.ts";
import type { TrialLog } from "../../journal/trial_log.ts";
import { LOCAL } from "../../report/files/result_files.ts";
import type { Plan } from "../plan/plan_run.ts";
import type { Clock } from "../results/timings.ts";

const LONG_TRIAL_MS = 30_000;
// Writing a checkpoint of a small net takes some 5 ms: what ran for less starts over as soon.
const WORTH_MS = 50;
// A limit on the rate, since epochs of a small net end faster than a disk writes.
const BETWEEN_MS = 1000;

/** Options of {@link Checkpoints}. */
export interface CheckpointsOptions {
  readonly journal: Journal;
  readonly clock: Clock;
  /** Epochs between two of them. Default: 1 once a trial has run for 30 s, at most once a second; none before. */
  readonly every?: number;
}

/**
 * The checkpoints of a run, a file per trial in `checkpoints/`, which git ignores: an unfinished trial resumes from
 * its checkpoint.
 *
 * A checkpoint is used only if its epochs are in the journal and its weights have the digest in the journal;
 * otherwise it is ignored.
 */
export class Checkpoints {
  readonly #folder: string;
  readonly #trials: readonly Trial[];
  readonly #options: CheckpointsOptions;
  /** The time from which a trial's next checkpoint is due. */
  readonly #dueMs = new Map<string, number>();
  readonly #startedMs = new Map<string, number>();
  /** Trials whose checkpoints are in the folder; null until the folder was read. */
  #saved: Set<string> | null = null;

  constructor({ folder, grid }: Plan, options: CheckpointsOptions) {
    this.#trials = grid.trials;
    this.#folder = join(folder, LOCAL.checkpoints.name);
    this.#options = options;
  }

  /** Records that a trial starts or resumes. */
  start(trial: string): void {
    const nowMs = this.#options.clock();
    this.#startedMs.set(trial, nowMs);
    this.#dueMs.set(trial, nowMs + LONG_TRIAL_MS);
  }

  /** Returns the current interval of the trial's checkpoints in epochs, 0 for none. */
  every(trial: string): number {
    const { every, clock } = this.#options;
    if (every !== undefined) return every;
    return clock() >= (this.#dueMs.get(trial) ?? Infinity) ? 1 : 0;
  }

  /** Returns whether the checkpoint of a trial that stops now is worth saving: not if it can start over as fast. */
  isWorthSaving(trial: string): boolean {
    const { every, clock } = this.#options;
    return every !== undefined || clock() - (this.#startedMs.get(trial) ?? -Infinity) >= WORTH_MS;
  }

  /** Saves a checkpoint whose epochs are in the journal on the disk. */
  async write(trial: string, checkpoint: Checkpoint): Promise<void> {
    this.#dueMs.set(trial, this.#options.clock() + BETWEEN_MS);
    this.#saved?.add(trial);
    const { encodeCheckpoint } = await loadCheckpointBytes();
    await writeFileWhole(this.#path(trial), encodeCheckpoint(checkpoint, { trial }));
  }

  /** Returns the checkpoint from which a trial can resume, or null if it must start over. */
  async read(trial: string): Promise<Checkpoint | null> {
    const { log } = this.#options.journal;
    if (this.#saved?.has(trial) === false) return null;
    const path = this.#path(trial);
    const file = await ifThere({ action: "read", path }, () => Deno.readFile(path));
    if (file === null) return null;
    const { decodeCheckpoint } = await loadCheckpointBytes();
    const checkpoint = decodeCheckpoint(file, { trial });
    if (checkpoint === null) return null;
    for (let epoch = 0; epoch < checkpoint.epoch; epoch++) {
      if (log.epoch(trial, epoch) === null) return null;
    }
    const hash = log.epoch(trial, checkpoint.epoch)?.weightsSha256;
    return sha256Hex(checkpoint.weights) === hash ? checkpoint : null;
  }

  /**
   * Keeps the checkpoints of the grid's trials without a result in a log, and removes all other files, such as half-written
   * ones.
   */
  async sweep(log: Pick<TrialLog, "hasResult">): Promise<void> {
    const unfinished = new Set(this.#trials.map(({ id }) => id).filter((id) => !log.hasResult(id)));
    const saved = new Set<string>();
    for await (const { name } of readFolder(this.#folder)) {
      const trial = name.replace(/\.bin$/, "");
      if (unfinished.has(trial)) saved.add(trial);
      else await Deno.remove(join(this.#folder, name));
    }
    this.#saved = saved;
  }

  /** Removes every checkpoint, so that every trial starts over. */
  async clear(): Promise<void> {
    for await (const { name } of readFolder(this.#folder)) await Deno.remove(join(this.#folder, name));
    this.#saved = new Set();
  }

  /** Removes the checkpoint of a trial that has a result. */
  async remove(trial: string): Promise<void> {
    // Most trials end without a checkpoint, and a search for the file costs a disk access.
    if (this.#saved?.has(trial) === false) return;
    this.#saved?.delete(trial);
    await removeIfThere(this.#path(trial));
  }

  #path(trial: string): string {
    return join(this.#folder, `${trial}.bin`);
  }
}

/** Loaded on demand, with Node's hashes: few runs have a checkpoint. */
function loadCheckpointBytes(): Promise<typeof import("../../engine/checkpoint_bytes.ts")> {
  return import("../../engine/checkpoint_bytes.ts");
}
