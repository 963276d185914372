import { LOCK } from "../setup/test_files.ts";
import { type BenchReport, numberText, type Target } from "./report.ts";
import { seedbedVariants } from "./seedbed_variants.ts";
import { BENCH_DIR } from "./tools.ts";

const ROOT = `${BENCH_DIR}/../..`;
const COMMANDS = ["run", "list", "report", "resume", "check"] as const;
/** Checking runs everything again, and what it adds is seen by then. */
const MOST_CHECKED = 10_000;
const MB = 1e6;

type CommandName = typeof COMMANDS[number];

/** What a command took. */
interface Took {
  readonly seconds: number;
  /** The most memory that its process held; NaN where the system does not keep count. */
  readonly peakMb: number;
}

/** What the commands over a grid of so many trials took. */
interface Measured {
  readonly trials: number;
  readonly took: Readonly<Partial<Record<CommandName, Took>>>;
}

/** Measures what tiny trials cost, and the commands over many of them: seconds, and the most memory that each holds. */
export async function manyBench({ quick }: { readonly quick: boolean }): Promise<BenchReport> {
  const measured: Measured[] = [];
  for (const trials of quick ? [500, 10_000] : [500, 10_000, 100_000]) measured.push(await measure(trials));
  return {
    name: "many",
    tables: [
      {
        title:
          `Many tiny trials (8 inputs, 8 hidden units, 3 epochs) on ${navigator.hardwareConcurrency} workers`,
        columns: ["trials", "seconds", "ms a trial", "ms for each more than the row above", "peak MB"],
        rows: measured.map(({ trials, took: { run } }, index) => [
          String(trials),
          numberText(run!.seconds),
          numberText(1000 * run!.seconds / trials),
          index === 0 ? "" : numberText(msOfMore(measured[index - 1], measured[index])),
          numberText(run!.peakMb),
        ]),
        notes: ["Seconds are those of the whole command, from its start to its end."],
      },
      {
        title: "Commands over them, in seconds",
        columns: [
          "trials",
          "list",
          "report",
          "run, with nothing left to run",
          "check",
          "peak MB of list, report and run",
        ],
        rows: measured.map(({ trials, took }) => [
          String(trials),
          ...(["list", "report", "resume", "check"] as const).map((name) =>
            numberText(took[name]?.seconds ?? NaN)
          ),
          (["list", "report", "resume"] as const).map((name) => numberText(took[name]!.peakMb)).join(", "),
        ]),
        notes: [`More than ${MOST_CHECKED} trials are not checked, which runs them again.`],
      },
    ],
    records: measured.flatMap(({ trials, took }) =>
      Object.entries(took).map(([command, { seconds, peakMb }]) => ({ trials, command, seconds, peakMb }))
    ),
    targets: measured.flatMap(targetsOf),
  };
}

function msOfMore(fewer: Measured, more: Measured): number {
  return 1000 * (more.took.run!.seconds - fewer.took.run!.seconds) / (more.trials - fewer.trials);
}

const AT_MOST = { direction: "at most" } as const;

function targetsOf({ trials, took: { run, list, report, resume } }: Measured): readonly Target[] {
  const ofRun: Target = {
    name: `${trials} tiny trials, each`,
    measured: 1000 * run!.seconds / trials,
    bound: 1.5,
    unit: "ms",
    ...AT_MOST,
  };
  if (trials === 10_000) return [ofRun];
  if (trials < 100_000) return [];
  const memory = (name: string, { peakMb }: Took): Target => ({
    name: `memory of ${name} ${trials} trials`,
    measured: peakMb,
    bound: 1500,
    unit: "MB",
    ...AT_MOST,
  });
  const time = (name: string, { seconds }: Took, bound: number): Target => ({
    name: `${name} ${trials} trials`,
    measured: seconds,
    bound,
    unit: "s",
    ...AT_MOST,
  });
  return [
    ofRun,
    memory("running", run!),
    time("listing", list!, 10),
    time("reporting on", report!, 30),
    memory("reporting on", report!),
    time("going on with a complete run of", resume!, 10),
    memory("going on with a complete run of", resume!),
  ];
}

async function measure(trials: number): Promise<Measured> {
  const folder = await Deno.makeTempDir({ prefix: "seedbed_bench_" });
  try {
    const file = `${folder}/experiments/many_tiny.ts`;
    await Deno.mkdir(`${folder}/experiments`);
    await Deno.writeTextFile(file, experimentText(trials));
    const results = ["--results", `${folder}/results`];
    const args: Readonly<Record<CommandName, readonly string[]>> = {
      run: ["run", file, ...results],
      list: ["list", "--experiments", `${folder}/experiments`, ...results],
      report: ["report", file, ...results],
      resume: ["run", file, ...results],
      check: ["check", file, ...results],
    };
    const took: Partial<Record<CommandName, Took>> = {};
    for (const name of COMMANDS) {
      if (name !== "check" || trials <= MOST_CHECKED) took[name] = await timedCommand(args[name]);
    }
    return { trials, took };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function experimentText(trials: number): string {
  return `import { blobs, defineExperiment } from "${ROOT}/mod.ts";

export default defineExperiment({
  name: "many_tiny",
  question: "What does a tiny trial cost?",
  seed: 231,
  data: blobs({ numClasses: 3, inputDim: 8, spread: 1, train: 120, validation: 60, test: 60 }),
  grid: { rate: Array.from({ length: ${trials} }, (_, i) => (i + 1) / ${trials}) },
  trial: ({ rate }) => ({
    model: { hiddenDims: [8] },
    solver: { optimizer: { name: "sgd", learningRate: rate }, batchSize: 20, epochs: 3 },
  }),
});
`;
}

const LOOK_EVERY_MS = 50;

/** Runs a command of Seedbed to its end, without the launcher, whose process is not the one that takes memory. */
async function timedCommand(args: readonly string[]): Promise<Took> {
  const [{ v8Flags }] = seedbedVariants();
  const flags = [
    "-A",
    "--no-prompt",
    "--unstable-worker-options",
    ...v8Flags.length === 0 ? [] : [`--v8-flags=${v8Flags.join(",")}`],
  ];
  const begin = performance.now();
  const process = new Deno.Command(Deno.execPath(), {
    args: ["run", LOCK, ...flags, "--config", `${ROOT}/deno.json`, `${ROOT}/lib/cli/main.ts`, ...args],
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  let peakMb = NaN;
  // The system keeps the peak; what comes behind the last look is missed.
  const looking = setInterval(() => peakMb = memoryOf(process.pid) ?? peakMb, LOOK_EVERY_MS);
  try {
    const { success, stderr } = await process.output();
    if (!success) {
      const said = new TextDecoder().decode(stderr).trim().split("\n").at(-1);
      throw new Error(`Cannot measure ${args[0]}: it failed, ${said}`);
    }
    return { seconds: (performance.now() - begin) / 1000, peakMb };
  } finally {
    clearInterval(looking);
  }
}

/** Returns the most memory that a process has held until now, in MB, or null if that is not known any more. */
function memoryOf(pid: number): number | null {
  try {
    const kb = /VmHWM:\s+(\d+) kB/.exec(Deno.readTextFileSync(`/proc/${pid}/status`))?.[1];
    return kb === undefined ? null : 1024 * Number(kb) / MB;
  } catch {
    return null;
  }
}
