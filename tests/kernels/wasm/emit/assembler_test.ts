import { assertEquals } from "@std/assert";
import { F64, I32, set } from "../../../../lib/kernels/wasm/emit/expression.ts";
import { f64, i32 } from "../../../../lib/kernels/wasm/emit/instructions.ts";
import { runModule } from "./run_module.ts";

Deno.test("createModule() hands arguments over by the names of the parameters, in their order", () => {
  const { run } = runModule((module) => {
    const subtract = module.function(
      { params: { left: I32, right: I32 }, result: I32 },
      ({ left, right }) => i32.sub(left, right),
    );
    module.function(
      { name: "run", params: { a: I32, b: I32 }, result: I32 },
      ({ a, b }) => subtract({ right: a, left: b }),
    );
  });
  assertEquals(run(3, 10), 7);
});

Deno.test("createModule() calls the right function when a body adds one", () => {
  const { run } = runModule((module) => {
    module.function({ name: "run", params: { x: F64 }, result: F64 }, ({ x }) => {
      const twice = module.function({ params: { x: F64 }, result: F64 }, ({ x }) => f64.add(x, x));
      return twice({ x: twice({ x }) });
    });
  });
  assertEquals(run(1.5), 6);
});

Deno.test("createModule() gives a procedure locals that are zero at the start and apart from its parameters", () => {
  const { run, memory } = runModule((module) => {
    module.procedure({ name: "run", params: { to: I32 } }, ({ to }, f) => {
      const { fresh, kept } = f.locals({ fresh: I32, kept: I32 });
      const [first, second] = f.list(2, I32);
      return [
        [set(kept, i32.const(-70000)), set(second, i32.const(5))],
        [fresh, kept, first, second].map((local, i) => i32.store({ address: to, offset: 4 * i }, local)),
      ];
    });
  });
  run(16);
  assertEquals([...new Int32Array(memory.buffer, 16, 5)], [0, -70000, 0, 5, 0]);
});
