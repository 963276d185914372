import { join } from "node:path";
import { isBetter } from "../../core/facts/metric.ts";
import { sha256Hex } from "../../core/numbers/digest.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import { ifThere } from "../../files/if_there.ts";
import { readFolder } from "../../files/read_folder.ts";
import { removeIfThere } from "../../files/remove_if_there.ts";
import { writeFileWhole } from "../../files/write_file_whole.ts";
import type { TrialLog } from "../../journal/trial_log.ts";
import { LOCAL } from "../../report/files/result_files.ts";
import { selectedMetric, valueOf } from "../../report/summary/metric.ts";
import { trialsByPoint } from "../../report/summary/rank_points.ts";
import { spreadOf } from "../../report/summary/spread.ts";
import { trialsPerPoint } from "../../report/summary/trials_per_point.ts";
import type { Plan } from "../plan/plan_run.ts";

/** The trials of a point, one per repeat, or one per fold of each. */
interface PointTrials {
  /** Its index in the grid. */
  readonly index: number;
  readonly trials: readonly Trial[];
}

/**
 * Keeps the weights of points that may still win, and removes the others: it keeps those of the leading point and of
 * points with pending trials.
 *
 * Each end is compared with the leader only, so that the cost is linear in the number of trials.
 */
export class LeadingWeights {
  readonly #plan: Plan;
  readonly #log: TrialLog;
  readonly #pointOf = new Map<string, PointTrials>();
  /** Trials whose weights are in the folder. */
  readonly #saved = new Set<string>();
  #leader: PointTrials | null = null;
  #leaderMean = NaN;

  private constructor(plan: Plan, log: TrialLog) {
    this.#plan = plan;
    this.#log = log;
    for (const [index, trials] of trialsByPoint(plan.grid).entries()) {
      const point = { index, trials };
      for (const { id } of trials) this.#pointOf.set(id, point);
      this.#consider(point);
    }
  }

  /** Restores the state from the log of a plan, and removes the weights that are not kept. */
  static async open(plan: Plan, { log }: { readonly log: TrialLog }): Promise<LeadingWeights> {
    const leading = new LeadingWeights(plan, log);
    const folder = join(plan.folder, LOCAL.weights.name);
    for await (const { name } of readFolder(folder)) {
      // A half-written file of a killed run has no trial's name either, and is removed.
      const trial = name.replace(/\.bin$/, "");
      const point = leading.#pointOf.get(trial);
      if (point !== undefined && leading.#isKept(point)) leading.#saved.add(trial);
      else await Deno.remove(join(folder, name));
    }
    return leading;
  }

  /** Records the end of a trial; a trial that is done has weights. */
  async end(trial: string, weights?: Uint8Array): Promise<void> {
    const point = this.#pointOf.get(trial);
    if (point === undefined) return;
    const before = this.#leader;
    this.#consider(point);
    if (this.#isKept(point)) {
      if (weights !== undefined) await this.#write(trial, weights);
    } else await this.#remove(point);
    if (before !== null && before !== this.#leader) await this.#remove(before);
  }

  /** Makes a point the leader if all of its trials are done and it is better, or equal and earlier in the grid. */
  #consider(point: PointTrials): void {
    const { experiment } = this.#plan.loaded;
    const metric = selectedMetric(experiment);
    const values = point.trials.flatMap(({ id }) => {
      const done = this.#log.done(id);
      return done === null ? [] : valueOf(done, metric.name) ?? [];
    });
    if (values.length < trialsPerPoint(experiment)) return;
    const { mean } = spreadOf(values)!;
    const isFirst = mean === this.#leaderMean && point.index < this.#leader!.index;
    if (this.#leader !== null && !isFirst && !isBetter(mean, { than: this.#leaderMean, metric })) return;
    this.#leader = point;
    this.#leaderMean = mean;
  }

  #isKept(point: PointTrials): boolean {
    if (point === this.#leader) return true;
    const ends = point.trials.map(({ id }) => this.#log.end(id));
    return ends.includes(null) && ends.every((end) => end === null || end.type === "done");
  }

  async #write(trial: string, weights: Uint8Array): Promise<void> {
    this.#saved.add(trial);
    await writeFileWhole(weightsPath(this.#plan, trial), weights);
  }

  async #remove({ trials }: PointTrials): Promise<void> {
    for (const { id } of trials) {
      if (this.#saved.delete(id)) await removeIfThere(weightsPath(this.#plan, id));
    }
  }
}

/** Returns the saved weights of a trial, or null if there are none or their digest differs. */
export async function readWeights(
  plan: Pick<Plan, "folder">,
  { trial, weightsSha256 }: { readonly trial: string; readonly weightsSha256: string },
): Promise<Uint8Array | null> {
  const path = weightsPath(plan, trial);
  const weights = await ifThere({ action: "read", path }, () => Deno.readFile(path));
  return weights !== null && sha256Hex(weights) === weightsSha256 ? weights : null;
}

/** Returns the path of a trial's weights. */
export function weightsPath({ folder }: Pick<Plan, "folder">, trial: string): string {
  return join(folder, LOCAL.weights.name, `${trial}.bin`);
}
