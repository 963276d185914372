import { alternate, type Effort, type Rates, speedRatio } from "./alternate.ts";
import { benchPictures } from "./bench_data.ts";
import { boundsFor, FLOAT64_BOUND } from "./bounds.ts";
import { writeInputs } from "./inputs.ts";
import { hasWideVectors } from "./machine.ts";
import { peerTarget } from "./peer_target.ts";
import { JAVASCRIPT, type PeerSearch } from "./peers.ts";
import { pinned, type Program, type RunningProgram, startProgram } from "./program.ts";
import { type BenchReport, numberText, type Record, type Table, type Target } from "./report.ts";
import { isSameWork, type Losses } from "./same_work.ts";
import { float64Variant, seedbedVariants } from "./seedbed_variants.ts";
import { denoProgram } from "./tools.ts";
import { stepFlops, type Workload, WORKLOADS } from "./workloads.ts";

/** What the benches of single-threaded programs are given. */
export interface StepsOptions {
  readonly effort: Effort;
  readonly peers: PeerSearch;
  /** The processor on which every program runs, or null for any. */
  readonly processor: number | null;
}

/** Measures the training step of every workload on one thread, against the peers in the same run. */
export async function stepsBench(options: StepsOptions): Promise<BenchReport> {
  const inputs = await writeInputs();
  const { about } = await benchPictures();
  const isWide = await hasWideVectors();
  const results: WorkloadResult[] = [];
  for (const workload of WORKLOADS) results.push(await measure(workload, { ...options, inputs }));
  return {
    name: "steps",
    tables: results.map((result) => toTable(result, { about })),
    records: results.flatMap(toRecords),
    targets: results.flatMap((result) => toTargets(result, { ...options, isWide })),
  };
}

interface WorkloadResult {
  readonly workload: Workload;
  /** Seedbed first. */
  readonly programs: readonly ProgramResult[];
}

interface ProgramResult {
  readonly rates: Rates;
  readonly about: string;
  /** How many times as fast Seedbed is. */
  readonly ratio: number;
  readonly losses: Losses;
  /** Whether the losses show that it does the same work as Seedbed. */
  readonly isSame: boolean;
  /** Subnormal numbers at the end; null where the program does not say. */
  readonly subnormal: number | null;
}

async function measure(
  workload: Workload,
  { effort, peers, processor, inputs }: StepsOptions & { readonly inputs: string },
): Promise<WorkloadResult> {
  const running: RunningProgram[] = [];
  try {
    for (const program of [...seedbedPrograms(workload), ...peerPrograms(workload, peers)]) {
      const { env } = program;
      running.push(
        await startProgram(pinned({ ...program, env: { ...env, INPUTS_DIR: inputs } }, { processor })),
      );
    }
    const losses: Losses[] = [];
    for (const program of running) losses.push(await program.ask("losses", workload.lossSteps) as Losses);
    // Each slice begins anew: later, units that are dead for long would leave subnormal numbers behind.
    const contestants = running.map((program) => ({ program, work: "step", before: "reset" }));
    const rates = await alternate(contestants, effort);
    const programs: ProgramResult[] = [];
    for (const [i, program] of running.entries()) {
      programs.push({
        rates: rates[i],
        about: `${program.name}: ${program.about}.`,
        ratio: speedRatio(rates[0], rates[i]),
        losses: losses[i],
        isSame: isSameWork(losses[i], { ...workload.agreement, reference: losses[0] }),
        subnormal: await program.ask("subnormal") as number | null,
      });
    }
    return { workload, programs };
  } finally {
    for (const program of running) await program.close();
  }
}

function seedbedPrograms({ name }: Workload): readonly Program[] {
  const variants = [...seedbedVariants(), ...(hasFloat64Row(name) ? [float64Variant()] : [])];
  return variants.map(({ kernels, dtype, ...variant }) =>
    denoProgram(variant.name, {
      script: "programs/seedbed_step.ts",
      args: [name, kernels, dtype],
      v8Flags: variant.v8Flags,
    })
  );
}

function hasFloat64Row(workload: string): boolean {
  return ["plain", "batchnorm"].includes(workload);
}

function peerPrograms(workload: Workload, { found }: PeerSearch): readonly Program[] {
  return found.map((peer) => peer.stepProgram(workload)).filter((program) => program !== null);
}

function toTable({ workload, programs }: WorkloadResult, { about }: { readonly about: string }): Table {
  const { hiddenDims, batchSize, lossSteps, name } = workload;
  const megaflops = stepFlops(workload) / 1e6;
  const subnormal = programs.filter((program) => (program.subnormal ?? 0) > 0);
  const others = programs.filter(({ isSame }) => !isSame).map(({ rates }) => rates.name);
  return {
    title: `Training step, ${name}: [${hiddenDims.join(", ")}], batch ${batchSize}, ` +
      `${megaflops.toFixed(0)} MFLOP, one thread`,
    columns: ["program", "ms (median)", "ms (p10)", "steps/s", "GFLOP/s", "Seedbed is faster by", "loss"],
    rows: programs.map(({ rates, ratio, losses, isSame }, i) => [
      rates.name,
      numberText(rates.medianMs),
      numberText(rates.p10Ms),
      numberText(1000 / rates.medianMs),
      numberText(megaflops / rates.medianMs),
      i === 0 ? "" : isSame ? numberText(ratio) : `(${numberText(ratio)})`,
      losses === null ? "–" : losses.at(-1)!.toFixed(5),
    ]),
    notes: [
      `Each program trains on the same batches of ${about}, from the same parameters, and starts anew before each ` +
      `slice; the loss is that of step ${lossSteps}.`,
      ...(others.length === 0
        ? []
        : [`Other losses, so other work, which counts nothing: ${others.join("; ")}.`]),
      subnormal.length === 0
        ? "No program that can count them held a subnormal number at the end."
        : `Subnormal numbers at the end: ${
          subnormal.map((program) => `${program.rates.name} ${program.subnormal}`).join(", ")
        }.`,
      ...programs.map((program) => program.about),
    ],
  };
}

function toRecords({ workload, programs }: WorkloadResult): Record[] {
  return programs.map(({ rates, ratio, losses, isSame, subnormal }) => ({
    work: workload.name,
    program: rates.name,
    medianMs: rates.medianMs,
    p10Ms: rates.p10Ms,
    rounds: rates.rounds.filter((time) => time !== null).length,
    stepsPerSecond: 1000 / rates.medianMs,
    gflops: stepFlops(workload) / rates.medianMs / 1e6,
    seedbedIsFasterBy: ratio,
    loss: losses?.at(-1) ?? null,
    isSameWork: isSame,
    subnormal,
  }));
}

function toTargets(
  { workload: { name }, programs }: WorkloadResult,
  { peers: { found, absent }, isWide }: StepsOptions & { readonly isWide: boolean },
): Target[] {
  const { numpy, torch, javaScript } = boundsFor({ isWide }).step;
  const against = (library: string, bound: number | undefined): Target[] => {
    if (bound === undefined) return [];
    const names = found.filter((peer) => peer.library === library).map((peer) => peer.name);
    const ratios = programs.filter(({ rates }) => names.includes(rates.name))
      .map(({ ratio, isSame }) => isSame ? ratio : null);
    return [peerTarget({ name: `step, ${name}, to the fastest ${library}`, library, absent, bound, ratios })];
  };
  const float64 = programs.find(({ rates }) => rates.name === float64Variant().name);
  return [
    ...against("NumPy", numpy[name]),
    ...against("PyTorch", torch[name]),
    ...against(JAVASCRIPT, javaScript),
    ...(float64 === undefined ? [] : [
      {
        name: `step, ${name}, float64 to float32`,
        measured: float64.ratio,
        bound: FLOAT64_BOUND,
        direction: "at most",
        unit: "times as long",
      } as const,
    ]),
  ];
}
