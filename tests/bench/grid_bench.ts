import { cifar10 } from "../../lib/data/cifar10.ts";
import { loadDataset } from "../../lib/data/load_dataset.ts";
import { GRID, GRID_SPLITS, type GridSettings } from "./grid_settings.ts";
import { V8_FLAGS } from "./machine.ts";
import type { Program } from "./program.ts";
import { type BenchReport, numberText, type Table, type Target } from "./report.ts";
import { median } from "./statistics.ts";
import { between, timedRun } from "./timed_run.ts";
import { AVX2_KERNELS, BENCH_DIR, benchFolder, cacheFolder, denoProgram, ONE_THREAD } from "./tools.ts";

/** What the benches of whole runs are given. */
export interface RunsOptions {
  readonly quick: boolean;
  /** A Python with NumPy and perhaps PyTorch; null to leave them out. */
  readonly python: string | null;
  readonly hasTorch: boolean;
}

/** Returns Seedbed's program for a grid. */
export function seedbedGrid(name: string, settings: Omit<GridSettings, "cacheDir">): Program {
  const args = [JSON.stringify({ ...settings, cacheDir: cacheFolder() })];
  return denoProgram(name, { script: "programs/seedbed_grid.ts", args, v8Flags: V8_FLAGS });
}

/** Measures the reference's whole grid on two workers, against two processes of each Python peer. */
export async function gridBench({ quick, python, hasTorch }: RunsOptions): Promise<BenchReport> {
  const size = { workers: 2, epochs: quick ? 1 : 5, trials: quick ? 2 : 6 };
  const programs = [
    seedbedGrid("Seedbed", { ...size, test: 1_000 }),
    ...(python === null ? [] : await pythonGrids(python, { size, hasTorch })),
  ];
  const runs = programs.map(({ name }) => ({ name, training: [] as number[], whole: [] as number[] }));
  for (let round = 0; round < (quick ? 1 : 3); round++) {
    for (let turn = 0; turn < programs.length; turn++) {
      const index = (turn + round) % programs.length;
      const run = await timedRun(programs[index]);
      runs[index].training.push(between(run, ["started", "ended"]) / size.trials);
      runs[index].whole.push(run.wallMs / size.trials);
    }
  }
  return {
    name: "grid",
    tables: [toTable(runs, size)],
    records: runs.map(({ name, training, whole }) => ({
      program: name,
      ...size,
      trainingMsPerTrial: median(training),
      wholeMsPerTrial: median(whole),
      seedbedIsFasterBy: ratio(runs[0], { name, training, whole }),
    })),
    targets: toTargets(runs),
  };
}

interface Runs {
  readonly name: string;
  /** Milliseconds a trial from the first trial's start to the last one's end, by round. */
  readonly training: readonly number[];
  /** The same from the command to the end of the process. */
  readonly whole: readonly number[];
}

type Size = Pick<GridSettings, "workers" | "epochs" | "trials">;

function ratio(fast: Runs, slow: Runs): number {
  return median(slow.training.map((time, round) => time / fast.training[round]));
}

function toTable(runs: readonly Runs[], { workers, epochs, trials }: Size): Table {
  return {
    title:
      `Reference grid: ${trials} trials of ${epochs} epochs, ${workers} workers or processes, seconds a trial`,
    columns: ["program", "training", "with start and data", "Seedbed is faster by"],
    rows: runs.map((run) => [
      run.name,
      numberText(median(run.training) / 1000),
      numberText(median(run.whole) / 1000),
      run === runs[0] ? "" : numberText(ratio(runs[0], run)),
    ]),
    notes: [
      "Training runs from the first trial's start to the last one's end, evaluations included; the ratio is of that.",
      "Seconds a trial are those of the grid divided by its trials: two of them run at a time.",
    ],
  };
}

function toTargets(runs: readonly Runs[]): Target[] {
  const against = (start: string) => {
    const ratios = runs.filter(({ name }) => name.startsWith(start)).map((run) => ratio(runs[0], run));
    return ratios.length === 0 ? NaN : Math.min(...ratios);
  };
  return ["PyTorch", "NumPy"].map((name) => ({
    name: `grid, a trial, to ${name}`,
    measured: against(name),
    bound: 1.5,
    direction: "at least",
    unit: "times",
  }));
}

interface PythonOptions {
  readonly size: Size;
  readonly hasTorch: boolean;
}

async function pythonGrids(python: string, { size, hasTorch }: PythonOptions): Promise<Program[]> {
  const settings = JSON.stringify({ ...size, ...GRID, folder: await writeRawImages() });
  const program = (name: string, [script, ...rest]: readonly string[]): Program => ({
    name,
    command: python,
    args: ["-B", `${BENCH_DIR}/peers/${script}`, settings, ...rest],
    env: ONE_THREAD,
  });
  const numpy = program("NumPy", ["numpy_grid.py"]);
  return [
    numpy,
    { ...numpy, name: "256-bit NumPy", env: { ...ONE_THREAD, ...AVX2_KERNELS } },
    ...(hasTorch
      ? [program("PyTorch", ["torch_grid.py"]), program("PyTorch, foreach", ["torch_grid.py", "foreach"])]
      : []),
  ];
}

/** Writes the images that the Python peers train on, as raw bytes, and returns their folder. */
async function writeRawImages(): Promise<string> {
  const folder = await benchFolder();
  const dataset = await loadDataset(cifar10({ ...GRID_SPLITS, test: 1 }), {
    baseDir: ".",
    cacheDir: cacheFolder(),
  });
  for (const split of ["train", "validation"] as const) {
    const { x, labels } = dataset[split];
    await Deno.writeFile(`${folder}/${split}_x.bin`, new Uint8Array(x));
    await Deno.writeFile(`${folder}/${split}_labels.bin`, Uint8Array.from(labels));
  }
  return folder;
}
