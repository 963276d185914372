import { generateBlobs } from "../../lib/data/generate_blobs.ts";
import { FullyConnectedNet } from "../../lib/nn/net/fully_connected_net.ts";
import { loadExperiment } from "../../lib/runner/plan/load_experiment.ts";
import { runExperiment } from "../../lib/runner/run/run_experiment.ts";
import { alternate, type Contestant, speedRatio } from "./alternate.ts";
import { inputWriter } from "./inputs.ts";
import { pinned, type Program, type RunningProgram, startProgram } from "./program.ts";
import experiment from "./programs/small_trials.ts";
import { type BenchReport, numberText } from "./report.ts";
import { isSameWork, type Losses } from "./same_work.ts";
import { seedbedVariants } from "./seedbed_variants.ts";
import { median } from "./statistics.ts";
import type { StepsOptions } from "./steps_bench.ts";
import { BENCH_DIR, denoProgram, ONE_THREAD } from "./tools.ts";

/** A way of running small trials, as measured. */
export interface SmallTrials {
  readonly name: string;
  readonly msPerTrial: number;
  /** How many times as long as Seedbed's `runTrial` it takes, in the same rounds; NaN where it had none. */
  readonly ratio: number;
  /** The mean loss of a trial's last epoch; null where it was not asked for. */
  readonly loss: number | null;
  readonly isSame: boolean;
  readonly about: string;
}

/** Measures trials that train almost nothing: what a trial costs besides its arithmetic. */
export async function smallBench(options: StepsOptions & { readonly quick: boolean }): Promise<BenchReport> {
  const ways = await smallTrials(options);
  const others = ways.filter(({ isSame }) => !isSame).map(({ name }) => name);
  return {
    name: "small",
    tables: [{
      title: `Small trials: ${DIMS[0]} inputs, ${DIMS[1]} hidden, 3 epochs of 4 steps, one thread`,
      columns: ["program", "ms a trial", "Seedbed's runTrial is faster by", "loss"],
      rows: ways.map(({ name, msPerTrial, ratio, loss }, i) => [
        name,
        numberText(msPerTrial),
        i === 0 ? "" : numberText(ratio),
        loss === null ? "" : loss.toFixed(4),
      ]),
      notes: [
        "A whole run is that of an experiment with 500 trials on one worker: its file, its plan, the journal and the " +
        "report are in it.",
        "The programs begin with the same parameters and see the rows in an order of their own; the loss is the mean of " +
        "the last epoch of one trial.",
        ...(others.length === 0
          ? []
          : [`Other losses, so other work, which counts nothing: ${others.join("; ")}.`]),
        ...ways.filter(({ about }) => about !== "").map(({ name, about }) => `${name}: ${about}.`),
      ],
    }],
    records: ways.map(({ name, msPerTrial, ratio, loss, isSame }) => ({
      program: name,
      msPerTrial,
      seedbedIsFasterBy: ratio,
      loss,
      isSameWork: isSame,
    })),
    targets: [],
  };
}

/** Measures Seedbed's `runTrial` first, then its whole run, then scikit-learn where it is set up. */
export async function smallTrials(
  { effort, peers, processor, quick }: StepsOptions & { readonly quick: boolean },
): Promise<readonly SmallTrials[]> {
  const running: RunningProgram[] = [];
  const whole: number[] = [];
  try {
    const entrants = [seedbedTrials(), ...await sklearnTrials(peers)];
    for (const { program } of entrants) running.push(await startProgram(pinned(program, { processor })));
    const losses: Losses[] = [];
    for (const program of running) losses.push(await program.ask("losses") as Losses);
    const contestants: Contestant[] = running.map((program, i) => ({ program, work: entrants[i].work }));
    const rates = await alternate(contestants, effort);
    for (let round = 0; round < (quick ? 1 : 3); round++) whole.push(await wholeRunMs());
    const ways = rates.map((rate, i): SmallTrials => ({
      name: rate.name,
      msPerTrial: rate.medianMs / entrants[i].trials,
      ratio: speedRatio(rates[0], rate) / entrants[i].trials,
      loss: losses[i]?.at(-1) ?? null,
      isSame: isSameWork(losses[i], { ...DRIFT, reference: losses[0] }),
      about: running[i].about,
    }));
    const msPerTrial = median(whole) / TRIALS;
    const run = { name: "Seedbed, whole run", msPerTrial, loss: null, isSame: true, about: "" };
    return [ways[0], { ...run, ratio: msPerTrial / ways[0].msPerTrial }, ...ways.slice(1)];
  } finally {
    for (const program of running) await program.close();
  }
}

const FILE = `${BENCH_DIR}/programs/small_trials.ts`;
const LEARNING_RATES = experiment.grid.learningRate as readonly number[];
const TRIALS = LEARNING_RATES.length;
const DIMS = [8, 8, 3] as const;
/** The losses of twelve steps on rows in another order. */
const DRIFT = { stepTolerance: 0.01, meanTolerance: 0.01 } as const;

/** A program, its work, and how many trials that is. */
interface Entrant {
  readonly program: Program;
  readonly work: string;
  readonly trials: number;
}

function seedbedTrials(): Entrant {
  const [{ name, kernels, v8Flags }] = seedbedVariants();
  const program = denoProgram(`${name}, runTrial`, {
    script: "programs/seedbed_small.ts",
    args: [kernels],
    v8Flags,
  });
  return { program, work: "trial", trials: 1 };
}

async function sklearnTrials({ python: libraries }: StepsOptions["peers"]): Promise<readonly Entrant[]> {
  const library = libraries.find(({ name }) => name === "scikit-learn");
  if (library === undefined) return [];
  const settings = JSON.stringify({ dims: DIMS, batch: 50, epochs: 3, learningRates: LEARNING_RATES });
  const env = { ...ONE_THREAD, INPUTS_DIR: await writeSmallInputs() };
  const program = (name: string, rest: readonly string[]): Program => ({
    name,
    command: library.python,
    args: ["-B", `${BENCH_DIR}/peers/sklearn_small.py`, settings, ...rest],
    env,
  });
  return [
    { program: program("scikit-learn", []), work: "trial", trials: 1 },
    { program: program("scikit-learn, GridSearchCV", ["search"]), work: "search", trials: 50 },
  ];
}

/** Writes the blobs and the initial parameters that scikit-learn starts from. */
async function writeSmallInputs(): Promise<string> {
  const { folder, write } = await inputWriter();
  const { data } = experiment;
  if (data.kind !== "blobs") throw new Error("Cannot measure small trials: their data must be blobs");
  const { mean, ...splits } = generateBlobs(data);
  await write("small_mean", Float32Array.from(mean));
  for (const split of ["train", "validation"] as const) {
    await write(`small_${split}_x`, Float32Array.from(splits[split].x));
    await write(`small_${split}_labels`, Uint8Array.from(splits[split].labels));
  }
  const [inputDim, hidden, numClasses] = DIMS;
  const net = new FullyConnectedNet({ inputDim, hiddenDims: [hidden], numClasses, seed: "231/0" });
  await write("small", net.snapshot());
  return folder;
}

/** Runs the experiment in this process from its file to its report. */
async function wholeRunMs(): Promise<number> {
  const resultsDir = await Deno.makeTempDir({ prefix: "seedbed_bench_" });
  const { kernels } = seedbedVariants()[0];
  try {
    const start = performance.now();
    await runExperiment(await loadExperiment(FILE), {
      workers: 1,
      kernels,
      resultsDir,
      signal: new AbortController().signal,
      clock: () => performance.now(),
      observe: () => {},
    });
    return performance.now() - start;
  } finally {
    await Deno.remove(resultsDir, { recursive: true });
  }
}
