/** What Seedbed should reach beside other programs, in times their speed; what is left out has no target. */
export interface Bounds {
  /** A training step, by workload. */
  readonly step: {
    readonly numpy: Readonly<{ [workload: string]: number }>;
    readonly torch: Readonly<{ [workload: string]: number }>;
    readonly javaScript: number;
  };
  /** A product: of the fastest arithmetic on registers, as a part of it, and of OpenBLAS with the vectors that are here. */
  readonly product: { readonly ceiling?: number; readonly openblas: number };
  /** A trial of the whole grid. */
  readonly grid?: number;
}

/** Returns the bounds for a processor with 512-bit vectors, or with AVX2 alone. */
export function boundsFor({ isWide }: { readonly isWide: boolean }): Bounds {
  if (!isWide) {
    return {
      step: { numpy: { plain: 1.4, batchnorm: 1.4 }, torch: {}, javaScript: 20 },
      product: { openblas: 1 },
    };
  }
  return {
    step: {
      numpy: { plain: 1.8, batchnorm: 1.8, wide: 1.6 },
      torch: { plain: 2, batchnorm: 2 },
      javaScript: 20,
    },
    product: { ceiling: 0.85, openblas: 1.2 },
    grid: 1.8,
  };
}

/** How many times as long as in float32 a step in float64 may take. */
export const FLOAT64_BOUND = 2.2;
