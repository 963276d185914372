import { join } from "node:path";
import { sha256Hex } from "../../core/numbers/digest.ts";
import type { Checkpoint } from "../../experiment/trial/run_trial.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import { ifThere } from "../../files/if_there.ts";
import { readFolder } from "../../files/read_folder.ts";
import { removeIfThere } from "../../files/remove_if_there.ts";
import { writeFileWhole } from "../../files/write_file_whole.ts";
import type { Journal } from "../../journal/journal.ts";
import { LOCAL } from "../../report/files/result_files.ts";
import type { Plan } from "../plan/plan_run.ts";
import type { Clock } from "./timings.ts";

const LONG_TRIAL_MS = 30_000;
// Epochs of a small net end faster than a disk writes.
const BETWEEN_MS = 1000;

/** When checkpoints are made. */
export interface CheckpointsOptions {
  readonly journal: Journal;
  readonly clock: Clock;
  /** Epochs between two of them. Default: 1 once a trial has run for 30 s, at most once a second; none before. */
  readonly every?: number;
}

/**
 * The checkpoints of a run, a file a trial in `checkpoints/`, which git ignores: from there an unfinished trial goes on.
 *
 * One is used only if its epochs are in the journal and its weights are those that the journal has hashed; any other is
 * as good as none.
 */
export class Checkpoints {
  readonly #folder: string;
  readonly #trials: readonly Trial[];
  readonly #options: CheckpointsOptions;
  /** From when on a trial's next checkpoint is wanted. */
  readonly #dueMs = new Map<string, number>();
  /** Trials whose checkpoints are in the folder; null until that was looked at. */
  #saved: Set<string> | null = null;

  constructor({ folder, grid }: Plan, options: CheckpointsOptions) {
    this.#trials = grid.trials;
    this.#folder = join(folder, LOCAL.checkpoints.name);
    this.#options = options;
  }

  /** The trial begins now, or goes on. */
  start(trial: string): void {
    this.#dueMs.set(trial, this.#options.clock() + LONG_TRIAL_MS);
  }

  /** Returns how many epochs apart the trial's checkpoints are wanted now, 0 for none. */
  every(trial: string): number {
    const { every, clock } = this.#options;
    if (every !== undefined) return every;
    return clock() >= (this.#dueMs.get(trial) ?? Infinity) ? 1 : 0;
  }

  /** Saves a checkpoint whose epochs are in the journal, on the disk. */
  async write(trial: string, checkpoint: Checkpoint): Promise<void> {
    this.#dueMs.set(trial, this.#options.clock() + BETWEEN_MS);
    this.#saved?.add(trial);
    const { encodeCheckpoint } = await loadCheckpointBytes();
    await writeFileWhole(this.#path(trial), encodeCheckpoint(checkpoint, { trial }));
  }

  /** Returns where a trial can go on, or null if it must start over. */
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

  /** Removes all but those of trials of the grid that have no result, and what a killed run left half-written. */
  async sweep(): Promise<void> {
    const { log } = this.#options.journal;
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
    // Most trials end before they have one, and a file that is not there costs a look at the disk.
    if (this.#saved?.has(trial) === false) return;
    this.#saved?.delete(trial);
    await removeIfThere(this.#path(trial));
  }

  #path(trial: string): string {
    return join(this.#folder, `${trial}.bin`);
  }
}

/** Few runs have a checkpoint: no other waits for Node's hashes to be loaded. */
function loadCheckpointBytes(): Promise<typeof import("../../engine/checkpoint_bytes.ts")> {
  return import("../../engine/checkpoint_bytes.ts");
}
