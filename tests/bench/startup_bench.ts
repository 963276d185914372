import { programEnvironment } from "./environment.ts";
import { type MeasuredCheckout, measuredCheckout } from "./measured_checkout.ts";
import { type BenchReport, numberText, type Target } from "./report.ts";
import { median, quantile } from "./statistics.ts";
import { BENCH_DIR } from "./tools.ts";

/**
 * Measures how long it takes from the command to the first trial, with the data in the cache, and how long
 * `deno task start` takes in all.
 */
export async function startupBench({ quick }: { readonly quick: boolean }): Promise<BenchReport> {
  const checkout = await measuredCheckout();
  const starts: Start[] = [];
  const wholes: number[] = [];
  // The first run may have to fetch the data, and fills the caches of Deno and the system.
  for (let round = -1; round < (quick ? 3 : 11); round++) {
    const start = await measureStart(checkout);
    const whole = await measureWhole();
    if (round < 0) continue;
    starts.push(start);
    wholes.push(whole);
  }
  const rows = ROWS.map((row) => ({ ...row, times: row.timesOf({ starts, wholes }) }));
  return {
    name: "startup",
    tables: [{
      title: "Start-up: milliseconds from the command, warm",
      columns: ["command", "until", "median", "p10"],
      rows: rows.map(({ command, until, times }) => [
        command,
        until,
        numberText(median(times)),
        numberText(quantile(times, 0.1)),
      ]),
      notes: [
        `\`deno task run\` trains on ${checkout.about}, which are in the cache, on two workers.`,
        "A trial begins by measuring the untrained net, so that its start lies a little before the first measurement.",
      ],
    }],
    records: rows.map(({ command, until, times }) => ({ command, until, medianMs: median(times) })),
    targets: rows.map(({ command, until, boundMs, times }): Target => ({
      name: `${command}, until ${until}`,
      measured: median(times),
      bound: boundMs,
      direction: "at most",
      unit: "ms",
      reason: "the command failed",
    })),
  };
}

interface Times {
  readonly starts: readonly Start[];
  readonly wholes: readonly number[];
}

interface Row {
  readonly command: string;
  readonly until: string;
  readonly boundMs: number;
  readonly timesOf: (times: Times) => readonly number[];
}

const ROWS: readonly Row[] = [
  {
    command: "deno task run",
    until: "the grid is planned",
    boundMs: 200,
    timesOf: ({ starts }) => starts.map(({ plannedMs }) => plannedMs),
  },
  {
    command: "deno task run",
    until: "the first measurement is in the journal",
    boundMs: 700,
    timesOf: ({ starts }) => starts.map(({ measuredMs }) => measuredMs),
  },
  { command: "deno task start", until: "its end", boundMs: 3_000, timesOf: ({ wholes }) => wholes },
];

interface Start {
  readonly plannedMs: number;
  readonly measuredMs: number;
}

/** Starts the command, waits for the first measurement and interrupts it. */
async function measureStart({ folder, env }: MeasuredCheckout): Promise<Start> {
  const results = await Deno.makeTempDir({ prefix: "seedbed_bench_" });
  const file = "tests/bench/programs/reference_grid.ts";
  const begin = performance.now();
  const process = new Deno.Command(Deno.execPath(), {
    args: ["task", "run", file, "--results", results, "--workers", "2"],
    cwd: folder,
    env: { ...programEnvironment().kept, ...env },
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

/** Runs the quick experiment from nothing to its report; NaN if it fails, as where its data cannot be fetched. */
async function measureWhole(): Promise<number> {
  const results = await Deno.makeTempDir({ prefix: "seedbed_bench_" });
  const begin = performance.now();
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "start", "--results", results],
    cwd: `${BENCH_DIR}/../..`,
    env: { ...programEnvironment().kept },
    clearEnv: true,
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).output();
  const wholeMs = performance.now() - begin;
  await Deno.remove(results, { recursive: true });
  return success ? wholeMs : NaN;
}
