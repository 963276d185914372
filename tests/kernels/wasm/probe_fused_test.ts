import { assertEquals } from "@std/assert";
import type { Kernels } from "../../../lib/kernels/contract/kernels.ts";
import { productTwin } from "../../../lib/kernels/twin/product_twin.ts";
import { createTwin } from "../../../lib/kernels/twin/twin.ts";
import { probeFused } from "../../../lib/kernels/wasm/probe_fused.ts";
import { createWasm } from "../../../lib/kernels/wasm/wasm.ts";

const round = Math.fround;

const KERNELS: readonly (readonly [name: string, create: () => Kernels, fused: boolean])[] = [
  ["the twin's", () => createTwin("float32"), true],
  ["emulated ones", () => createWasm("emulated"), true],
  ["kernels that round the product and then the sum", () => ({
    ...createTwin("float32"),
    ...productTwin({ round, multiplyAdd: (a, b, sum) => round(sum + round(a * b)) }),
  }), false],
  ["kernels whose engine refuses the module", () => {
    throw new WebAssembly.CompileError("relaxed SIMD is not enabled");
  }, false],
];

for (const [name, create, fused] of KERNELS) {
  Deno.test(`probeFused() ${fused ? "admits" : "refuses"} ${name}`, () => {
    assertEquals(probeFused(create), fused);
  });
}
