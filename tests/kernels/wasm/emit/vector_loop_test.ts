import { assertEquals } from "@std/assert";
import { advance } from "../../../../lib/kernels/wasm/emit/control.ts";
import { I32, set, V128 } from "../../../../lib/kernels/wasm/emit/expression.ts";
import { FLOATS } from "../../../../lib/kernels/wasm/emit/float.ts";
import { eachVector } from "../../../../lib/kernels/wasm/emit/vector_loop.ts";
import { runModule } from "./run_module.ts";

for (const float of [FLOATS.float32, FLOATS.float64]) {
  for (const step of [4, 8]) {
    Deno.test(`eachVector() handles each ${float.dtype} once and touches none behind the last, ${step} at a time`, () => {
      for (let length = 1; length <= 2 * step + 1; length++) {
        const { run, memory } = runModule((module) => {
          module.procedure({ name: "run", params: { from: I32, to: I32 } }, ({ from, to }, f) => {
            const [counter, value] = [f.local(I32), f.local(V128)];
            const next = [from, to].map((pointer) => advance(pointer, step * float.size));
            return eachVector({ float, length, step, counter, next }, ({ load, store }) => [
              set(value, float.vector.add(load(from), load(to))),
              store(to, value),
            ]);
          });
        });
        const view = (address: number) =>
          float.dtype === "float32"
            ? new Float32Array(memory.buffer, address, 24)
            : new Float64Array(memory.buffer, address, 24);
        const numbers = Array.from({ length: 24 }, (_, i) => i + 1);
        view(0).set(numbers);
        const out = view(1024).fill(100);
        run(0, 1024);
        assertEquals([...out], numbers.map((number) => number <= length ? number + 100 : 100));
      }
    });
  }
}

Deno.test("LoopVector.keep() makes numbers that are not there +0", () => {
  const float = FLOATS.float32;
  const { run, memory } = runModule((module) => {
    module.procedure({ name: "run", params: { from: I32, to: I32 } }, ({ from, to }, f) => {
      const [counter, value] = [f.local(I32), f.local(V128)];
      return eachVector({ float, length: 3, step: 4, counter, next: [] }, ({ load, keep }) => [
        set(value, keep(load(from))),
        float.vector.storeLane({ address: to, offset: 0 }, { value, lane: 2 }),
        float.vector.storeLane({ address: to, offset: 4 }, { value, lane: 3 }),
      ]);
    });
  });
  new Float32Array(memory.buffer, 0, 4).set([1, 2, -3, NaN]);
  run(0, 64);
  assertEquals([...new Float32Array(memory.buffer, 64, 2)], [-3, 0]);
});
