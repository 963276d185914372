import { fusedMultiplyAdd } from "../contract/fused_multiply_add.ts";
import type { Kernels } from "../contract/kernels.ts";

/**
 * Returns whether products of some kernels are truly fused: every element equals the exact chain, on inputs where rounding
 * twice would give other bits.
 *
 * The products probed are compiled like any other: every width of tile, whole and partial, with an inner
 * dimension that leaves a rest.
 */
export function probeFused(createKernels: () => Kernels): boolean {
  let kernels: Kernels;
  try {
    kernels = createKernels();
    return SHAPES.every((shape) => productIsExact(kernels, shape));
  } catch (error) {
    // An engine without the instruction refuses the module.
    if (error instanceof WebAssembly.CompileError) return false;
    throw error;
  }
}

interface ProbeShape {
  readonly rows: number;
  readonly inner: number;
  readonly cols: number;
}

const SHAPES: readonly ProbeShape[] = [
  { rows: 7, inner: 13, cols: 31 },
  { rows: 13, inner: 9, cols: 12 },
];

function productIsExact(kernels: Kernels, { rows, inner, cols }: ProbeShape): boolean {
  const x = kernels.tensor(rows, inner);
  const weights = kernels.tensor(inner, cols);
  const bias = kernels.tensor(1, cols);
  const out = kernels.tensor(rows, cols);
  for (const { data } of [x, weights]) for (let i = 0; i < data.length; i++) data[i] = awkward(i);
  kernels.affine({ x, weights, bias, out, relu: false })();
  let differing = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      let exact = 0;
      let twice = 0;
      for (let k = 0; k < inner; k++) {
        const [a, b] = [x.data[i * inner + k], weights.data[k * cols + j]];
        exact = fusedMultiplyAdd(a, b, exact);
        twice = Math.fround(twice + Math.fround(a * b));
      }
      if (!Object.is(out.data[i * cols + j], exact)) return false;
      if (exact !== twice) differing++;
    }
  }
  return differing > 0;
}

/** Numbers with all 24 bits of a float32 in use, so that products need rounding. */
function awkward(i: number): number {
  return ((Math.imul(i + 1, 0x9e3779b1) >>> 8) - 0x800000) / 0x400000;
}
