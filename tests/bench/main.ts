import { InputError } from "../../lib/core/check/errors.ts";
import { dashboardBench } from "./dashboard_bench.ts";
import { programEnvironment } from "./environment.ts";
import { gridBench } from "./grid_bench.ts";
import { describeMachine, processorToPin } from "./machine.ts";
import { manyBench } from "./many_bench.ts";
import { memoryBench } from "./memory_bench.ts";
import { type BenchName, type BenchOptions, effortOf, parseOptions } from "./options.ts";
import { findPeers, NO_PEERS, type PeerSearch } from "./peers.ts";
import { productsBench } from "./products_bench.ts";
import { profileBench } from "./profile_bench.ts";
import { queueBench } from "./queue_bench.ts";
import type { BenchReport } from "./report.ts";
import { ANALYSIS_HEADING, type BenchResults, resultsMarkdown } from "./results_markdown.ts";
import { scalingBench } from "./scaling_bench.ts";
import { smallBench } from "./small_bench.ts";
import { startupBench } from "./startup_bench.ts";
import { stepsBench } from "./steps_bench.ts";
import { reportText, targetsText } from "./text_table.ts";
import { BENCH_DIR } from "./tools.ts";

/** Runs the benchmark from the command line; `parseOptions` says what that may hold. */
async function main(args: readonly string[]): Promise<void> {
  const options = parseOptions(args);
  const machine = await describeMachine();
  const { unset } = programEnvironment();
  for (const variable of unset) console.error(`Unset for every program: ${variable}`);
  const peers = options.peers ? await findPeers() : NO_PEERS;
  if (options.peers) {
    for (const { name, reason } of peers.absent) {
      console.error(`Not set up, so not measured: ${name}: ${reason}`);
    }
  }
  const benches = await bindBenches(options, peers);
  const reports: BenchReport[] = [];
  for (const name of options.benches) {
    console.error(`Measuring: ${name}`);
    reports.push(await benches[name]());
    console.log(reportText(reports.at(-1)!));
    // Saved after each bench: a run takes long, and its first results outlive a later failure.
    await save({
      date: new Date().toISOString().slice(0, 10),
      command: ["deno task bench", ...args].join(" "),
      machine,
      absentPeers: options.peers ? peers.absent : [],
      unset,
      reports,
    }, options);
  }
  console.log(targetsText(reports.flatMap(({ targets }) => targets)));
}

type Benches = Readonly<{ [name in BenchName]: () => Promise<BenchReport> }>;

async function bindBenches(options: BenchOptions, peers: PeerSearch): Promise<Benches> {
  const steps = { effort: effortOf(options), peers, processor: await processorToPin() };
  const { quick } = options;
  return {
    products: () => productsBench(steps),
    steps: () => stepsBench(steps),
    startup: () => startupBench({ quick }),
    memory: () => memoryBench({ quick }),
    scaling: () => scalingBench({ quick }),
    grid: () => gridBench({ quick, peers }),
    many: () => manyBench({ quick }),
    dashboard: () => dashboardBench({ quick }),
    profile: () => profileBench(steps),
    small: () => smallBench({ ...steps, quick }),
    queue: () => queueBench({ quick }),
  };
}

async function save(results: BenchResults, { json, writeResults }: BenchOptions): Promise<void> {
  if (json !== null) await Deno.writeTextFile(json, JSON.stringify(results, null, 2) + "\n");
  if (writeResults) {
    const path = `${BENCH_DIR}/RESULTS.md`;
    // The analysis is written by hand and outlives new numbers.
    const [, analysis = ""] = (await Deno.readTextFile(path).catch(() => "")).split(`${ANALYSIS_HEADING}\n`);
    await Deno.writeTextFile(path, `${resultsMarkdown(results)}${ANALYSIS_HEADING}\n${analysis}`);
    await new Deno.Command(Deno.execPath(), { args: ["fmt", "--quiet", path] }).output();
  }
}

if (import.meta.main) {
  try {
    await main(Deno.args);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    console.error(error.message);
    Deno.exit(2);
  }
}
