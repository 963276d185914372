import { ceilingProgram } from "./ceilings.ts";
import { seedbedGrid } from "./grid_bench.ts";
import { type RunningProgram, startProgram } from "./program.ts";
import { type BenchReport, numberText } from "./report.ts";
import { median } from "./statistics.ts";
import { between, timedRun } from "./timed_run.ts";

/**
 * Measures how much faster the same trials go on two workers than on one.
 *
 * Virtual processors may share a core: the same rounds measure what a second process adds to arithmetic on registers.
 */
export async function scalingBench({ quick }: { readonly quick: boolean }): Promise<BenchReport> {
  const size = { epochs: quick ? 1 : 2, trials: quick ? 2 : 4, test: 1_000 };
  const ceiling = await startCeilings();
  const times: { readonly one: number[]; readonly two: number[] } = { one: [], two: [] };
  const machine: number[] = [];
  try {
    for (let round = 0; round < (quick ? 3 : 9); round++) {
      const order = round % 2 === 0 ? [1, 2] : [2, 1];
      for (const workers of order) {
        const run = await timedRun(seedbedGrid({ ...size, workers }));
        times[workers === 1 ? "one" : "two"].push(between(run, ["started", "ended"]));
        machine.push(await measureTogether(ceiling));
      }
    }
  } finally {
    for (const program of ceiling) await program.close();
  }
  const speedup = median(times.one.map((time, round) => time / times.two[round]));
  const epochsPerSecond = (own: readonly number[]) => 1000 * size.trials * size.epochs / median(own);
  return {
    name: "scaling",
    tables: [{
      title: `Scaling: ${size.trials} trials of ${size.epochs} epochs of the reference's net`,
      columns: ["workers", "seconds (median)", "epochs/s", "throughput of one"],
      rows: [
        ["1", numberText(median(times.one) / 1000), numberText(epochsPerSecond(times.one)), "1"],
        [
          "2",
          numberText(median(times.two) / 1000),
          numberText(epochsPerSecond(times.two)),
          numberText(speedup),
        ],
        ["2 processes, registers only", "", "", numberText(median(machine))],
      ],
      notes: [
        "Times run from the first trial's start to the last one's end, the workers' own start included.",
        "The last row is what the machine itself gives to a second process in the same rounds.",
      ],
    }],
    records: [
      { workers: 1, medianMs: median(times.one), speedup: 1 },
      { workers: 2, medianMs: median(times.two), speedup },
      { workers: 2, medianMs: null, speedup: median(machine), program: "ceiling" },
    ],
    targets: [{
      name: "throughput of two workers to one",
      measured: speedup,
      bound: 1.8,
      direction: "at least",
      unit: "times",
    }],
  };
}

/** Starts two programs that only compute, or none where they cannot be built. */
async function startCeilings(): Promise<readonly RunningProgram[]> {
  const program = await ceilingProgram();
  return program === null ? [] : [await startProgram(program), await startProgram(program)];
}

/** Returns how many times the arithmetic of one process two do at once; NaN without programs. */
async function measureTogether(programs: readonly RunningProgram[]): Promise<number> {
  if (programs.length === 0) return NaN;
  const count = 1_000;
  const alone = await programs[0].run("fma256", count);
  const together = await Promise.all(programs.map((program) => program.run("fma256", count)));
  return together.reduce((sum, time) => sum + alone / time, 0);
}
