import { join } from "node:path";
import { sha256Hex } from "../core/digest.ts";
import type { TrialLog } from "../journal/trial_log.ts";
import { leadingPoint, pointKey, pointResults, trialsByPoint } from "../report/rank_points.ts";
import type { Plan } from "./plan_run.ts";
import { readFolder } from "./read_folder.ts";
import { writeFileWhole } from "./write_file_whole.ts";

/**
 * Saves a trial's weights while its point may still win, and removes those of points that no longer can.
 *
 * Kept are the weights of the leading point and of points some of whose repeats are still to come.
 */
export async function keepLeadingWeights(
  plan: Plan,
  { log, trial, weights }: { readonly log: TrialLog; readonly trial: string; readonly weights: Uint8Array },
): Promise<void> {
  const kept = trialsWorthKeeping(plan, log);
  if (kept.has(trial)) await writeFileWhole(weightsPath(plan, trial), weights);
  for await (const { name } of readFolder(join(plan.folder, "weights"))) {
    // What a killed run left half-written is no name of a trial either.
    if (!kept.has(name.replace(/\.bin$/, ""))) {
      await Deno.remove(join(plan.folder, "weights", name));
    }
  }
}

/** Returns the saved weights of a trial, or null if there are none or they are not those of the digest. */
export async function readWeights(
  plan: Pick<Plan, "folder">,
  { trial, weightsSha256 }: { readonly trial: string; readonly weightsSha256: string },
): Promise<Uint8Array | null> {
  try {
    const weights = await Deno.readFile(weightsPath(plan, trial));
    return sha256Hex(weights) === weightsSha256 ? weights : null;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/** Returns where the weights of a trial are saved. */
export function weightsPath({ folder }: Pick<Plan, "folder">, trial: string): string {
  return join(folder, "weights", `${trial}.bin`);
}

function trialsWorthKeeping({ grid, loaded }: Plan, log: TrialLog): ReadonlySet<string> {
  const groups = trialsByPoint(grid);
  const points = pointResults(groups, { accuracyOf: (id) => log.done(id)?.bestValidationAccuracy ?? null });
  const leader = leadingPoint(points, loaded.experiment);
  const kept = groups.filter((trials) => {
    if (leader !== null && pointKey(trials[0].point) === pointKey(leader.point)) return true;
    const ends = trials.map(({ id }) => log.end(id));
    return ends.includes(null) && ends.every((end) => end === null || end.type === "done");
  });
  return new Set(kept.flat().map(({ id }) => id));
}
