import { assertEquals } from "@std/assert";
import { openStream } from "../../../../lib/core/numbers/random.ts";
import type { Kernels } from "../../../../lib/kernels/contract/kernels.ts";
import { createKernels } from "../../../../lib/kernels/create_kernels.ts";
import { createNative } from "../../../../lib/kernels/native/create_native.ts";
import { nativeHere } from "../../../../lib/kernels/native/memory/native.ts";
import type { Target } from "../../../../lib/kernels/native/product/product_layout.ts";
import { createInputs } from "../../../contract/kernel_cases.ts";
import { assertSameBits, testKernels } from "../../../contract/kernels_suite.ts";

const MULTIPLY_ADD = { float32: "emulated", float64: "separate" } as const;
const SEED = Deno.env.get("SEEDBED_TEST_SEED") ?? "231";

// Machine code runs on the processors that it is for; elsewhere there is none to hold to the contract.
const native = nativeHere();
for (const set of native?.sets ?? []) {
  for (const dtype of ["float32", "float64"] as const) {
    testKernels(
      `native ${set} ${dtype}`,
      () =>
        createNative({ ...native!, smallestFlops: 0 }, {
          set,
          dtype,
          multiplyAdd: () => MULTIPLY_ADD[dtype],
        }),
    );
    testDrawnShapes({ set, dtype });
    testAdam({ set, dtype });
    testGather({ set, dtype });
  }
}

function testDrawnShapes({ set, dtype }: Target): void {
  Deno.test(`native ${set} ${dtype} products have the bits of WebAssembly's for shapes that are drawn, seed ${SEED}`, () => {
    const stream = openStream(`native/${SEED}`);
    for (let round = 0; round < 60; round++) {
      // From 192 inputs on, the weights' gradient is computed strip by strip.
      const fanIn = stream.below(4) === 0 ? 192 + stream.below(200) : 1 + stream.below(40);
      // Beyond 256 steps, the inner dimension is computed block by block; columns are that of the inputs' gradient.
      const fanOut = stream.below(6) === 0 ? 250 + stream.below(600) : 1 + stream.below(130);
      const shape = [1 + stream.below(60), fanIn, fanOut] as const;
      const path = `native/${SEED}/${round}`;
      const [found, expected] = bothKernels({ set, dtype }).map((kernels) =>
        products(kernels, { shape, path })
      );
      assertEquals(found, expected, shape.join(" x "));
    }
  });
}

/** Returns native kernels and WebAssembly's. */
function bothKernels({ set, dtype }: Target): readonly [Kernels, Kernels] {
  const multiplyAdd = () => MULTIPLY_ADD[dtype];
  return [
    createNative({ ...native!, smallestFlops: 0 }, { set, dtype, multiplyAdd }),
    createKernels({ dtype, kind: "emulated" }),
  ];
}

function testAdam(target: Target): void {
  Deno.test(`native ${target.set} ${target.dtype} Adam has the bits of WebAssembly's for many weights`, () => {
    for (const values of ["ordinary", "special"] as const) {
      const run = (kernels: Kernels) => {
        const { tensor, positive } = createInputs(kernels, { path: `adam/${values}`, values });
        // Its last vectors are cut.
        const [weights, gradient, average] = [tensor(61, 43), tensor(61, 43), tensor(61, 43)];
        const squaredAverage = positive(61, 43);
        const behind = kernels.tensor(1, 16);
        const step = kernels.adam({
          ...{ weights, gradient, average, squaredAverage },
          ...{ beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
        });
        for (let t = 1; t <= 3; t++) step(0.1 / t, 1 + t / 7);
        return [weights, gradient, average, squaredAverage, behind].map(({ data }) => data);
      };
      const [found, expected] = bothKernels(target).map(run);
      expected.forEach((data, i) => assertSameBits(found[i], data, `${values} tensor ${i}`));
    }
  });
}

function testGather(target: Target): void {
  Deno.test(`native ${target.set} ${target.dtype} gather has the bits of WebAssembly's for rows of bytes, also when memory moves`, () => {
    for (const cols of [128, 144, 160, 192, 3072]) {
      // As workers have it.
      const rows = new Uint8Array(new SharedArrayBuffer(31 * cols));
      rows.forEach((_, i) => rows[i] = i * 7 + (i >> 8));
      const run = (kernels: Kernels) => {
        const { tensor, below } = createInputs(kernels, { path: `gather/${cols}`, values: "ordinary" });
        const out = kernels.tensor(23, cols);
        const behind = kernels.tensor(1, 16);
        const gather = kernels.gather({ rows, mean: tensor(1, cols), indices: below(31, 23), out });
        kernels.tensor(2000, 2000);
        gather();
        return [out, behind].map(({ data }) => data);
      };
      const [found, expected] = bothKernels(target).map(run);
      expected.forEach((data, i) => assertSameBits(found[i], data, `${cols} columns, tensor ${i}`));
    }
  });
}

interface Drawn {
  readonly shape: readonly [rows: number, inner: number, cols: number];
  readonly path: string;
}

/** Returns the bits of all three products, and those of what stands behind them in memory. */
function products(kernels: Kernels, { shape: [n, fanIn, fanOut], path }: Drawn): readonly string[] {
  const stream = openStream(path);
  const tensor = (rows: number, cols: number) => {
    const made = kernels.tensor(rows, cols);
    for (let i = 0; i < made.data.length; i++) made.data[i] = stream.normal();
    return made;
  };
  const [x, weights, bias, dy] = [
    tensor(n, fanIn),
    tensor(fanIn, fanOut),
    tensor(1, fanOut),
    tensor(n, fanOut),
  ];
  const outs = [[n, fanOut], [fanIn, fanOut], [n, fanIn]].map(([rows, cols]) => kernels.tensor(rows, cols));
  const behind = kernels.tensor(1, 64);
  kernels.affine({ x, weights, bias, out: outs[0], relu: stream.below(2) === 0 })();
  kernels.weightGradient({ x, dy, out: outs[1] })();
  kernels.inputGradient({ dy, weights, out: outs[2] })();
  return [...outs, x, weights, bias, dy, behind].map(({ data }) => Array.from(data, String).join());
}
