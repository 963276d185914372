import { createHash } from "node:crypto";
import { join } from "node:path";
import { NUMERICS_VERSION } from "../../core/facts/numerics_version.ts";
import type { KernelKind } from "../../core/facts/kernel_kind.ts";
import type { EngineEvent } from "../../engine/engine.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import type { TrialEvent } from "../../experiment/trial/trial_event.ts";
import { usingFile } from "../../files/file_problem.ts";
import { ifThere } from "../../files/if_there.ts";
import { decodeLine, encodeRecord } from "../../journal/journal_record.ts";
import { missingEpoch } from "../../journal/missing_epoch.ts";
import { codeDigest } from "../files/code_digest.ts";
import { kernelsHere } from "../run/run_context.ts";

/** What a trial yielded: its epochs, its end, and the weights of its best epoch if it is done. */
export interface TrainedTrial extends Pick<EngineEvent, "weights"> {
  /** Epochs in order from 0, the end last. */
  readonly events: readonly TrialEvent[];
}

const DIGITS = 16;
const BLANK_LINE = new TextEncoder().encode("\n\n");

/**
 * Trials that the same code trained before, a file each, in a folder that several checks may share.
 *
 * A trial's id is a digest of all that decides its result but the code; the folder's name has a digest of that, and the
 * kernels. A file that is damaged, or of a trial that did not end, counts as none.
 */
export class TrialCache {
  readonly #folder: string;
  #isThere = false;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Opens the trials of this code in a folder, which is made when the first is written. */
  static async open(
    folder: string,
    { kernels }: { readonly kernels?: KernelKind } = {},
  ): Promise<TrialCache> {
    const code = (await codeDigest()).slice(0, DIGITS);
    const name = `numerics_${NUMERICS_VERSION}_${await kernelsHere(kernels)}_code_${code}`;
    return new TrialCache(join(folder, name));
  }

  /** Returns a trial that was trained before, or null. */
  async read(trial: Trial): Promise<TrainedTrial | null> {
    const path = this.#path(trial.id);
    const file = await ifThere({ action: "read", path }, () => Deno.readFile(path));
    return file === null ? null : decode(file, trial);
  }

  /** Keeps a trial; one whose epochs are not all there, since it was resumed, is not kept. */
  async write(trial: Trial, trained: TrainedTrial): Promise<void> {
    if (!isWhole(trained, trial)) return;
    const path = this.#path(trial.id);
    // Not synced: what a power loss leaves is damaged, and is trained again. The name is this process's own.
    const part = `${path}.${Deno.pid}.part`;
    await usingFile({ action: "write", path }, async () => {
      if (!this.#isThere) await Deno.mkdir(this.#folder, { recursive: true });
      this.#isThere = true;
      await Deno.writeFile(part, encode(trained));
      await Deno.rename(part, path);
    });
  }

  #path(trial: string): string {
    return join(this.#folder, `${trial}.trial`);
  }
}

/** Records as in a journal, an empty line, and the weights. */
function encode({ events, weights = new Uint8Array() }: TrainedTrial): Uint8Array {
  const records = new TextEncoder().encode(`${events.map(encodeRecord).join("")}\n`);
  const bytes = new Uint8Array(records.length + weights.length);
  bytes.set(records);
  bytes.set(weights, records.length);
  return bytes;
}

function decode(file: Uint8Array, trial: Trial): TrainedTrial | null {
  const end = indexOfBlankLine(file);
  if (end === -1) return null;
  const events: TrialEvent[] = [];
  for (const line of new TextDecoder().decode(file.subarray(0, end)).split("\n")) {
    const decoded = decodeLine(line);
    if (!("record" in decoded)) return null;
    events.push(decoded.record as TrialEvent);
  }
  // The file may be a Buffer, whose slices would be views of it.
  const weights = new Uint8Array(file.subarray(end + BLANK_LINE.length));
  const trained = { events, ...weights.length === 0 ? {} : { weights } };
  return isWhole(trained, trial) ? trained : null;
}

function indexOfBlankLine(file: Uint8Array): number {
  for (let at = file.indexOf(BLANK_LINE[0]); at !== -1; at = file.indexOf(BLANK_LINE[0], at + 1)) {
    if (file[at + 1] === BLANK_LINE[1]) return at;
  }
  return -1;
}

function isWhole({ events, weights }: TrainedTrial, { id, solver }: Trial): boolean {
  const end = events.at(-1);
  const epochs = events.slice(0, -1);
  if (end?.type !== "done" && end?.type !== "diverged") return false;
  if (events.some(({ trial }) => trial !== id)) return false;
  const isInOrder = epochs.every((event, index) => event.type === "epoch" && event.epoch === index);
  if (!isInOrder) return false;
  const known = new Set(epochs.keys());
  if (
    missingEpoch(known, { end, epochs: solver.patience === undefined ? solver.epochs : undefined }) !== null
  ) return false;
  return end.type === "diverged" || sha256(weights) === end.weightsSha256;
}

function sha256(bytes: Uint8Array = new Uint8Array()): string {
  return createHash("sha256").update(bytes).digest("hex");
}
