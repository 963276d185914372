import { alternate, type Contestant, type Rates, speedRatio } from "./alternate.ts";
import { boundsFor } from "./bounds.ts";
import { type Ceiling, ceilingProgram, ceilingsHere, measureCeilings } from "./ceilings.ts";
import { isFallback } from "./find_blas.ts";
import { hasWideVectors } from "./machine.ts";
import { type Product, productFlops, PRODUCTS } from "./products.ts";
import { pinned, type Program, type RunningProgram, startProgram } from "./program.ts";
import { type BenchReport, numberText, type Record, type Table, type Target } from "./report.ts";
import { seedbedVariants } from "./seedbed_variants.ts";
import type { StepsOptions } from "./steps_bench.ts";
import { AVX2_KERNELS, buildC, denoProgram, ONE_THREAD } from "./tools.ts";

/**
 * Measures the product kernels by shape, against OpenBLAS and against the arithmetic that the machine can do at all,
 * all in turn.
 */
export async function productsBench({ effort, processor }: StepsOptions): Promise<BenchReport> {
  const running: RunningProgram[] = [];
  const start = async (program: Program) => {
    running.push(await startProgram(pinned(program, { processor })));
    return running.at(-1)!;
  };
  try {
    const programs: RunningProgram[] = [];
    const openblas = await openblasPrograms();
    for (const program of [...seedbedPrograms(), ...openblas]) programs.push(await start(program));
    const notes = programs.map(({ name, about }) => `${name}: ${about}.`);
    if (openblas.length === 0) notes.push(`OpenBLAS is not set up: ${OPENBLAS_MISSING}.`);
    const registers = await ceilingProgram();
    if (registers === null) notes.push(`The ceiling is not set up: ${CEILING_MISSING}.`);
    const ceiling = registers === null ? null : await start(registers);
    const results: Result[] = [];
    for (const product of PRODUCTS) results.push(await measure(product, { programs, ceiling, effort }));
    const ceilings = ceiling === null ? null : await measureCeilings(ceiling, effort);
    const isWide = await hasWideVectors();
    return {
      name: "products",
      tables: [...(ceilings === null ? [] : [ceilings.table]), toTable(results, notes)],
      records: [...(ceilings === null ? [] : ceilings.records), ...results.flatMap(toRecords)],
      targets: results.flatMap((result) => toTargets(result, { isWide, programs })),
    };
  } finally {
    for (const program of running) await program.close();
  }
}

const OPENBLAS = "OpenBLAS";
const OPENBLAS_AVX2 = "OpenBLAS, 256-bit kernels";
const OPENBLAS_MISSING =
  "gcc could not build a program with it; on Debian, `apt-get install gcc libopenblas-dev`";
const CEILING_MISSING = "gcc could not build its program for this machine; on Debian, `apt-get install gcc`";

function seedbedPrograms(): readonly Program[] {
  return seedbedVariants().map(({ name, kernels, dtype, v8Flags }) =>
    denoProgram(name, { script: "programs/seedbed_products.ts", args: [kernels, dtype], v8Flags })
  );
}

async function openblasPrograms(): Promise<readonly Program[]> {
  const command = await buildC("openblas", { attempts: [["-lopenblas"]] });
  if (command === null) return [];
  return [
    { name: OPENBLAS, command, args: [], env: ONE_THREAD },
    { name: OPENBLAS_AVX2, command, args: [], env: { ...ONE_THREAD, ...AVX2_KERNELS } },
  ];
}

interface Result {
  readonly product: Product;
  /** Seedbed first. */
  readonly rates: readonly Rates[];
  /** What part of the fastest arithmetic on registers Seedbed reaches; NaN where that could not be measured. */
  readonly ofCeiling: number;
  /** The instruction that is the ceiling. */
  readonly ceilingName: string;
}

interface MeasureOptions extends Pick<StepsOptions, "effort"> {
  readonly programs: readonly RunningProgram[];
  readonly ceiling: RunningProgram | null;
}

async function measure(product: Product, { programs, ceiling, effort }: MeasureOptions): Promise<Result> {
  const [fastest] = await ceilingsHere();
  const contestants: Contestant[] = programs.map((program) => ({ program, work: product.name }));
  if (ceiling !== null) contestants.push({ program: ceiling, work: fastest.work });
  const all = await alternate(contestants, { ...effort, sliceMs: effort.sliceMs / 3 });
  const rates = all.slice(0, programs.length);
  const ofCeiling = ceiling === null
    ? NaN
    : partOfCeiling(product, { fastest, rates: [all[0], all.at(-1)!] });
  return { product, rates, ofCeiling, ceilingName: fastest.name };
}

function partOfCeiling(
  product: Product,
  { fastest, rates: [own, registers] }: {
    readonly fastest: Ceiling;
    readonly rates: readonly [Rates, Rates];
  },
): number {
  // A work on registers is a million instructions.
  return speedRatio(own, registers) * productFlops(product) / (fastest.flops * 1e6);
}

function toTable(results: readonly Result[], notes: readonly string[]): Table {
  const [{ rates: first, ceilingName }] = results;
  const names = first.map(({ name }) => name);
  const others = names.filter((name) => name.startsWith(OPENBLAS));
  return {
    title: "Products by shape, one thread, GFLOP/s (median)",
    columns: [
      "rows x inner x cols",
      "use",
      ...names,
      ...others.map((name) => `% of ${name}`),
      `% of ${ceilingName}`,
    ],
    rows: results.map(({ product, rates, ofCeiling }) => [
      textOf(product),
      product.use,
      ...rates.map(({ medianMs }) => numberText(productFlops(product) / medianMs / 1e6)),
      ...others.map((name) => numberText(100 * ratioTo(name, rates))),
      numberText(100 * ofCeiling),
    ]),
    notes,
  };
}

/** NaN where the program was not measured. */
function ratioTo(name: string, rates: readonly Rates[]): number {
  const other = rates.find((rate) => rate.name === name);
  return other === undefined ? NaN : speedRatio(rates[0], other);
}

/** Such as "100x3072x100 nn". */
function textOf({ name }: Product): string {
  return `${name.slice(0, -2)} ${name.slice(-2)}`;
}

function toRecords({ product, rates, ofCeiling }: Result): Record[] {
  return rates.map((rate, i) => ({
    work: product.name,
    program: rate.name,
    medianMs: rate.medianMs,
    p10Ms: rate.p10Ms,
    gflops: productFlops(product) / rate.medianMs / 1e6,
    seedbedIsFasterBy: speedRatio(rates[0], rate),
    ...(i === 0 && Number.isFinite(ofCeiling) ? { ofCeiling } : {}),
  }));
}

function toTargets(
  { product, rates, ofCeiling, ceilingName }: Result,
  { isWide, programs }: { readonly isWide: boolean; readonly programs: readonly RunningProgram[] },
): Target[] {
  const { ceiling, openblas } = boundsFor({ isWide }).product;
  const name = isWide ? OPENBLAS : OPENBLAS_AVX2;
  const [, kernels = ""] =
    /kernels (\w+)/.exec(programs.find((program) => program.name === name)?.about ?? "") ?? [];
  const isMade = !isFallback(kernels);
  const target = { direction: "at least", unit: "times" } as const;
  return [
    ...(ceiling === undefined ? [] : [{
      ...target,
      name: `product ${textOf(product)}, to the ${ceilingName}`,
      measured: ofCeiling,
      bound: ceiling,
      reason: CEILING_MISSING,
    }]),
    {
      ...target,
      name: `product ${textOf(product)}, to ${name}`,
      measured: isMade ? ratioTo(name, rates) : NaN,
      bound: openblas,
      reason: isMade
        ? OPENBLAS_MISSING
        : `OpenBLAS does not know this processor and took its kernels for ${kernels}`,
    },
  ];
}
