import { benchPictures } from "./bench_data.ts";
import { seedbedGrid } from "./grid_bench.ts";
import { GRID_SPLITS } from "./grid_settings.ts";
import { type BenchReport, numberText } from "./report.ts";
import { median } from "./statistics.ts";
import { timedRun } from "./timed_run.ts";
import { INPUT_DIM } from "./workloads.ts";

const TEST_ROWS = 10_000;
const MB = 1e6;

/** Measures the most memory that a run holds: without a trial, with one worker, with two. */
export async function memoryBench({ quick }: { readonly quick: boolean }): Promise<BenchReport> {
  const counts = [0, 1, 2];
  const peaks = counts.map(() => [] as number[]);
  for (let round = 0; round < (quick ? 1 : 3); round++) {
    for (const workers of counts) {
      const size = { workers, epochs: 1, trials: workers, test: TEST_ROWS };
      const run = await timedRun(seedbedGrid(size));
      peaks[workers].push(Number(run.ending) / MB);
    }
  }
  const { about } = await benchPictures();
  const data = (GRID_SPLITS.train + GRID_SPLITS.validation + TEST_ROWS) * INPUT_DIM / MB;
  const peak = peaks.map(median);
  const perWorker = peak.map((value, workers) => (value - data) / workers);
  return {
    name: "memory",
    tables: [{
      title: `Peak memory of a run on CIFAR-10 or its like, which takes ${data.toFixed(0)} MB, in MB`,
      columns: ["workers", "peak", "less the data", "less the data, a worker", "more than one worker less"],
      rows: counts.map((workers) => [
        String(workers),
        numberText(peak[workers]),
        numberText(peak[workers] - data),
        workers === 0 ? "" : numberText(perWorker[workers]),
        workers === 0 ? "" : numberText(peak[workers] - peak[workers - 1]),
      ]),
      notes: [
        "The peak of the whole process as the system counts it; the runtime itself is in every row.",
        `The data are ${about}.`,
      ],
    }],
    records: counts.map((workers) => ({ workers, peakMb: peak[workers], dataMb: data })),
    targets: [
      {
        name: "memory of two workers and the runtime, less the data, a worker",
        measured: perWorker[2],
        ...TARGET,
      },
      {
        name: "memory of two workers, less a run without one, a worker",
        measured: (peak[2] - peak[0]) / 2,
        ...TARGET,
      },
    ],
  };
}

const TARGET = { bound: 60, direction: "at most", unit: "MB" } as const;
