import type { KernelKind } from "../../lib/core/facts/kernel_kind.ts";

/** What a program that runs a grid is told; plain data, one JSON argument. */
export interface GridSettings {
  readonly workers: number;
  readonly epochs: number;
  /** How many of the grid's six trials to run, from the first on. */
  readonly trials: number;
  /** Rows of the test split, which are held in memory but never read. */
  readonly test: number;
  readonly kernels: KernelKind;
}

/** The reference's axes; its learning rates name 1e-5 twice, which Seedbed runs once. */
export const GRID = { weightScale: [1e-2, 2e-2, 5e-3], learningRate: [1e-5, 5e-4] } as const;

export const GRID_SPLITS = { train: 49_000, validation: 1_000 } as const;
