import { assertEquals } from "@std/assert";
import { openStream } from "../../lib/core/random.ts";
import { createKernels, createNative } from "../../lib/kernels/create_kernels.ts";
import type { Kernels } from "../../lib/kernels/kernels.ts";
import type { Target } from "../../lib/kernels/native/product_layout.ts";
import { nativeHere } from "../../lib/kernels/native/native.ts";
import { testKernels } from "../contract/kernels_suite.ts";

const SEED = Deno.env.get("SEEDBED_TEST_SEED") ?? "231";

// Machine code runs on the processors that it is for; elsewhere there is none to hold to the contract.
const native = nativeHere();
for (const set of native?.sets ?? []) {
  for (const dtype of ["float32", "float64"] as const) {
    testKernels(
      `native ${set} ${dtype}`,
      () => createNative({ ...native!, smallestFlops: 0 }, { set, dtype }),
    );
    testDrawnShapes({ set, dtype });
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
      const [found, expected] = [
        createNative({ ...native!, smallestFlops: 0 }, { set, dtype }),
        createKernels({ dtype, kind: "emulated" }),
      ].map((kernels) => products(kernels, { shape, path }));
      assertEquals(found, expected, shape.join(" x "));
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
