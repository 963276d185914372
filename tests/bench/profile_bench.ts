import { writeInputs } from "./inputs.ts";
import { pinned } from "./program.ts";
import { type BenchReport, numberText, type Table } from "./report.ts";
import { seedbedVariants } from "./seedbed_variants.ts";
import type { StepsOptions } from "./steps_bench.ts";
import { timedRun } from "./timed_run.ts";
import { denoProgram } from "./tools.ts";
import { type Workload, WORKLOADS } from "./workloads.ts";

interface Profile {
  readonly stepMs: number;
  readonly times: readonly KernelShare[];
}

interface KernelShare {
  readonly name: string;
  /** Milliseconds of a step. */
  readonly ms: number;
  /** Calls in a step. */
  readonly calls: number;
}

/** Measures where a training step's time goes, kernel by kernel. */
export async function profileBench({ effort, processor }: StepsOptions): Promise<BenchReport> {
  const tables: Table[] = [];
  const records = [];
  const inputs = await writeInputs();
  const [{ name, kernels, v8Flags }] = seedbedVariants();
  for (const workload of WORKLOADS) {
    const steps = Math.ceil(effort.rounds * (workload.name === "wide" ? 2 : 50));
    const program = denoProgram(name, {
      script: "programs/seedbed_profile.ts",
      args: [workload.name, kernels, String(steps)],
      v8Flags,
      env: { INPUTS_DIR: inputs },
    });
    const { ending } = await timedRun(pinned(program, { processor }));
    const profile = JSON.parse(ending) as Profile;
    tables.push(toTable(workload, profile));
    records.push(...profile.times.map((time) => ({ work: workload.name, ...time })));
  }
  return { name: "profile", tables, records, targets: [] };
}

function toTable({ name }: Workload, { stepMs, times }: Profile): Table {
  const rest = {
    name: "outside the kernels",
    ms: stepMs - times.reduce((sum, { ms }) => sum + ms, 0),
    calls: 1,
  };
  const rows = [...times, rest].sort((a, b) => b.ms - a.ms);
  return {
    title: `Where a step goes, ${name}: ${numberText(stepMs)} ms`,
    columns: ["kernel", "calls", "µs a step", "% of the step", "GFLOP/s"],
    rows: rows.map((row) => [
      row.name,
      String(row.calls),
      numberText(1000 * row.ms),
      numberText(100 * row.ms / stepMs),
      flopsOf(row) === 0 ? "" : numberText(flopsOf(row) / row.ms / 1e6),
    ]),
    notes: ["A clock stands around every kernel, which costs about 0.1 µs a call."],
  };
}

/** Returns the operations of a product in a step, 0 for other kernels. */
function flopsOf({ name, calls }: KernelShare): number {
  const shape = name.match(/^\w+ (\d+)x(\d+)x(\d+)$/);
  return shape === null ? 0 : 2 * calls * Number(shape[1]) * Number(shape[2]) * Number(shape[3]);
}
