import { NUMERICS_VERSION } from "../../core/facts/numerics_version.ts";
import { digestJson, type Json } from "../../core/numbers/digest.ts";
import type { DuplicatePoint, Grid } from "../declaration/grid.ts";
import type { Trial } from "../trial/trial.ts";
import { type Declaration, gridPoints, type PointSettings } from "./expand_points.ts";

/**
 * Makes the trials of an experiment's points, in grid order: the last axis fastest, then the repeats.
 *
 * A trial's id is a digest of everything that determines its result, and of nothing else. Extending, reordering or
 * renaming an axis or adding a repeat therefore changes no other trial. Points with the same trial run once.
 *
 * @param options.dataDigest SHA-256 that identifies the data and their splits.
 */
export function expandGrid(
  { experiment, settings }: Declaration,
  { dataDigest }: { readonly dataDigest: string },
): Grid {
  const { seed, repeats, data, grid } = experiment;
  const trials = new Map<string, Trial>();
  const duplicates: DuplicatePoint[] = [];
  for (const [index, point] of gridPoints(grid).entries()) {
    for (let repeat = 0; repeat < repeats; repeat++) {
      const id = trialId({ ...settings[index], dataDigest, seed, repeat });
      const earlier = trials.get(id);
      if (earlier === undefined) trials.set(id, { id, point, repeat, seed, data, ...settings[index] });
      else if (repeat === 0) duplicates.push({ point, sameAs: earlier.point });
    }
  }
  return { trials: [...trials.values()], duplicates };
}

interface Identity extends PointSettings {
  readonly dataDigest: string;
  readonly seed: number;
  readonly repeat: number;
}

function trialId({ dataDigest, model, solver, seed, repeat }: Identity): string {
  const identity = { data: dataDigest, model, solver, seed, repeat, numerics: NUMERICS_VERSION };
  return digestJson(identity as unknown as Json).slice(0, 16);
}
