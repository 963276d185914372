import { createModule, type ModuleBuilder } from "../emit/assembler.ts";
import type { Code } from "../emit/code.ts";
import type { Float } from "../emit/float.ts";
import { advance, countUp, F64, f64, f64x2, I32, i32, type Local, V128, v128 } from "../emit/instructions.ts";
import { highHalf, keepLanes } from "../emit/lanes.ts";

/** Builds a module whose `run(x)` returns the sum of squares of that many elements, in eight partial sums. */
export function buildSumOfSquares(length: number, float: Float): ModuleBuilder {
  const module = createModule();
  module.add({ params: [I32], results: [F64], name: "run" }, (f) => {
    const [x] = f.params;
    const index = f.local(I32);
    const [element, wide] = [f.local(V128), f.local(V128)];
    /** Sums 0 and 1, 2 and 3, 4 and 5, 6 and 7. */
    const pairs = [f.local(V128), f.local(V128), f.local(V128), f.local(V128)];
    const addSquare = (two: Code, pair: Local): Code => [
      [two, wide.tee, wide.get, f64x2.mul, pair.get, f64x2.add, pair.set],
    ];
    const load = (v: number, count: number): Code => [
      [x.get, v128.load(v * 16), keepLanes(count - v * float.lanes, float)],
    ];
    const eight = (count: number): Code =>
      float.dtype === "float64"
        ? pairs.map((pair, v) => addSquare(load(v, count), pair))
        : [0, 1].map((v) => [
          [load(v, count), element.set],
          addSquare([element.get, f64x2.fromF32Low], pairs[v * 2]),
          addSquare([highHalf(element), f64x2.fromF32Low], pairs[v * 2 + 1]),
        ]);
    const rest = length % 8;
    const full = length - rest;
    const pairSum = (pair: Local): Code => [0, 1].map((lane) => [pair.get, f64x2.extractLane(lane)]);
    return [
      full === 0
        ? []
        : countUp(index, { step: 8, limit: i32.const(full), body: [eight(8), advance(x, 8 * float.size)] }),
      rest === 0 ? [] : eight(rest),
      [pairSum(pairs[0]), f64.add, pairSum(pairs[1]), f64.add, f64.add],
      [pairSum(pairs[2]), f64.add, pairSum(pairs[3]), f64.add, f64.add, f64.add],
    ];
  });
  return module;
}
