import { seedbedGrid } from "./grid_bench.ts";
import { type BenchReport, numberText } from "./report.ts";
import { median } from "./statistics.ts";
import { between, timedRun } from "./timed_run.ts";

/** Measures how much faster the same trials go on more workers, up to one a processor. */
export async function scalingBench({ quick }: { readonly quick: boolean }): Promise<BenchReport> {
  const size = { epochs: quick ? 1 : 2, trials: quick ? 2 : 4, test: 1_000 };
  const counts = [1, 2, ...(navigator.hardwareConcurrency >= 4 ? [4] : [])];
  const times = counts.map(() => [] as number[]);
  for (let round = 0; round < (quick ? 2 : 7); round++) {
    for (let turn = 0; turn < counts.length; turn++) {
      const index = (turn + round) % counts.length;
      const run = await timedRun(seedbedGrid("Seedbed", { ...size, workers: counts[index] }));
      times[index].push(between(run, ["started", "ended"]));
    }
  }
  const speedups = times.map((own) => median(own.map((time, round) => times[0][round] / time)));
  const epochs = size.trials * size.epochs;
  return {
    name: "scaling",
    tables: [{
      title: `Scaling: ${size.trials} trials of ${size.epochs} epochs of the reference's net`,
      columns: ["workers", "seconds (median)", "epochs/s", "throughput of one worker"],
      rows: counts.map((workers, i) => [
        String(workers),
        numberText(median(times[i]) / 1000),
        numberText(1000 * epochs / median(times[i])),
        numberText(speedups[i]),
      ]),
      notes: [
        "Times run from the first trial's start to the last one's end, the workers' own start included.",
      ],
    }],
    records: counts.map((workers, i) => ({ workers, medianMs: median(times[i]), speedup: speedups[i] })),
    targets: [{
      name: "throughput of two workers to one",
      measured: speedups[1],
      bound: 1.8,
      direction: "at least",
      unit: "times",
    }],
  };
}
