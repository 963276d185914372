import { benchPictures } from "./bench_data.ts";
import { boundsFor } from "./bounds.ts";
import { GRID, type GridSettings } from "./grid_settings.ts";
import { writeInputs } from "./inputs.ts";
import { hasWideVectors } from "./machine.ts";
import { peerTarget } from "./peer_target.ts";
import type { PeerSearch } from "./peers.ts";
import type { Program } from "./program.ts";
import { type BenchReport, numberText, type Table, type Target } from "./report.ts";
import { isSameWork, type Losses } from "./same_work.ts";
import { seedbedVariants } from "./seedbed_variants.ts";
import { median } from "./statistics.ts";
import { between, type TimedRun, timedRun } from "./timed_run.ts";
import { AVX2_KERNELS, BENCH_DIR, denoProgram, ONE_THREAD } from "./tools.ts";

/** Returns Seedbed's program for a grid. */
export function seedbedGrid(
  settings: Omit<GridSettings, "kernels">,
  { name, kernels, v8Flags } = seedbedVariants()[0],
): Program {
  const args = [JSON.stringify({ ...settings, kernels })];
  return denoProgram(name, { script: "programs/seedbed_grid.ts", args, v8Flags });
}

/** Measures the reference's whole grid on two workers, against two processes of each Python peer. */
export async function gridBench(
  { quick, peers }: { readonly quick: boolean; readonly peers: PeerSearch },
): Promise<BenchReport> {
  const { about } = await benchPictures();
  const size = { workers: 2, epochs: quick ? 1 : 5, trials: quick ? 2 : 6 };
  const entrants = [
    ...seedbedEntrants(size),
    ...(peers.python.length === 0 ? [] : pythonEntrants(peers, { size, inputs: await writeInputs() })),
  ];
  const runs: Runs[] = entrants.map(({ library, program: { name } }) => ({
    name,
    library,
    training: [],
    whole: [],
    losses: [],
  }));
  for (let round = 0; round < (quick ? 1 : 3); round++) {
    for (let turn = 0; turn < entrants.length; turn++) {
      const index = (turn + round) % entrants.length;
      const run = await timedRun(entrants[index].program);
      runs[index].training.push(between(run, ["started", "ended"]) / size.trials);
      runs[index].whole.push(run.wallMs / size.trials);
      runs[index].losses = lossesOf(run);
    }
  }
  return {
    name: "grid",
    tables: [toTable(runs, { ...size, about })],
    records: runs.map((run) => ({
      program: run.name,
      ...size,
      trainingMsPerTrial: median(run.training),
      wholeMsPerTrial: median(run.whole),
      seedbedIsFasterBy: ratio(runs[0], run),
      isSameWork: isSame(run, runs[0]),
    })),
    targets: toTargets(runs, { peers, isWide: await hasWideVectors() }),
  };
}

/** A program of the table, and the library that it is of; null for Seedbed's own. */
interface Entrant {
  readonly library: string | null;
  readonly program: Program;
}

interface Runs {
  readonly name: string;
  readonly library: string | null;
  /** Milliseconds a trial from the first trial's start to the last one's end, by round. */
  readonly training: number[];
  /** The same from the command to the end of the process. */
  readonly whole: number[];
  /** The mean loss of each trial's first epoch. */
  losses: Losses;
}

function lossesOf({ lines }: TimedRun): Losses {
  const said = lines.filter((line) => line.startsWith("loss ")).map((line) => line.split(" ").map(Number));
  return said.sort(([, left], [, right]) => left - right).map(([, , loss]) => loss);
}

/** 490 steps of float32, rounded in another order, move the mean loss by less than a thousandth. */
const DRIFT = { stepTolerance: 5e-3, meanTolerance: 5e-3 } as const;

function isSame({ losses }: Runs, { losses: reference }: Runs): boolean {
  return isSameWork(losses, { ...DRIFT, reference });
}

type Size = Pick<GridSettings, "workers" | "epochs" | "trials">;

function ratio(fast: Runs, slow: Runs): number {
  return median(slow.training.map((time, round) => time / fast.training[round]));
}

function toTable(
  runs: readonly Runs[],
  { workers, epochs, trials, about }: Size & { readonly about: string },
): Table {
  const others = runs.filter((run) => !isSame(run, runs[0])).map(({ name }) => name);
  return {
    title:
      `Reference grid: ${trials} trials of ${epochs} epochs, ${workers} workers or processes, seconds a trial`,
    columns: ["program", "training", "with start and data", "Seedbed is faster by", "loss"],
    rows: runs.map((run, i) => [
      run.name,
      numberText(median(run.training) / 1000),
      numberText(median(run.whole) / 1000),
      i === 0
        ? ""
        : isSame(run, runs[0])
        ? numberText(ratio(runs[0], run))
        : `(${numberText(ratio(runs[0], run))})`,
      run.losses?.at(-1)?.toFixed(3) ?? "–",
    ]),
    notes: [
      "Training runs from the first trial's start to the last one's end, evaluations included; the ratio is of that.",
      "Seconds a trial are those of the grid divided by its trials: two of them run at a time.",
      `Each program trains on the same batches of ${about}, from the same parameters; the loss is the mean of the last ` +
      "trial's first epoch.",
      ...(others.length === 0
        ? []
        : [`Other losses, so other work, which counts nothing: ${others.join("; ")}.`]),
    ],
  };
}

function toTargets(
  runs: readonly Runs[],
  { peers: { absent }, isWide }: { readonly peers: PeerSearch; readonly isWide: boolean },
): Target[] {
  const { grid } = boundsFor({ isWide });
  if (grid === undefined) return [];
  return ["PyTorch", "NumPy"].map((library) =>
    peerTarget({
      name: `grid, a trial, to ${library}`,
      library,
      absent,
      bound: grid,
      ratios: runs.filter((run) => run.library === library)
        .map((run) => isSame(run, runs[0]) ? ratio(runs[0], run) : null),
    })
  );
}

/** In a run as it is, and in WebAssembly alone where that is not it. */
function seedbedEntrants(size: Size): readonly Entrant[] {
  const variants = seedbedVariants().filter(({ kernels, v8Flags }) =>
    kernels === "native" || v8Flags.length > 0
  );
  return variants.map((variant) => ({
    library: null,
    program: seedbedGrid({ ...size, test: 1_000 }, variant),
  }));
}

interface PythonOptions {
  readonly size: Size;
  /** The folder of {@link writeInputs}. */
  readonly inputs: string;
}

const SCRIPTS: Readonly<{ [library: string]: readonly PythonScript[] }> = {
  NumPy: [
    { name: "NumPy", args: ["numpy_grid.py"] },
    { name: "256-bit NumPy", args: ["numpy_grid.py"], env: AVX2_KERNELS },
  ],
  PyTorch: [
    { name: "PyTorch", args: ["torch_grid.py"] },
    { name: "PyTorch, foreach", args: ["torch_grid.py", "foreach"] },
  ],
};

interface PythonScript {
  readonly name: string;
  /** The script and what follows the settings. */
  readonly args: readonly [string, ...string[]];
  readonly env?: Readonly<{ [name: string]: string }>;
}

function pythonEntrants(
  { python: libraries }: PeerSearch,
  { size, inputs }: PythonOptions,
): readonly Entrant[] {
  const settings = JSON.stringify({ ...size, ...GRID });
  return libraries.flatMap(({ name: library, python }) =>
    (SCRIPTS[library] ?? []).map(({ name, args: [script, ...rest], env }) => ({
      library,
      program: {
        name,
        command: python,
        args: ["-B", `${BENCH_DIR}/peers/${script}`, settings, ...rest],
        env: { ...ONE_THREAD, ...env, INPUTS_DIR: inputs },
      },
    }))
  );
}
