import { alternate, type Contestant, type Effort } from "./alternate.ts";
import { hasWideVectors } from "./machine.ts";
import type { Program, RunningProgram } from "./program.ts";
import { numberText, type Record, type Table } from "./report.ts";
import { buildC } from "./tools.ts";

/** An instruction, or pair of them, whose rate on registers alone is a ceiling; the name of its work in `ceiling.c`. */
export interface Ceiling {
  readonly work: string;
  readonly name: string;
  /** Floating-point operations; a work does a million of these. */
  readonly flops: number;
}

/** The instructions with which products can be made, the fastest first. */
export const CEILINGS: readonly Ceiling[] = [
  { work: "fma512", name: "512-bit fused multiply-add", flops: 32 },
  { work: "fma256", name: "256-bit fused multiply-add", flops: 16 },
  { work: "pair256", name: "256-bit multiply, then add", flops: 16 },
  { work: "fma128", name: "128-bit fused multiply-add", flops: 8 },
  { work: "pair128", name: "128-bit multiply, then add", flops: 8 },
];

/** Returns the program that computes on registers alone, told whether it knows AVX-512, or null if it cannot be built. */
export async function ceilingProgram(): Promise<Program | null> {
  const isWide = await hasWideVectors();
  const path = await buildC("ceiling", { attempts: isWide ? [["-mavx512f"]] : [["-mavx2", "-mfma"]] });
  return path === null ? null : { name: "ceiling", command: path, args: isWide ? ["avx512f"] : [] };
}

/** Returns the ceilings that this processor has, the fastest first. */
export async function ceilingsHere(): Promise<readonly Ceiling[]> {
  return await hasWideVectors() ? CEILINGS : CEILINGS.slice(1);
}

/** Measures every ceiling of this processor. */
export async function measureCeilings(
  program: RunningProgram,
  effort: Effort,
): Promise<{ readonly table: Table; readonly records: Record[] }> {
  const ceilings = await ceilingsHere();
  const contestants: readonly Contestant[] = ceilings.map(({ work }) => ({ program, work }));
  const rates = await alternate(contestants, { ...effort, sliceMs: 100 });
  const found = ceilings.map(({ name, flops }, i) => {
    const { medianMs, p10Ms } = rates[i];
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
