import { assert } from "@std/assert";
import type { Kernels } from "../../lib/kernels/contract/kernels.ts";
import { createTwin } from "../../lib/kernels/twin/twin.ts";
import { createInputs, KERNEL_CASES, pathOf } from "./kernel_cases.ts";

/** Holds kernels to the bits of the twin, in every operation, over odd shapes and awkward values. */
export function testKernels(name: string, create: () => Kernels): void {
  for (const kernelCase of KERNEL_CASES) {
    for (const values of ["ordinary", "special"] as const) {
      Deno.test(`${name} kernels have the twin's bits: ${kernelCase.name}, ${values} values`, () => {
        const run = (kernels: Kernels) =>
          kernelCase.run(createInputs(kernels, { path: pathOf(kernelCase.name), values }));
        // What kernels leave behind, NaN and all, must not reach those that come after.
        const before = create();
        kernelCase.run(
          createInputs(before, { path: `${pathOf(kernelCase.name)}/before`, values: "special" }),
        );
        before.free();
        const kernels = create();
        const [actual, expected] = [run(kernels), run(createTwin(kernels.dtype))];
        expected.forEach((output, o) => assertSameBits(actual[o], output, `output ${o}`));
      });
    }
  }
}

/** Asserts that numbers are the same, telling +0 from -0 but no NaN from another. */
export function assertSameBits(actual: ArrayLike<number>, expected: ArrayLike<number>, what: string): void {
  assert(
    actual.length === expected.length,
    `${what} has ${actual.length} numbers, expected ${expected.length}`,
  );
  for (let i = 0; i < expected.length; i++) {
    assert(Object.is(actual[i], expected[i]), `${what}[${i}] is ${actual[i]}, expected ${expected[i]}`);
  }
}
