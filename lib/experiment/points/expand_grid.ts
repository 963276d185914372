import { NUMERICS_VERSION } from "../../core/facts/numerics_version.ts";
import { digestJson, type Json } from "../../core/numbers/digest.ts";
import type { DataSpec } from "../../data/base/data_spec.ts";
import type { DuplicatePoint, Grid } from "../declaration/grid.ts";
import type { Trial } from "../trial/trial.ts";
import type { Declaration } from "./expand_points.ts";

/**
 * Makes the trials of an experiment's points, in grid order: the last axis fastest, then the repeats, then the folds.
 *
 * A trial's id is a digest of everything that determines its result, and of nothing else. Extending, reordering or
 * renaming an axis or adding a repeat therefore changes no other trial. Points with the same trial run once.
 *
 * @param options.dataDigest SHA-256 that identifies the data and their splits, or a function of the data that returns it.
 * The command line takes it from the bytes of the data; a program of one's own may give any text that changes when they do.
 *
 * @example
 * ```ts
 * import { blobs, defineExperiment, expandGrid, expandPoints } from "@seedbed/seedbed";
 * import { assertEquals } from "@std/assert";
 *
 * const experiment = defineExperiment({
 *   name: "blobs_width",
 *   question: "How wide a net separates three blobs?",
 *   seed: 231,
 *   repeats: 2,
 *   data: blobs({ numClasses: 3, inputDim: 2, spread: 0.3, train: 300, validation: 100, test: 100 }),
 *   grid: { width: [4, 16] },
 *   trial: ({ width }) => ({
 *     model: { hiddenDims: [width] },
 *     solver: { optimizer: { name: "adam", learningRate: 1e-2 }, batchSize: 50, epochs: 4 },
 *   }),
 * });
 * const { trials } = expandGrid(expandPoints(experiment), { dataDigest: "blobs of seed 0" });
 * assertEquals(trials.map(({ point, repeat }) => [point.width, repeat]), [[4, 0], [4, 1], [16, 0], [16, 1]]);
 * ```
 */
export function expandGrid(
  { experiment, points, settings, skipped }: Declaration,
  { dataDigest }: { readonly dataDigest: string | ((data: DataSpec) => string) },
): Grid {
  const { seed, repeats } = experiment;
  const digestOf = typeof dataDigest === "string" ? () => dataDigest : dataDigest;
  const trials = new Map<string, Trial>();
  const duplicates: DuplicatePoint[] = [];
  for (const [index, point] of points.entries()) {
    const dataDigest = digestOf(settings[index].data);
    const { folds } = settings[index].data;
    for (let repeat = 0; repeat < repeats; repeat++) {
      for (let fold = 0; fold < (folds ?? 1); fold++) {
        const own = folds === undefined ? {} : { fold };
        const identity = { ...settings[index], dataDigest, seed, repeat, ...own };
        const id = trialId(identity);
        const earlier = trials.get(id);
        if (earlier === undefined) trials.set(id, { id, point, ...identity });
        else if (repeat === 0 && fold === 0) duplicates.push({ point, sameAs: earlier.point });
      }
    }
  }
  return { trials: [...trials.values()], duplicates, skipped };
}

type Identity = Pick<Trial, "dataDigest" | "model" | "solver" | "seed" | "repeat" | "fold">;

function trialId({ dataDigest, model, solver, seed, repeat, fold }: Identity): string {
  const own = fold === undefined ? {} : { fold };
  const identity = { data: dataDigest, model, solver, seed, repeat, ...own, numerics: NUMERICS_VERSION };
  return digestJson(identity as unknown as Json).slice(0, 16);
}
