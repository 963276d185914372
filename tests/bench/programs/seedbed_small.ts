/**
 * Runs small trials one after the other on this thread: `seedbed_small.ts KERNELS`; its work is `trial`, and it prints the
 * mean losses of the first trial's epochs.
 */
import type { KernelKind } from "../../../lib/core/facts/kernel_kind.ts";
import { generateBlobs } from "../../../lib/data/generate_blobs.ts";
import { expandGrid } from "../../../lib/experiment/points/expand_grid.ts";
import { expandPoints } from "../../../lib/experiment/points/expand_points.ts";
import { runTrial } from "../../../lib/experiment/trial/run_trial.ts";
import type { Trial } from "../../../lib/experiment/trial/trial.ts";
import { serve } from "./serve.ts";
import experiment from "./small_trials.ts";

const kernels = Deno.args[0] as KernelKind;
if (experiment.data.kind !== "blobs") {
  throw new Error("Cannot measure small trials: their data must be blobs");
}
const dataset = generateBlobs(experiment.data);
const { trials } = expandGrid(expandPoints(experiment), { dataDigest: "blobs" });
let next = 0;

function lossesOf(trial: Trial): number[] {
  const losses: number[] = [];
  for (const { event } of runTrial(trial, { dataset, kernels })) {
    if (event.type === "failed" || event.type === "diverged") throw new Error(event.reason);
    if (event.type === "epoch" && event.loss !== null) losses.push(event.loss);
  }
  return losses;
}

await serve({
  trial(count) {
    for (let i = 0; i < count; i++) lossesOf(trials[next++ % trials.length]);
  },
}, {
  about: `Deno ${Deno.version.deno}, V8 ${Deno.version.v8}, kernels ${kernels}`,
  questions: { losses: () => lossesOf(trials.at(-1)!) },
});
