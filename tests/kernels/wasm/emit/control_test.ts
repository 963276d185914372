import { assertEquals } from "@std/assert";
import { choose, countUp, leave, select, when } from "../../../../lib/kernels/wasm/emit/control.ts";
import { after, F64, I32, set } from "../../../../lib/kernels/wasm/emit/expression.ts";
import { f64, i32 } from "../../../../lib/kernels/wasm/emit/instructions.ts";
import { runModule } from "./run_module.ts";

for (const [name, pick] of [["choose", choose], ["select", select]] as const) {
  Deno.test(`${name}() is the first value when the condition holds, else the second`, () => {
    const { run } = runModule((module) => {
      module.function(
        { name: "run", params: { a: F64, b: F64 }, result: F64 },
        ({ a, b }) => pick(f64.lt(a, b), { then: a, otherwise: b }),
      );
    });
    assertEquals([run(1, 2), run(2, 1), run(NaN, 3)], [1, 1, 3]);
  });
}

Deno.test("when() skips its body unless the condition holds, leave() ends the function", () => {
  const { run } = runModule((module) => {
    module.function(
      { name: "run", params: { x: F64 }, result: F64 },
      ({ x }) => after(when(f64.ne(x, x), leave(f64.const(-1))), f64.add(x, x)),
    );
  });
  assertEquals([run(4), run(NaN)], [8, -1]);
});

Deno.test("countUp() runs its body for each step below the limit, and at least once", () => {
  const { run } = runModule((module) => {
    module.function({ name: "run", params: { from: I32, limit: I32 }, result: I32 }, ({ from, limit }, f) => {
      const sum = f.local(I32);
      return after(countUp(from, { step: 3, limit, body: set(sum, i32.add(sum, from)) }), sum);
    });
  });
  assertEquals([run(0, 9), run(1, 8), run(5, 0)], [0 + 3 + 6, 1 + 4 + 7, 5]);
});
