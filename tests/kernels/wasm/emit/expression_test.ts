import { assertEquals } from "@std/assert";
import { after, at, F64, I32, set, tee } from "../../../../lib/kernels/wasm/emit/expression.ts";
import { f64, i32 } from "../../../../lib/kernels/wasm/emit/instructions.ts";
import { runModule } from "./run_module.ts";

Deno.test("after() computes a value behind its statements, tee() assigns where it stands", () => {
  const { run } = runModule((module) => {
    module.function({ name: "run", params: { x: F64 }, result: F64 }, ({ x }, f) => {
      const { square, sum } = f.locals({ square: F64, sum: F64 });
      return after(
        set(sum, f64.sub(tee(square, f64.mul(x, x)), x)),
        f64.add(square, sum),
      );
    });
  });
  assertEquals(run(5), 25 + (25 - 5));
});

Deno.test("an expression is computed in each place where it stands", () => {
  const { run } = runModule((module) => {
    module.function({ name: "run", params: { x: I32 }, result: I32 }, ({ x }) => {
      const next = tee(x, i32.add(x, i32.const(1)));
      return i32.mul(next, next);
    });
  });
  assertEquals(run(2), 3 * 4);
});

Deno.test("at() is a place behind an address", () => {
  const { run, memory } = runModule((module) => {
    module.function(
      { name: "run", params: { from: I32 }, result: I32 },
      ({ from }) => i32.sub(i32.load(at(from, 8)), i32.load(from)),
    );
  });
  new Int32Array(memory.buffer, 32, 3).set([4, 5, 60]);
  assertEquals(run(32), 56);
});

Deno.test("expressions of another type are refused by the types", () => {
  runModule((module) => {
    module.procedure({ name: "run", params: { x: F64, n: I32 } }, ({ x, n }) => {
      // @ts-expect-error: a float64 is no address.
      f64.load(x);
      // @ts-expect-error: one operand is an integer.
      f64.add(x, n);
      // @ts-expect-error: the local holds an integer.
      set(n, x);
      return [];
    });
  });
});
