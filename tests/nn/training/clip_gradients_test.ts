import { assertEquals } from "@std/assert";
import { createKernels } from "../../../lib/kernels/create_kernels.ts";
import { clipGradients } from "../../../lib/nn/training/clip_gradients.ts";
import type { ClipSpec } from "../../../lib/nn/training/solver_spec.ts";
import { parameterOf } from "../../golden/fixtures.ts";

const CASES: readonly {
  readonly clip: ClipSpec;
  readonly gradients: readonly (readonly number[])[];
  readonly norm: number;
  readonly expected: readonly (readonly number[])[];
}[] = [
  { clip: { value: 2 }, gradients: [[-3, 1, 2], [5, -2]], norm: 0, expected: [[-2, 1, 2], [2, -2]] },
  { clip: { norm: 1 }, gradients: [[3, 0], [-4]], norm: 5, expected: [[3 * 0.2, 0], [-4 * 0.2]] },
  { clip: { norm: 5 }, gradients: [[3, 0], [-4]], norm: 5, expected: [[3, 0], [-4]] },
  { clip: { norm: 1 }, gradients: [[0], [0]], norm: 0, expected: [[0], [0]] },
  { clip: { value: 1 }, gradients: [[NaN, Infinity, -Infinity]], norm: 0, expected: [[NaN, 1, -1]] },
  { clip: { norm: 1 }, gradients: [[1e200]], norm: Infinity, expected: [[0]] },
];

for (const { clip, gradients, norm, expected } of CASES) {
  Deno.test(`clipGradients() limits ${JSON.stringify(gradients)} by ${JSON.stringify(clip)}`, () => {
    for (const kind of ["wasm", "twin"] as const) {
      const kernels = createKernels({ dtype: "float64", kind });
      const parameters = gradients.map((gradient, i) => {
        const value = { rows: 1, cols: gradient.length, data: gradient };
        const parameter = parameterOf(kernels, { name: `W${i}`, value });
        parameter.gradient.data.set(gradient);
        return parameter;
      });
      assertEquals(clipGradients(kernels, { parameters, clip })(), norm);
      assertEquals(parameters.map(({ gradient }) => Array.from(gradient.data)), expected);
    }
  });
}
