import { assertEquals } from "@std/assert";
import { KEPT, type SmoothActivation } from "../../../lib/kernels/contract/activation_kernels.ts";
import { createKernels } from "../../../lib/kernels/create_kernels.ts";

const AT = [0, -0, Infinity, -Infinity, NaN];

/** The values at 0, -0, Infinity, -Infinity and NaN, and what a gradient of 1 becomes there. */
const EXPECTED: Readonly<Record<SmoothActivation, readonly [value: number[], gradient: number[]]>> = {
  leakyRelu: [[0, -0, Infinity, -Infinity, NaN], [0.01, 0.01, 1, 0.01, 0.01]],
  gelu: [[0, -0, Infinity, NaN, NaN], [0.5, 0.5, 1, 0, NaN]],
  geluTanh: [[0, -0, Infinity, NaN, NaN], [0.5, 0.5, 1, 0, NaN]],
  silu: [[0, -0, Infinity, NaN, NaN], [0.5, 0.5, 1, 0, NaN]],
  tanh: [[0, -0, 1, -1, NaN], [1, 1, 0, 0, NaN]],
  sigmoid: [[0.5, 0.5, 1, 0, NaN], [0.25, 0.25, 0, 0, NaN]],
};

for (const name of Object.keys(KEPT) as SmoothActivation[]) {
  for (const kind of ["twin", "wasm"] as const) {
    Deno.test(`activation() and its gradient go where the contract says at 0, infinity and NaN: ${name}, ${kind}`, () => {
      const kernels = createKernels({ dtype: "float64", kind });
      const [x, out, dy, dx] = [1, 2, 3, 4].map(() => kernels.tensor(1, AT.length));
      x.data.set(AT);
      dy.data.fill(1);
      kernels.activation({ name, x, out })();
      kernels.activationGradient({ name, kept: KEPT[name] === "input" ? x : out, dy, out: dx })();
      const [value, gradient] = EXPECTED[name];
      assertEquals([...out.data], value);
      // A derivative of 0 may be -0: the zero counts, not its sign.
      assertEquals([...dx.data].map((slope) => slope + 0), gradient);
    });
  }
}
