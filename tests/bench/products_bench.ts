import { alternate, type Rates, speedRatio } from "./alternate.ts";
import { V8_FLAGS } from "./machine.ts";
import { productFlops, PRODUCTS } from "./products.ts";
import { pinned, type Program, type RunningProgram, startProgram } from "./program.ts";
import { type BenchReport, numberText, type Record, type Table, type Target } from "./report.ts";
import type { StepsOptions } from "./steps_bench.ts";
import { AVX2_KERNELS, buildC, denoProgram, ONE_THREAD } from "./tools.ts";

/** Measures the product kernels by shape, against OpenBLAS and against the arithmetic that the machine can do at all. */
export async function productsBench({ effort, processor }: StepsOptions): Promise<BenchReport> {
  const running: RunningProgram[] = [];
  const notes: string[] = [];
  const start = async (program: Program) => {
    running.push(await startProgram(pinned(program, { processor })));
    return running.at(-1)!;
  };
  try {
    const seedbed = { script: "programs/seedbed_products.ts" };
    const programs = [
      await start(denoProgram("Seedbed", { ...seedbed, v8Flags: V8_FLAGS })),
      await start(denoProgram("Seedbed, no flags", seedbed)),
    ];
    const openblas = await buildC("openblas", { attempts: [["-lopenblas"]] });
    if (openblas === null) notes.push("OpenBLAS is missing: gcc could not build a program with it.");
    else {
      const program = { command: openblas, args: [] };
      programs.push(
        await start({ name: OPENBLAS, ...program, env: ONE_THREAD }),
        await start({
          name: OPENBLAS_AVX2,
          ...program,
          env: { ...ONE_THREAD, ...AVX2_KERNELS },
        }),
      );
    }
    notes.push(...running.map(({ name, about }) => `${name}: ${about}.`));
    const results = [];
    for (const product of PRODUCTS) {
      const contestants = programs.map((program) => ({ program, work: product.name }));
      results.push({
        product,
        rates: await alternate(contestants, { ...effort, sliceMs: effort.sliceMs / 3 }),
      });
    }
    const ceilings = await measureCeilings({ effort, start, notes });
    return {
      name: "products",
      tables: [ceilings.table, toTable(results, notes)],
      records: [...ceilings.records, ...results.flatMap(toRecords)],
      targets: results.flatMap(toTargets),
    };
  } finally {
    for (const program of running) await program.close();
  }
}

const OPENBLAS = "OpenBLAS";
const OPENBLAS_AVX2 = "OpenBLAS, 256-bit kernels";

type Result = { readonly product: typeof PRODUCTS[number]; readonly rates: readonly Rates[] };

/** Returns the program that computes on registers alone, told whether it knows AVX-512, or null if it cannot be built. */
export async function ceilingProgram(): Promise<Program | null> {
  const isWide = (await Deno.readTextFile("/proc/cpuinfo").catch(() => "")).includes("avx512f");
  const path = await buildC("ceiling", { attempts: isWide ? [["-mavx512f"]] : [["-mavx2", "-mfma"]] });
  return path === null ? null : { name: "ceiling", command: path, args: isWide ? ["avx512f"] : [] };
}

interface CeilingOptions extends Pick<StepsOptions, "effort"> {
  readonly start: (program: Program) => Promise<RunningProgram>;
  readonly notes: string[];
}

const CEILINGS = [
  { work: "fma512", name: "512-bit fused multiply-add", flops: 32 },
  { work: "fma256", name: "256-bit fused multiply-add", flops: 16 },
  { work: "pair256", name: "256-bit multiply, then add", flops: 16 },
  { work: "fma128", name: "128-bit fused multiply-add", flops: 8 },
  { work: "pair128", name: "128-bit multiply, then add", flops: 8 },
] as const;

async function measureCeilings(options: CeilingOptions): Promise<{ table: Table; records: Record[] }> {
  const { effort, start, notes } = options;
  const program = await ceilingProgram();
  const rates = new Map<string, Rates>();
  if (program === null) {
    notes.push("The ceiling is missing: gcc could not build its program for this machine.");
  } else {
    const running = await start(program);
    const works = CEILINGS.filter(({ work }) => work !== "fma512" || program.args.includes("avx512f"));
    const measured = await alternate(works.map(({ work }) => ({ program: running, work })), {
      ...effort,
      sliceMs: 100,
    });
    works.forEach(({ work }, i) => rates.set(work, measured[i]));
  }
  const found = CEILINGS.filter(({ work }) => rates.has(work)).map(({ work, name, flops }) => {
    // A work is a million instructions, or pairs of them.
    const { medianMs, p10Ms } = rates.get(work)!;
    return { work: name, program: "ceiling", gflops: flops / medianMs, bestGflops: flops / p10Ms };
  });
  return {
    table: {
      title: "Ceiling: arithmetic on registers, one thread, GFLOP/s",
      columns: ["instruction", "median", "best tenth"],
      rows: found.map(({ work, gflops, bestGflops }) => [work, numberText(gflops), numberText(bestGflops)]),
      notes: [],
    },
    records: found,
  };
}

function toTable(results: readonly Result[], notes: readonly string[]): Table {
  const names = results[0].rates.map(({ name }) => name);
  return {
    title: "Products by shape, one thread, GFLOP/s (median)",
    columns: ["rows x inner x cols", "use", ...names, ...names.slice(2).map((name) => `% of ${name}`)],
    rows: results.map(({ product, rates }) => [
      `${product.name.slice(0, -2)} ${product.layout}`,
      product.use,
      ...rates.map(({ medianMs }) => numberText(productFlops(product) / medianMs / 1e6)),
      ...rates.slice(2).map((rate) => numberText(100 * speedRatio(rates[0], rate))),
    ]),
    notes,
  };
}

function toRecords({ product, rates }: Result): Record[] {
  return rates.map((rate) => ({
    work: product.name,
    program: rate.name,
    medianMs: rate.medianMs,
    p10Ms: rate.p10Ms,
    gflops: productFlops(product) / rate.medianMs / 1e6,
    seedbedIsFasterBy: speedRatio(rates[0], rate),
  }));
}

function toTargets({ product, rates }: Result): Target[] {
  if (!["100x3072x100nn", "256x1024x1024nn"].includes(product.name)) return [];
  return [OPENBLAS, OPENBLAS_AVX2].map((name) => {
    const other = rates.find((rate) => rate.name === name);
    return {
      name: `product ${product.name.slice(0, -2)}, to ${name}`,
      measured: other === undefined ? NaN : 100 * speedRatio(rates[0], other),
      bound: 85,
      direction: "at least",
      unit: "%",
    };
  });
}
