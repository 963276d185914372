/**
 * Runs the reference's grid by the workers engine: `seedbed_grid.ts SETTINGS`.
 *
 * It says `loaded`, `started` at the first trial, `loss TRIAL LOSS` with the mean loss of a trial's first epoch, and
 * `ended` with its peak memory.
 */
import { cifar10 } from "../../../lib/data/official/cifar10.ts";
import { workersEngine } from "../../../lib/engine/threads/workers.ts";
import { defineExperiment } from "../../../lib/experiment/declaration/define_experiment.ts";
import { expandGrid } from "../../../lib/experiment/points/expand_grid.ts";
import { expandPoints } from "../../../lib/experiment/points/expand_points.ts";
import { loadBenchData } from "../bench_data.ts";
import { GRID, GRID_SPLITS, type GridSettings } from "../grid_settings.ts";

const { workers, epochs, trials: count, test, kernels } = JSON.parse(Deno.args[0]) as GridSettings;
const experiment = defineExperiment({
  name: "reference_grid",
  question: "How long does the reference's grid take?",
  seed: 231,
  data: cifar10({ ...GRID_SPLITS, test }),
  grid: GRID,
  trial: ({ weightScale, learningRate }) => ({
    model: { hiddenDims: [100, 100, 100, 100], weightScale },
    solver: { optimizer: { name: "adam", learningRate }, batchSize: 100, epochs },
  }),
});
const dataset = await loadBenchData(experiment.data);
console.log("loaded");
const trials = expandGrid(expandPoints(experiment), { dataDigest: "cifar10" }).trials.slice(0, count);
const indices = new Map(trials.map(({ id }, index) => [id, index]));
let hasStarted = false;
if (trials.length > 0) {
  const { signal } = new AbortController();
  for await (
    const { event } of workersEngine({ workers })(trials, { datasets: { cifar10: dataset }, kernels, signal })
  ) {
    if (event.type === "failed" || event.type === "diverged") throw new Error(event.reason);
    if (event.type === "started" && !hasStarted) console.log("started");
    hasStarted = true;
    if (event.type === "epoch" && event.epoch === 1) {
      console.log(`loss ${indices.get(event.trial)} ${event.loss}`);
    }
  }
}
console.log(`ended ${peakBytes()}`);

/** The most memory that this process ever held, or holds now where the system does not keep count. */
function peakBytes(): number {
  try {
    const status = Deno.readTextFileSync("/proc/self/status");
    return 1024 * Number(status.match(/^VmHWM:\s*(\d+) kB$/m)![1]);
  } catch {
    return Deno.memoryUsage().rss;
  }
}
