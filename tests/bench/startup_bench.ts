import { programEnvironment } from "./environment.ts";
import { type BenchReport, numberText } from "./report.ts";
import { median, quantile } from "./statistics.ts";
import { BENCH_DIR } from "./tools.ts";

/** Measures how long it takes from the command to the first trial, with the data in the cache. */
export async function startupBench({ quick }: { readonly quick: boolean }): Promise<BenchReport> {
  const starts: Start[] = [];
  // The first run may have to fetch the data, and fills the system's cache.
  for (let round = -1; round < (quick ? 3 : 11); round++) {
    const start = await measureStart();
    if (round >= 0) starts.push(start);
  }
  const rows = [
    { until: "the grid is planned", times: starts.map(({ plannedMs }) => plannedMs) },
    { until: "the first measurement is in the journal", times: starts.map(({ measuredMs }) => measuredMs) },
  ];
  return {
    name: "startup",
    tables: [{
      title: "Start-up: milliseconds from `deno task run` with CIFAR-10 in the cache, two workers",
      columns: ["until", "median", "p10"],
      rows: rows.map((
        { until, times },
      ) => [until, numberText(median(times)), numberText(quantile(times, 0.1))]),
      notes: [
        "A trial begins by measuring the untrained net, so that its start lies a little before the first measurement.",
      ],
    }],
    records: rows.map(({ until, times }) => ({ until, medianMs: median(times) })),
    targets: [{
      name: "first trial has started, by its first measurement",
      measured: median(rows[1].times),
      bound: 1_000,
      direction: "at most",
      unit: "ms",
    }],
  };
}

interface Start {
  readonly plannedMs: number;
  readonly measuredMs: number;
}

/** Starts the command, waits for the first measurement and kills it. */
async function measureStart(): Promise<Start> {
  const results = await Deno.makeTempDir({ prefix: "seedbed_bench_" });
  const file = `${BENCH_DIR}/programs/reference_grid.ts`;
  const begin = performance.now();
  const process = new Deno.Command(Deno.execPath(), {
    args: ["task", "run", file, "--results", results, "--workers", "2"],
    cwd: `${BENCH_DIR}/../..`,
    env: programEnvironment().kept,
    clearEnv: true,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  let plannedMs = NaN;
  let said = "";
  const listening = (async () => {
    for await (const chunk of process.stderr.pipeThrough(new TextDecoderStream())) {
      said += chunk;
      if (said.includes("to run\n")) plannedMs ||= performance.now() - begin;
    }
  })();
  let hasEnded = false;
  process.status.then(() => hasEnded = true);
  const journal = `${results}/reference_grid/journal.jsonl`;
  while (!(await Deno.readTextFile(journal).catch(() => "")).includes('"type":"epoch"')) {
    if (hasEnded) {
      throw new Error(`Cannot measure the start: the command ended, ${said.trim().split("\n").at(-1)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  const measuredMs = performance.now() - begin;
  // The task passes an interruption on to the command, which it would not do with a kill.
  process.kill("SIGINT");
  await process.status;
  await listening;
  await Deno.remove(results, { recursive: true });
  return { plannedMs, measuredMs };
}
