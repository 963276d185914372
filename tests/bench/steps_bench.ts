import { alternate, type Contestant, type Effort, type Rates, speedRatio } from "./alternate.ts";
import { V8_FLAGS } from "./machine.ts";
import type { Peer } from "./peers.ts";
import { pinned, type RunningProgram, startProgram } from "./program.ts";
import { type BenchReport, numberText, type Record, type Table, type Target } from "./report.ts";
import { denoProgram } from "./tools.ts";
import { stepFlops, type Workload, WORKLOADS } from "./workloads.ts";

/** What the benches of single-threaded programs are given. */
export interface StepsOptions {
  readonly effort: Effort;
  readonly peers: readonly Peer[];
  /** The processor on which every program runs, or null for any. */
  readonly processor: number | null;
}

/** Measures the training step of every workload on one thread, against the peers in the same run. */
export async function stepsBench(options: StepsOptions): Promise<BenchReport> {
  const results: WorkloadResult[] = [];
  for (const workload of WORKLOADS) results.push(await measure(workload, options));
  return {
    name: "steps",
    tables: results.map(toTable),
    records: results.flatMap(toRecords),
    targets: results.flatMap(toTargets),
  };
}

interface WorkloadResult {
  readonly workload: Workload;
  /** Seedbed first. */
  readonly rates: readonly Rates[];
  readonly about: readonly string[];
  readonly peers: readonly Peer[];
}

async function measure(workload: Workload, options: StepsOptions): Promise<WorkloadResult> {
  const { effort, peers, processor } = options;
  const seedbed = { script: "programs/seedbed_step.ts", args: [workload.name] };
  const programs = [
    denoProgram("Seedbed", { ...seedbed, v8Flags: V8_FLAGS }),
    denoProgram("Seedbed, no flags", seedbed),
    ...peers.map((peer) => peer.stepProgram(workload)).filter((program) => program !== null),
  ];
  const running: RunningProgram[] = [];
  try {
    for (const program of programs) running.push(await startProgram(pinned(program, { processor })));
    const contestants: Contestant[] = running.map((program) => ({ program, work: "step" }));
    const rates = await alternate(contestants, effort);
    return { workload, rates, about: running.map(({ name, about }) => `${name}: ${about}.`), peers };
  } finally {
    for (const program of running) await program.close();
  }
}

function toTable({ workload, rates, about }: WorkloadResult): Table {
  const megaflops = stepFlops(workload) / 1e6;
  return {
    title:
      `Training step, ${workload.name}: [${workload.hiddenDims.join(", ")}], batch ${workload.batchSize}, ` +
      `${megaflops.toFixed(0)} MFLOP, one thread`,
    columns: ["program", "ms (median)", "ms (p10)", "steps/s", "GFLOP/s", "Seedbed is faster by"],
    rows: rates.map((rate) => [
      rate.name,
      numberText(rate.medianMs),
      numberText(rate.p10Ms),
      numberText(1000 / rate.medianMs),
      numberText(megaflops / rate.medianMs),
      rate === rates[0] ? "" : numberText(speedRatio(rates[0], rate)),
    ]),
    notes: about,
  };
}

function toRecords({ workload, rates }: WorkloadResult): Record[] {
  return rates.map((rate) => ({
    work: workload.name,
    program: rate.name,
    medianMs: rate.medianMs,
    p10Ms: rate.p10Ms,
    rounds: rate.rounds.filter((time) => time !== null).length,
    stepsPerSecond: 1000 / rate.medianMs,
    gflops: stepFlops(workload) / rate.medianMs / 1e6,
    seedbedIsFasterBy: speedRatio(rates[0], rate),
  }));
}

/** The least ratio to PyTorch at its best, where there is a target. */
const PYTORCH_BOUNDS: Readonly<{ [work: string]: number }> = { plain: 1.4, batchnorm: 1.5, wide: 0.9 };

function toTargets({ workload, rates, peers }: WorkloadResult): Target[] {
  const slowest = (chosen: readonly Peer[]) => {
    const ratios = rates.filter(({ name }) => chosen.some((peer) => peer.name === name))
      .map((rate) => speedRatio(rates[0], rate));
    return ratios.length === 0 ? NaN : Math.min(...ratios);
  };
  const bound = PYTORCH_BOUNDS[workload.name];
  const torch = slowest(peers.filter(({ name }) => name.startsWith("PyTorch")));
  const javaScript = slowest(peers.filter(({ language }) => language === "JavaScript"));
  const target = { direction: "at least", unit: "times" } as const;
  const step = `step, ${workload.name}, to the`;
  return [
    ...(bound === undefined ? [] : [{ name: `${step} faster PyTorch`, measured: torch, bound, ...target }]),
    { name: `${step} fastest JavaScript peer`, measured: javaScript, bound: 20, ...target },
  ];
}
